import { open } from 'node:fs/promises';
import { hasCode } from './file-fault.ts';

/**
 * Brings the names in a folder to the disk: a file that was synced but whose name was not is gone after a power cut.
 * Windows and some network file systems cannot do it and need not; there it does nothing.
 */
export async function syncDir(dir: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } catch (error) {
    if (!hasCode(error, 'EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EPERM', 'EBADF')) throw error;
  } finally {
    await handle.close();
  }
}

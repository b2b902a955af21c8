import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncDir } from './sync-dir.ts';

/** How a file is replaced. */
export interface ReplaceOptions {
  /** Permission bits of the new file; 0600 unless told. */
  readonly mode?: number;
  /** Whether the new content must survive a power cut. What can be made again need not, and is then much quicker. */
  readonly durable: boolean;
}

/**
 * Puts new content in a file's place whole or not at all: written beside it, then renamed over it. The folder is made
 * when it is not there.
 */
export async function replaceFile(
  path: string,
  content: string | Uint8Array,
  { mode = 0o600, durable }: ReplaceOptions,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'wx', mode);
    try {
      await handle.writeFile(content);
      if (durable) await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  if (durable) await syncDir(dirname(path));
}

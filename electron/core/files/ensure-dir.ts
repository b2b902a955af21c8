import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { classifyFileError, toFileFault } from './file-fault.ts';
import { makeFolder } from './make-folder.ts';

/**
 * Makes sure that a folder is there and can be written to.
 *
 * @throws RushesError USAGE for a relative path, DISK_FULL or DISK_ERROR when it cannot be made or written.
 */
export async function ensureDir(dir: string): Promise<void> {
  if (!isAbsolute(dir) || dir.includes('\0')) {
    throw new RushesError('USAGE', 'The folder must be given with its whole path.', { detail: dir });
  }
  try {
    await makeFolder(dir);
    await access(dir, constants.W_OK);
  } catch (error) {
    const code = classifyFileError(error) === 'NO_SPACE' ? 'DISK_FULL' : 'DISK_ERROR';
    throw new RushesError(code, `The folder ${dir} cannot be used.`, {
      detail: toFileFault(error, 'The folder').message,
    });
  }
}

import { constants, createReadStream, createWriteStream } from 'node:fs';
import { chmod, copyFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { FileFault } from './file-fault.ts';
import { freeSpace } from './free-space.ts';

/** Room to be left beside the copy, in bytes. */
const spareBytes = 64 * 1024 * 1024;
const chunkBytes = 4 * 1024 * 1024;
/** Only this user reads a copy that is not finished. */
const ownerOnly = 0o600;

/**
 * Copies a file under a new name in its own folder: a clone where the file system can, which costs neither time nor
 * room, else byte by byte. What it began is left behind when it fails.
 *
 * @throws FileFault NO_SPACE before anything is written; the errors of node:fs; the signal's reason when it aborts.
 */
export async function copyBeside(path: string, copyPath: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (await cloned(path, copyPath)) return chmod(copyPath, ownerOnly);
  const { size } = await stat(path);
  const free = await freeSpace(dirname(path));
  if (free !== null && free < size + spareBytes) {
    throw new FileFault(
      'NO_SPACE',
      `There is no room for a copy beside it: ${size} bytes are needed, ${free} are free.`,
    );
  }
  // Not by the system's own copying, which nobody can stop: it may take a quarter of an hour.
  await pipeline(
    createReadStream(path, { highWaterMark: chunkBytes }),
    createWriteStream(copyPath, { flags: 'wx', mode: ownerOnly, highWaterMark: chunkBytes }),
    { signal },
  ).catch((error: unknown) => {
    signal.throwIfAborted();
    throw error;
  });
}

async function cloned(path: string, copyPath: string): Promise<boolean> {
  try {
    await copyFile(path, copyPath, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE_FORCE);
    return true;
  } catch {
    return false;
  }
}

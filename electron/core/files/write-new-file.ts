import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { toFileFault } from './file-fault.ts';
import { publish } from './publish-file.ts';

/** A small file that is to appear beside others. */
export interface NewFile {
  readonly dir: string;
  readonly fileName: string;
  /** A name in the same folder that is surely ours: what a crash left there is replaced. */
  readonly temporaryName: string;
  readonly content: string;
  /** Permission bits before the umask. */
  readonly mode: number;
}

/**
 * Writes a file whole or not at all and returns its path. It is on the disk when this returns, and nothing that stood
 * there is touched: a taken name gives ` (1)`.
 *
 * @throws FileFault
 */
export async function writeNewFile(file: NewFile): Promise<string> {
  try {
    return await write(file);
  } catch (error) {
    throw toFileFault(error, 'Writing the file failed');
  }
}

async function write(file: NewFile): Promise<string> {
  const temporary = join(file.dir, file.temporaryName);
  await rm(temporary, { force: true });
  try {
    const handle = await open(temporary, 'wx', file.mode);
    try {
      await handle.writeFile(file.content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return await publish({
      partPath: temporary,
      dir: file.dir,
      fileName: file.fileName,
      intend: () => undefined,
    });
  } finally {
    await rm(temporary, { force: true });
  }
}

import { constants } from 'node:fs';
import { lstat, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { FileFault, toFileFault } from './file-fault.ts';

/** Which file it is, however it is called: the volume's and the file's number. */
export interface FileIdentity {
  readonly dev: string;
  readonly ino: string;
}

/** A partial file that is being written, at any offset and by several writers at once. */
export interface PartFile {
  readonly path: string;
  readonly identity: FileIdentity;
  /** The open file as a number of the operating system, for a thread that writes by itself. */
  readonly file: number;
  sizeBytes(): Promise<number>;
  write(bytes: Uint8Array, position: number): Promise<void>;
  /** Takes away what lies beyond a length, on the disk as well. */
  cut(sizeBytes: number): Promise<void>;
  /** Waits until what was written lies on the disk; after a failure nothing written since the last call counts. */
  syncData(): Promise<void>;
  /**
   * Proves that the path still leads to the open file. Writes into a deleted file or an unmounted volume go on
   * succeeding, so only this tells.
   *
   * @throws FileFault FILE_VANISHED.
   */
  assertSamePlace(): Promise<void>;
  /** Gives the file the mode of a finished one and brings it whole, mode included, to the disk. */
  seal(): Promise<void>;
  close(): Promise<void>;
}

// Absent on Windows, where a link can only be made by an administrator.
const noFollow = constants.O_NOFOLLOW ?? 0;

/**
 * Creates a partial file that only this user can read. Never opens an existing one and never follows a link.
 *
 * @throws FileFault; an error with code EEXIST when the name is taken.
 */
export async function createPart(dir: string, name: string): Promise<PartFile> {
  const path = join(dir, name);
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | noFollow;
  return wrap(path, await open(path, flags, 0o600));
}

/**
 * Opens a partial file of an earlier run.
 *
 * @throws FileFault FILE_VANISHED when there is none or it is no plain file.
 */
export async function openPart(path: string): Promise<PartFile> {
  try {
    const found = await lstat(path);
    if (!found.isFile()) throw new FileFault('FILE_VANISHED', 'The partial file is no plain file any more.');
    return await wrap(path, await open(path, constants.O_RDWR | noFollow));
  } catch (error) {
    throw toFileFault(error, 'The partial file cannot be opened');
  }
}

/** Checks that a path leads to the file that a handle holds, and that this file has a name at all. */
export async function samePlace(handle: FileHandle, path: string): Promise<boolean> {
  const [held, named] = await Promise.all([
    handle.stat({ bigint: true }),
    lstat(path, { bigint: true }).catch(() => null),
  ]);
  return named !== null && held.nlink > 0n && held.dev === named.dev && held.ino === named.ino;
}

async function wrap(path: string, handle: FileHandle): Promise<PartFile> {
  const { dev, ino } = await handle.stat({ bigint: true });
  const guarded = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw toFileFault(error, what);
    }
  };
  return {
    path,
    identity: { dev: String(dev), ino: String(ino) },
    file: handle.fd,
    sizeBytes: async () => (await handle.stat()).size,
    write: (bytes, position) =>
      guarded('Writing failed', async () => {
        // A write may take less than it was given, for instance when the disk fills up midway.
        for (let done = 0; done < bytes.byteLength;) {
          const { bytesWritten } = await handle.write(bytes, done, bytes.byteLength - done, position + done);
          done += bytesWritten;
        }
      }),
    cut: (sizeBytes) =>
      guarded('Shortening the partial file failed', async () => {
        await handle.truncate(sizeBytes);
        await handle.sync();
      }),
    syncData: () => guarded('Writing to the disk failed', () => handle.datasync()),
    assertSamePlace: async () => {
      if (await guarded('The partial file cannot be checked', () => samePlace(handle, path))) return;
      throw new FileFault('FILE_VANISHED', 'The partial file is no longer where it was.');
    },
    seal: () =>
      guarded('Finishing the file failed', async () => {
        await handle.chmod(0o666 & ~process.umask());
        await handle.sync();
      }),
    close: () => handle.close(),
  };
}

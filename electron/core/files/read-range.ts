import { open } from 'node:fs/promises';
import { toFileFault } from './file-fault.ts';

/**
 * The bytes of a file from `start` to before `end`; fewer when the file is shorter.
 *
 * @throws FileFault
 */
export async function readRange(path: string, start: number, end: number): Promise<Buffer> {
  try {
    const file = await open(path, 'r');
    try {
      const bytes = Buffer.alloc(end - start);
      const { bytesRead } = await file.read(bytes, 0, bytes.byteLength, start);
      return bytes.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw toFileFault(error, 'The file cannot be read');
  }
}

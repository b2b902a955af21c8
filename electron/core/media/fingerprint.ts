import { open } from 'node:fs/promises';
import xxhash from 'xxhash-wasm';

/** Bytes read from each end of a file. */
const endBytes = 64 * 1024;

/** Gives a file's content identity: `x1-` and 16 hexadecimal digits. */
export type Fingerprinter = (path: string) => Promise<string>;

/**
 * Makes a fingerprinter; keep it, loading the hash costs several times what one file does.
 *
 * The identity is the xxh64 of size, first and last 64 KiB: cheap enough for a scan, equal for copies wherever they lie.
 * It is no proof against someone who forges it; that is what SHA-256 is for.
 */
export async function createFingerprinter(): Promise<Fingerprinter> {
  const hasher = await xxhash();
  return async (path) => {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const length = Buffer.alloc(8);
      length.writeBigUInt64LE(BigInt(size));
      const hash = hasher.create64().update(length);
      const buffer = Buffer.allocUnsafe(Math.min(size, endBytes * 2));
      // Up to two ends' length the file is read whole, once.
      const first = await readFully(file, buffer.subarray(0, Math.min(size, endBytes)), 0);
      const rest = buffer.subarray(Math.min(size, endBytes));
      const last = await readFully(file, rest, size - rest.length);
      return `x1-${hash.update(first).update(last).digest().toString(16).padStart(16, '0')}`;
    } finally {
      await file.close();
    }
  };
}

/** The content identity of one file. For many, keep a {@link createFingerprinter}. */
export async function fingerprintFile(path: string): Promise<string> {
  return (await createFingerprinter())(path);
}

type OpenFile = Awaited<ReturnType<typeof open>>;

/** Reads until the buffer is full or the file ends: network drives answer with less than was asked for. */
async function readFully(file: OpenFile, into: Buffer, position: number): Promise<Buffer> {
  let filled = 0;
  while (filled < into.length) {
    const { bytesRead } = await file.read(into, filled, into.length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return into.subarray(0, filled);
}

import { createHash } from 'node:crypto';

/** A reproducible body of any length whose bytes can be had from any offset, so that no test needs a file to serve. */
export interface SeededBody {
  readonly sizeBytes: number;
  slice(start: number, end: number): Buffer;
  sha256(): string;
}

/** Makes a body from a seed; the same seed gives the same bytes. */
export function seededBody(sizeBytes: number, seed = 1): SeededBody {
  const slice = (start: number, end: number): Buffer => {
    const bytes = Buffer.allocUnsafe(Math.max(0, end - start));
    for (let at = start; at < end; at++) {
      // A mixed counter: neighbouring blocks differ, so a block in the wrong place shows.
      const mixed = Math.imul((at >>> 2) ^ Math.imul(seed, 0x9e3779b1), 0x85ebca6b);
      bytes[at - start] = ((mixed ^ (mixed >>> 13)) >>> ((at & 3) * 8)) & 255;
    }
    return bytes;
  };
  return {
    sizeBytes,
    slice,
    sha256: () => {
      const hash = createHash('sha256');
      const step = 1024 * 1024;
      for (let at = 0; at < sizeBytes; at += step) hash.update(slice(at, Math.min(sizeBytes, at + step)));
      return hash.digest('hex');
    },
  };
}

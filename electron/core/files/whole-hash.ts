import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { HashKind } from './hash-file.ts';
import type { PieceHash, PieceHasher } from './piece-hash.ts';

/** Begins a hash of one kind. */
export function wholeHash(kind: HashKind, pieceHash: PieceHash): PieceHasher {
  if (kind === 'xxh64') return pieceHash();
  if (kind === 'crc32') {
    let sum = 0;
    return {
      update: (bytes) => {
        sum = crc32(bytes, sum);
      },
      digest: () => sum.toString(16).padStart(8, '0'),
    };
  }
  const hash = createHash(kind);
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest('hex') };
}

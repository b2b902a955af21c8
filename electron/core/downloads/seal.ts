import type { PieceRow } from './download-row.ts';

const startBytes = 6;
const lengthBytes = 4;
const hashBytes = 8;
const pieceBytes = startBytes + lengthBytes + hashBytes;

/**
 * Packs the pieces of a finished file: for each its start (6 bytes), its length (4) and its xxh64 (8), big-endian, in
 * order. Null when they do not cover the file from its first byte to its last without a gap: such a seal would vouch
 * for less than it seems to.
 */
export function encodeSeal(pieces: readonly PieceRow[], sizeBytes: number): Uint8Array | null {
  const inOrder = pieces.toSorted((one, other) => one.start - other.start);
  if (!isGapless(inOrder, sizeBytes)) return null;
  const seal = Buffer.alloc(inOrder.length * pieceBytes);
  for (const [index, piece] of inOrder.entries()) {
    if (piece.length >= 2 ** (8 * lengthBytes) || !/^[0-9a-f]{16}$/.test(piece.xxh64)) return null;
    const at = index * pieceBytes;
    seal.writeUIntBE(piece.start, at, startBytes);
    seal.writeUInt32BE(piece.length, at + startBytes);
    seal.write(piece.xxh64, at + startBytes + lengthBytes, 'hex');
  }
  return seal;
}

/** Unpacks a seal; null when it is not one for a file of this size. */
export function decodeSeal(bytes: Uint8Array, sizeBytes: number): PieceRow[] | null {
  if (bytes.byteLength % pieceBytes !== 0) return null;
  const seal = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: PieceRow[] = [];
  for (let at = 0; at < seal.byteLength; at += pieceBytes) {
    const hashAt = at + startBytes + lengthBytes;
    pieces.push({
      start: seal.readUIntBE(at, startBytes),
      length: seal.readUInt32BE(at + startBytes),
      xxh64: seal.toString('hex', hashAt, hashAt + hashBytes),
    });
  }
  return isGapless(pieces, sizeBytes) ? pieces : null;
}

function isGapless(pieces: readonly PieceRow[], sizeBytes: number): boolean {
  let end = 0;
  for (const { start, length } of pieces) {
    if (start !== end || length <= 0) return false;
    end += length;
  }
  return end === sizeBytes;
}

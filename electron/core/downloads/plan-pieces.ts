const mebibyte = 1024 * 1024;

/** A run of bytes; `end` is the first byte after it. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** How large the pieces of a file of this size are. Injected in tests. */
export type PieceSize = (sizeBytes: number) => number;

/**
 * 4 MiB, of which a connection may lose two to a crash; less for small files, so that several connections get work, but
 * never under 1 MiB: below that the requests cost more than they bring.
 */
export const guidedPieceSize: PieceSize = (sizeBytes) =>
  sizeBytes >= 16 * mebibyte ? 4 * mebibyte : mebibyte;

/** Pieces of one size, whatever the file's. */
export function fixedPieceSize(pieceBytes: number): PieceSize {
  return () => pieceBytes;
}

/** What is missing between the runs already there, in order. Overlapping and unsorted runs are understood. */
export function missingRanges(sizeBytes: number, present: readonly ByteRange[]): ByteRange[] {
  const missing: ByteRange[] = [];
  let at = 0;
  for (const run of present.toSorted((a, b) => a.start - b.start)) {
    if (run.start > at) missing.push({ start: at, end: Math.min(run.start, sizeBytes) });
    at = Math.max(at, run.end);
  }
  if (at < sizeBytes) missing.push({ start: at, end: sizeBytes });
  return missing.filter((run) => run.end > run.start);
}

/** The work still to be done: missing runs cut into pieces, handed out from the front. */
export interface PieceQueue {
  take(): ByteRange | null;
  /** Puts what was not fetched of a piece back to the front. */
  giveBack(range: ByteRange): void;
  isEmpty(): boolean;
}

/** How many pieces are asked for in one request. */
export interface Span {
  readonly connections: number;
  /** At most so many; 1 asks for each by itself. */
  readonly mostPieces: number;
}

const onePiece: Span = { connections: 1, mostPieces: 1 };

/**
 * Makes the queue. Memory is one entry a gap, not one a piece. Many pieces are taken at once while there are many, and
 * one at a time near the end, so that no connection waits long for the last of another.
 */
export function createPieceQueue(
  missing: readonly ByteRange[],
  pieceBytes: number,
  { connections, mostPieces }: Span = onePiece,
): PieceQueue {
  const gaps = [...missing];
  const spanBytes = (): number => {
    if (mostPieces <= 1) return pieceBytes;
    const left = gaps.reduce((sum, gap) => sum + gap.end - gap.start, 0);
    const share = Math.floor(left / (2 * connections * pieceBytes));
    return pieceBytes * Math.max(1, Math.min(mostPieces, share));
  };
  return {
    take: () => {
      const most = spanBytes();
      const gap = gaps.shift();
      if (!gap) return null;
      const end = Math.min(gap.end, gap.start + most);
      if (end < gap.end) gaps.unshift({ start: end, end: gap.end });
      return { start: gap.start, end };
    },
    giveBack: (range) => {
      if (range.end > range.start) gaps.unshift(range);
    },
    isEmpty: () => gaps.length === 0,
  };
}

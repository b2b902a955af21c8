import { array, assert, infiniteStream, integer, nat, property, tuple } from 'fast-check';
import { expect, it } from 'vitest';
import {
  createPieceQueue,
  guidedPieceSize,
  missingRanges,
  type ByteRange,
} from '../../../../electron/core/downloads/plan-pieces.ts';

const mebibyte = 1024 * 1024;

it('makes pieces as large as the file deserves', () => {
  expect(guidedPieceSize(500 * mebibyte)).toBe(4 * mebibyte);
  expect(guidedPieceSize(63 * mebibyte)).toBe(4 * mebibyte);
  expect(guidedPieceSize(2 * mebibyte)).toBe(mebibyte);
  expect(guidedPieceSize(0)).toBe(mebibyte);
});

it('finds what is missing between runs', () => {
  expect(missingRanges(100, [])).toEqual([{ start: 0, end: 100 }]);
  expect(
    missingRanges(100, [
      { start: 20, end: 30 },
      { start: 0, end: 10 },
    ]),
  ).toEqual([
    { start: 10, end: 20 },
    { start: 30, end: 100 },
  ]);
  expect(missingRanges(100, [{ start: 0, end: 100 }])).toEqual([]);
  expect(missingRanges(0, [])).toEqual([]);
});

it('hands out every missing byte once, whatever was there and however often pieces come back', () => {
  const run = tuple(nat(400), integer({ min: 1, max: 90 }));
  assert(
    property(
      array(run, { maxLength: 8 }),
      integer({ min: 1, max: 64 }),
      infiniteStream(nat(99)),
      (runs, pieceBytes, dice) => {
        const sizeBytes = 500;
        const seen = new Uint8Array(sizeBytes);
        const present: ByteRange[] = runs.map(([start, length]) => ({ start, end: start + length }));
        for (const { start, end } of present) seen.fill(1, start, end);
        const queue = createPieceQueue(missingRanges(sizeBytes, present), pieceBytes);
        for (let piece = queue.take(); piece; piece = queue.take()) {
          expect(piece.end - piece.start).toBeLessThanOrEqual(pieceBytes);
          const came = Math.max(1, Math.floor(((piece.end - piece.start) * (dice.next().value ?? 0)) / 100));
          for (let at = piece.start; at < piece.start + came; at++) seen[at] = (seen[at] ?? 0) + 1;
          queue.giveBack({ start: piece.start + came, end: piece.end });
        }
        expect(queue.isEmpty()).toBe(true);
        expect(seen.every((count) => count === 1)).toBe(true);
      },
    ),
  );
});

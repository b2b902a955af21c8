import { array, assert, constant, double, integer, property, record, shuffledSubarray } from 'fast-check';
import { expect, test } from 'vitest';
import { createPieceLine } from '../../../../electron/core/files/follow-file.ts';

const piece = (start: number, length: number) => ({
  start,
  length,
  xxh64: `of ${start} to ${start + length}`,
});

test('keeps a piece back as long as it may grow', () => {
  const line = createPieceLine(100);
  expect(line.add([piece(0, 10)])).toEqual([]);
  expect(line.add([piece(0, 40)])).toEqual([]);
  expect(line.add([piece(40, 5)])).toEqual([piece(0, 40)]);
  expect(line.add([piece(40, 60)])).toEqual([piece(40, 60)]);
  expect(line.isWhole()).toBe(true);
});

test('waits for the piece that is missing', () => {
  const line = createPieceLine(30);
  expect(line.add([piece(20, 10), piece(10, 10)])).toEqual([]);
  expect(line.isWhole()).toBe(false);
  expect(line.add([piece(0, 10)])).toEqual([piece(0, 10), piece(10, 10), piece(20, 10)]);
});

test('is whole at once when there is nothing', () => {
  expect(createPieceLine(0).isWhole()).toBe(true);
});

test('gives each piece once, as it was last, in order, whatever order they come in', () => {
  const pieces = array(integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 20 }).chain((sizes) => {
    let end = 0;
    const whole = sizes.map((size) => piece((end += size) - size, size));
    const all = { minLength: whole.length, maxLength: whole.length };
    return record({
      whole: constant(whole),
      order: shuffledSubarray(whole, all),
      end: constant(end),
    });
  });
  assert(
    property(pieces, double({ min: 0, max: 1, noNaN: true }), ({ whole, order, end }, share) => {
      const line = createPieceLine(end);
      const given = order.flatMap((one) => {
        const grown = Math.floor(one.length * share);
        const before = grown > 0 && grown < one.length ? line.add([piece(one.start, grown)]) : [];
        return [...before, ...line.add([one])];
      });
      expect(given).toEqual(whole);
      expect(line.isWhole()).toBe(true);
    }),
  );
});

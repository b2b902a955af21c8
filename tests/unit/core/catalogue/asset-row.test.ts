import { assert, integer, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { firstRowOf, lastRowOf } from '../../../../electron/core/catalogue/asset-row.ts';

const dayText = tuple(
  integer({ min: 0, max: 9999 }),
  integer({ min: 0, max: 99 }),
  integer({ min: 0, max: 99 }),
).map(
  ([y, m, d]) => `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`,
);

test('rows are in the order of the days as text, and no two days share one', () => {
  assert(
    property(dayText, dayText, (a, b) => {
      const [first, second] = a < b ? [a, b] : [b, a];
      expect(first === second || lastRowOf(first) < firstRowOf(second)).toBe(true);
    }),
  );
});

test('rows are positive whole numbers that JavaScript counts exactly, those without a day before all others', () => {
  expect(firstRowOf(null)).toBe(1);
  expect(lastRowOf(null)).toBeLessThan(firstRowOf('0000-00-00'));
  expect(Number.isSafeInteger(lastRowOf('9999-99-99') + 1)).toBe(true);
});

test('the last of February ends before March begins', () => {
  expect(lastRowOf('2025-02-31')).toBeLessThan(firstRowOf('2025-03-01'));
});

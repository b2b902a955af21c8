import { assert, integer, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { firstRowOf, lastRowOf, listedUnder } from '../../../../electron/core/catalogue/asset-row.ts';
import { aDate } from '../../../support/source-items.ts';

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

const none = { filmed: null, event: null, published: null, changed: null };

test('an asset is listed under the day it was filmed, else of its event, else published, never changed', () => {
  const filmed = aDate('2025-01-01');
  const event = aDate('2025-01-02');
  const published = aDate('2025-01-03');
  const changed = aDate('2025-01-04');
  expect(listedUnder({ filmed, event, published, changed }).day).toBe('2025-01-01');
  expect(listedUnder({ ...none, event, published, changed }).day).toBe('2025-01-02');
  expect(listedUnder({ ...none, published, changed }).day).toBe('2025-01-03');
  expect(listedUnder({ ...none, changed })).toEqual({ day: null, order: null });
});

test('a coarser date gives way to one that is known to the day, and else stands before its first day', () => {
  const filmed = aDate('2007-01-01', 'year');
  expect(listedUnder({ ...none, filmed, published: aDate('2008-03-05', 'day') }).day).toBe('2008-03-05');
  const year = listedUnder({ ...none, filmed, published: aDate('2008-03-01', 'month') });
  expect(year).toEqual({ day: null, order: '2007-00-00' });
  const month = listedUnder({ ...none, published: aDate('2008-03-01', 'month') });
  expect(month).toEqual({ day: null, order: '2008-03-00' });
  expect(lastRowOf(month.order)).toBeLessThan(firstRowOf('2008-03-01'));
  expect(firstRowOf(month.order)).toBeGreaterThan(lastRowOf('2008-02-31'));
});

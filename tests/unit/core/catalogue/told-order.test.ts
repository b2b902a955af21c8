import { array, assert, constantFrom, property } from 'fast-check';
import { expect, test } from 'vitest';
import { compareStamps } from '../../../../electron/core/catalogue/told-order.ts';

const stamp = (version: string | null, changedAtMs: number | null = null) => ({ version, changedAtMs });

test.each([
  ['9', '10'],
  ['v1.9', 'v1.10'],
  ['2025-09-08T08:00:00Z', '2025-09-08T10:00:00Z'],
  ['1', '1a'],
  ['a', 'b'],
  ['1', 'a'],
  ['9007199254740992', '9007199254740993'],
])('version %s is older than %s', (older, newer) => {
  expect(compareStamps(stamp(older), stamp(newer))).toBeLessThan(0);
  expect(compareStamps(stamp(newer), stamp(older))).toBeGreaterThan(0);
});

test('versions decide before times, times only where versions do not', () => {
  expect(compareStamps(stamp('2', 1), stamp('1', 9))).toBeGreaterThan(0);
  expect(compareStamps(stamp('01', 1), stamp('1', 9))).toBeLessThan(0);
  expect(compareStamps(stamp(null, 1), stamp('1', 9))).toBeLessThan(0);
  expect(compareStamps(stamp(null), stamp('1', 9))).toBe(0);
  expect(compareStamps(stamp('1', null), stamp('1', 9))).toBe(0);
});

test('versions are in one order, whichever two are compared first', () => {
  const part = constantFrom('0', '1', '9', '10', '007', 'a', 'b', '.', '-', 'v');
  const version = array(part, { maxLength: 5 }).map((parts) => parts.join(''));
  const compare = (x: string, y: string): number => Math.sign(compareStamps(stamp(x), stamp(y)));
  assert(
    property(array(version, { minLength: 3, maxLength: 3 }), (three) => {
      const [a = '', b = '', c = ''] = three.toSorted(compare);
      expect([compare(a, b), compare(b, c), compare(a, c)].every((order) => order <= 0)).toBe(true);
      expect(compare(a, b) + compare(b, a)).toBe(0);
    }),
    { numRuns: 2000 },
  );
});

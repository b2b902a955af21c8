import { array, assert, integer, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import {
  addAll,
  addBit,
  addRange,
  countBits,
  eachBit,
  hasBit,
  invert,
  keepBoth,
  noBits,
} from '../../../../../electron/core/catalogue/search/bits.ts';

const size = 200;
const places = array(integer({ min: 0, max: size - 1 }));
const edge = integer({ min: 0, max: size });

function bitsOf(all: readonly number[]) {
  const bits = noBits(size);
  for (const place of all) addBit(bits, place);
  return bits;
}

function placesIn(bits: Uint32Array, from = 0, to = size): number[] {
  const found: number[] = [];
  eachBit(bits, { from, to }, (place) => {
    found.push(place);
  });
  return found;
}

test('sets of places do what sets do', () => {
  assert(
    property(places, places, tuple(edge, edge), (a, b, [x, y]) => {
      const [one, other] = [new Set(a), new Set(b)];
      const all = Array.from({ length: size }, (_, place) => place);
      const both = bitsOf(a);
      keepBoth(both, bitsOf(b));
      expect(placesIn(both)).toEqual(all.filter((place) => one.has(place) && other.has(place)));
      const either = bitsOf(a);
      addAll(either, bitsOf(b));
      expect(placesIn(either)).toEqual(all.filter((place) => one.has(place) || other.has(place)));
      const none = bitsOf(a);
      invert(none, size);
      expect(placesIn(none)).toEqual(all.filter((place) => !one.has(place)));
      const range = noBits(size);
      addRange(range, Math.min(x, y), Math.max(x, y));
      expect(placesIn(range)).toEqual(all.slice(Math.min(x, y), Math.max(x, y)));
      expect(placesIn(bitsOf(a), x, y)).toEqual(
        all.filter((place) => one.has(place) && place >= x && place < y),
      );
      expect(countBits(bitsOf(a), x)).toBe(all.filter((place) => one.has(place) && place < x).length);
      expect(all.filter((place) => hasBit(bitsOf(a), place))).toEqual(placesIn(bitsOf(a)));
    }),
  );
});

test('looking at the places ends when it has enough', () => {
  const found: number[] = [];
  eachBit(bitsOf([1, 2, 3, 199]), { from: 0, to: size }, (place) => {
    found.push(place);
    return found.length < 2;
  });
  expect(found).toEqual([1, 2]);
});

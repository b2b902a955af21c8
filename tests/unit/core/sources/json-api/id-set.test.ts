import { deflateRawSync } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { packIds, unpackIds } from '../../../../../electron/core/sources/json-api/id-set.ts';

test('a set of any texts comes back as it was, however it was filled', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (ids) => {
      expect(unpackIds(packIds(new Set(ids)))).toEqual(new Set(ids));
      expect(packIds(new Set(ids))).toBe(packIds(new Set(ids.toReversed())));
    }),
  );
});

test('ten thousand ids of a channel take less than 40 kB', () => {
  const ids = new Set(
    Array.from({ length: 10_000 }, (_, n) => `video:${600_000 + n * 41 + ((n * 7919) % 37)}`),
  );
  expect(packIds(ids).length).toBeLessThan(40_000);
});

test('what is no set is none, a bomb included', () => {
  expect(unpackIds('')).toBeNull();
  expect(unpackIds('no set')).toBeNull();
  expect(unpackIds(deflateRawSync('[1,2]').toString('base64url'))).toBeNull();
  const bomb = deflateRawSync(Buffer.alloc(64 * 1024 * 1024, 0x20), { level: 9 }).toString('base64url');
  expect(unpackIds(bomb)).toBeNull();
});

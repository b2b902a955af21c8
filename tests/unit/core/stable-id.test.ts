import { assert, constantFrom, property, string, uuid } from 'fast-check';
import { v5 } from 'uuid';
import { expect, test } from 'vitest';
import { stableId } from '../../../electron/core/stable-id.ts';

test('an id is the UUID of version 5 that it always was, whatever the source calls the thing', () => {
  assert(
    property(
      uuid(),
      constantFrom('asset' as const, 'rendition' as const, 'event' as const),
      string({ unit: 'grapheme' }),
      (sourceId, kind, name) => {
        expect(stableId(sourceId, kind, name)).toBe(v5(`${kind}:${name}`, sourceId));
      },
    ),
  );
});

test('an id that was given once is given for ever', () => {
  expect(stableId('0198a000-0000-7000-8000-000000000001', 'asset', '1')).toBe(
    '0d86fabf-dcf1-5d0c-862f-b2f57eef91c4',
  );
});

test('a source whose id is no UUID has no ids', () => {
  expect(() => stableId('x', 'asset', '1')).toThrow(TypeError);
  expect(() => stableId('0198a000-0000-7000-8000-00000000000g', 'asset', '1')).toThrow(TypeError);
});

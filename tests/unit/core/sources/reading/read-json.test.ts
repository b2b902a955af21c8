import { expect, test } from 'vitest';
import type { Answer } from '../../../../../electron/core/sources/asker.ts';
import { momentOf, readJsonObject, textOf } from '../../../../../electron/core/sources/reading/read-json.ts';

function answer(body: string, contentType = 'application/json'): Answer {
  return {
    status: 200,
    url: 'https://api.example/search?api_key=hidden',
    movedTo: null,
    contentType,
    headers: {},
    body: new TextEncoder().encode(body),
    validators: { etag: null, lastModified: null },
  };
}

function thrownBy(work: () => unknown): unknown {
  try {
    work();
    return null;
  } catch (error) {
    return error;
  }
}

test('an object is read, with a byte order mark too', () => {
  expect(readJsonObject(answer('\u{feff}{"a":[1]}'))).toEqual({ a: [1] });
});

test.each([
  ['', 'SOURCE_UNAVAILABLE'],
  [' \n', 'SOURCE_UNAVAILABLE'],
  ['<!doctype html><title>Sign in</title>', 'SOURCE_CHANGED'],
  ['{"results":[{"id":1', 'SOURCE_CHANGED'],
  ['[]', 'SOURCE_CHANGED'],
  ['null', 'SOURCE_CHANGED'],
  ['ok', 'SOURCE_CHANGED'],
])('%j is no answer, and what came back is told without the address', (body, code) => {
  const error = thrownBy(() => readJsonObject(answer(body)));
  expect(error).toMatchObject({
    code,
    facts: { detail: expect.stringMatching(/^status 200/) as string },
  });
  expect(JSON.stringify(error) + String(error)).not.toContain('hidden');
});

test('numbers and texts are text, and nothing is nothing', () => {
  expect([12, ' a ', '', ' ', null, undefined, true, Number.NaN, {}].map(textOf)).toEqual([
    '12',
    'a',
    ...Array<null>(7).fill(null),
  ]);
});

test('a moment without a zone is UTC, and a day is no moment', () => {
  const noon = Date.UTC(2025, 8, 8, 12);
  expect(['2025-09-08T12:00:00Z', '2025-09-08 12:00:00', '2025-09-08T14:00:00+02:00'].map(momentOf)).toEqual([
    noon,
    noon,
    noon,
  ]);
  expect(['2025-09-08', 'yesterday', '', null, 5].map(momentOf)).toEqual([null, null, null, null, null]);
});

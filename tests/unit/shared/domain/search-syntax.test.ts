import { expect, test } from 'vitest';
import { toSearchFilter } from '../../../../shared/domain/search-syntax.ts';

const matchOf = (query: string): string | null | undefined => toSearchFilter({ query })?.match;

test.each([
  ['', null],
  ['winter', '"winter"*'],
  ['winter session', '("winter" AND "session"*)'],
  ['winter ', '"winter"'],
  ['"winter session"', '"winter session"'],
  ['winter -draft', '("winter" NOT "draft"*)'],
  ['winter -"rough cut" talks', '(("winter" AND "talks"*) NOT "rough cut")'],
  ['winter -a -b ', '("winter" NOT ("a" OR "b"))'],
  ['winter OR (summer heat) ', '("winter" OR ("summer" AND "heat"))'],
  ['title:winter', '"winter"*'],
  ['say"cheese', '"say""cheese"*'],
  ['win 2025-09', '"win"'],
  ['a\0b', '("a" AND "b"*)'],
])('%j becomes %j', (typed, expression) => {
  expect(matchOf(typed)).toBe(expression);
});

test('a field looks in its column where the table has one', () => {
  expect(toSearchFilter({ query: 'tag:live file:a ' }, { tag: 'tags' })?.match).toBe(
    '({tags} : "live" AND "a")',
  );
});

test.each(['-draft', '!!!', 'winter OR -draft', 'is:held', 'winter has:shotlist'])(
  '%j asks for more than a table of words can tell, and finds nothing in it',
  (query) => {
    expect(toSearchFilter({ query })).toBeNull();
  },
);

test.each([
  [{ query: '2025-09', dayFrom: '2025-09-10' }, '2025-09-10', '2025-09-30'],
  [{ query: '2025-09', dayTo: '2025-12-31' }, '2025-09-01', '2025-09-30'],
  [{ query: '2025-09', dayFrom: '2025-01-01', dayTo: '2025-09-05' }, '2025-09-01', '2025-09-05'],
  [{ query: 'day:2025 2025-09' }, '2025-09-01', '2025-09-30'],
  [{ dayFrom: '2025-09-10' }, '2025-09-10', undefined],
])('days beside the words and days among them all hold: %j', (asked, dayFrom, dayTo) => {
  expect(toSearchFilter(asked)).toEqual({ match: null, dayFrom, dayTo });
});

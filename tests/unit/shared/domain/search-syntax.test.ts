import { expect, test } from 'vitest';
import { parseSearch, toMatchExpression, toSearchFilter } from '../../../../shared/domain/search-syntax.ts';

test.each([
  ['', null],
  ['   ', null],
  ['winter', '"winter"*'],
  ['winter session', '"winter" AND "session"*'],
  ['winter ', '"winter"'],
  ['"winter session"', '"winter session"'],
  ['"winter session', '"winter session"'],
  ['win "a b"', '"win" AND "a b"'],
  ['winter -draft', '"winter" NOT "draft"*'],
  ['winter -"rough cut" talks', '"winter" AND "talks"* NOT "rough cut"'],
  ['-draft', null],
  ['-', null],
  ['!!! ...', null],
  ['covid-19', '"covid-19"*'],
  ['AND OR NOT NEAR', '"AND" AND "OR" AND "NOT" AND "NEAR"*'],
  ['title:winter', '"title:winter"*'],
  ['say"cheese', '"say""cheese"*'],
  ['win 2025-09', '"win"'],
  ['2025-09-08 ses', '"ses"*'],
  ['a\0b', '"a" AND "b"*'],
])('%j becomes %j', (typed, expression) => {
  expect(toMatchExpression(parseSearch(typed).terms)).toBe(expression);
});

test.each([
  ['2025-09-08', '2025-09-08', '2025-09-08'],
  ['day:2025-09-08', '2025-09-08', '2025-09-08'],
  ['2025-09', '2025-09-01', '2025-09-30'],
  ['2025-02', '2025-02-01', '2025-02-28'],
  ['2024-02', '2024-02-01', '2024-02-29'],
  ['2025-12', '2025-12-01', '2025-12-31'],
  ['day:2025', '2025-01-01', '2025-12-31'],
  ['talks 2025-09 more', '2025-09-01', '2025-09-30'],
])('%j stays within its days', (typed, from, to) => {
  expect(parseSearch(typed).days).toEqual({ from, to });
});

test.each(['2025', '2025-13', '2025-00', '2025-09-32', '2025-9-8', '-2025-09', '1080p'])(
  '%j is no day but a word to look for',
  (typed) => {
    const { days, terms } = parseSearch(typed);
    expect(days).toBeNull();
    expect(terms).toHaveLength(1);
  },
);

test('composed and decomposed accents are the same word', () => {
  expect(parseSearch('Zoe\u0308').terms).toEqual(parseSearch('Zo\u00eb').terms);
});

test.each([
  [{ query: '2025-09', dayFrom: '2025-09-10' }, '2025-09-10', '2025-09-30'],
  [{ query: '2025-09', dayTo: '2025-12-31' }, '2025-09-01', '2025-09-30'],
  [{ query: '2025-09', dayFrom: '2025-01-01', dayTo: '2025-09-05' }, '2025-09-01', '2025-09-05'],
  [{ dayFrom: '2025-09-10' }, '2025-09-10', undefined],
])('days beside the words and days among them both hold: %j', (asked, dayFrom, dayTo) => {
  expect(toSearchFilter(asked)).toEqual({ match: null, dayFrom, dayTo });
});

test('words without anything to look for find nothing, and no words narrow nothing', () => {
  expect(toSearchFilter({ query: '…' })).toBeNull();
  expect(toSearchFilter({})).toEqual({ match: null, dayFrom: undefined, dayTo: undefined });
  expect(toSearchFilter({ query: 'harbour' })).toMatchObject({ match: '"harbour"*' });
});

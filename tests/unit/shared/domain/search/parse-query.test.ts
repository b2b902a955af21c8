import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { parseQuery } from '../../../../../shared/domain/search/parse-query.ts';
import type { SearchNode, TextField } from '../../../../../shared/domain/search/search-node.ts';

const word = (text: string, field: TextField | null = null): SearchNode => ({
  kind: 'text',
  text,
  prefix: false,
  field,
});
const typed = (text: string, field: TextField | null = null): SearchNode => ({
  kind: 'text',
  text,
  prefix: true,
  field,
});
const and = (...of: SearchNode[]): SearchNode => ({ kind: 'and', of });
const or = (...of: SearchNode[]): SearchNode => ({ kind: 'or', of });
const not = (of: SearchNode): SearchNode => ({ kind: 'not', of });
const days = (from: string | null, to: string | null): SearchNode => ({ kind: 'days', from, to });

test.each<[string, SearchNode | null]>([
  ['', null],
  ['  ', null],
  ['winter', typed('winter')],
  ['winter ', word('winter')],
  ['winter session', and(word('winter'), typed('session'))],
  ['"winter session"', word('winter session')],
  ['"winter session', word('winter session')],
  ['“winter session” talks ', and(word('winter session'), word('talks'))],
  ['winter -draft', and(word('winter'), not(typed('draft')))],
  ['winter NOT draft ', and(word('winter'), not(word('draft')))],
  ['-"rough cut"', not(word('rough cut'))],
  ['NOT NOT a ', word('a')],
  ['a AND b ', and(word('a'), word('b'))],
  ['a OR b c ', or(word('a'), and(word('b'), word('c')))],
  ['(a OR b) c ', and(or(word('a'), word('b')), word('c'))],
  ['a -(b OR c)', and(word('a'), not(or(word('b'), word('c'))))],
  ['((a', typed('a')],
  ['a) b ', and(word('a)'), word('b'))],
  ['clip(1).mp4 ', word('clip(1).mp4')],
  ['covid-19', typed('covid-19')],
  ['U.S.', word('U.S.')],
  ['person:smith ', word('smith', 'person')],
  ['Person:"de Gaulle"', word('de Gaulle', 'person')],
  ['person:(smith OR jones)', or(word('smith', 'person'), word('jones', 'person'))],
  [
    'org:nato tag:live file:a.mp4 ',
    and(word('nato', 'organisation'), word('live', 'tag'), word('a.mp4', 'file')),
  ],
  ['a person:', word('a')],
  ['a person: b ', and(word('a'), word('person'), word('b'))],
  ['constructor:x ', word('constructor:x')],
  ['https://a.example ', word('https://a.example')],
])('%j is understood', (query, node) => {
  expect(parseQuery(query)).toEqual(node);
});

test.each<[string, SearchNode]>([
  ['2025-09-08', days('2025-09-08', '2025-09-08')],
  ['2025-09', days('2025-09-01', '2025-09-30')],
  ['day:2024-02', days('2024-02-01', '2024-02-29')],
  ['day:2025', days('2025-01-01', '2025-12-31')],
  ['day:2025-09-01..2025-09-30', days('2025-09-01', '2025-09-30')],
  ['day:2025-09..2025-11', days('2025-09-01', '2025-11-30')],
  ['2025-09-01..', days('2025-09-01', null)],
  ['day:..2025', days(null, '2025-12-31')],
  ['-day:2025', not(days('2025-01-01', '2025-12-31'))],
  ['-2025-09', not(typed('2025-09'))],
  ['2025', typed('2025')],
  ['2025-13', typed('2025-13')],
  ['2025-9-8', typed('2025-9-8')],
  ['day:soon', typed('day:soon')],
])('%j is read as days, or as a word', (query, node) => {
  expect(parseQuery(query)).toEqual(node);
});

test.each<[string, SearchNode]>([
  ['status:expected', { kind: 'status', anyOf: ['expected'] }],
  ['status:with', { kind: 'status', anyOf: ['withheld', 'withdrawn'] }],
  ['status:with ', word('status:with')],
  ['is:embargoed', { kind: 'status', anyOf: ['embargoed'] }],
  ['version:broll', { kind: 'version', anyOf: ['b-roll'] }],
  ['is:held', { kind: 'is', what: 'held' }],
  ['is:new', { kind: 'is', what: 'new' }],
  ['is:odd ', word('is:odd')],
  ['has:shotlist', { kind: 'has', what: 'shotlist' }],
  ['has:people', { kind: 'has', what: 'person' }],
  ['has:everything ', word('has:everything')],
  ['source:"Our TV"', { kind: 'source', text: 'Our TV' }],
  ['lang:en', { kind: 'language', text: 'en' }],
])('%j asks for a fact, or for a word when no such fact is known', (query, node) => {
  expect(parseQuery(query)).toEqual(node);
});

test('an operator without a left side is a word, and one without a right side waits for it', () => {
  expect(parseQuery('OR ')).toEqual(word('OR'));
  expect(parseQuery('NOT')).toEqual(typed('NOT'));
  expect(parseQuery('winter OR')).toEqual(word('winter'));
  expect(parseQuery('winter AND ')).toEqual(word('winter'));
});

test('what has no word in it is passed over, and finds nothing when there is nothing else', () => {
  expect(parseQuery('winter !!! ')).toEqual(word('winter'));
  expect(parseQuery('!!!')).toEqual(or());
  expect(parseQuery('ـ')).toEqual(or());
});

test('brackets within brackets end somewhere, and so does a long query', () => {
  expect(parseQuery('('.repeat(5000) + 'a')).toBeNull();
  expect(parseQuery(`${'('.repeat(500)}a ${')'.repeat(500)}`)).toEqual(word('a'));
  expect(() => parseQuery('NOT '.repeat(400))).not.toThrow();
});

test('there is a reading of everything that can be typed', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 60 }), (text) => {
      expect(() => parseQuery(text)).not.toThrow();
    }),
    { numRuns: 3000 },
  );
});

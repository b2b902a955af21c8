import { array, assert, constantFrom, oneof, property, string as text } from 'fast-check';
import { expect, test } from 'vitest';
import { toSearchFilter } from '../../../shared/domain/search-syntax.ts';
import { aSearchedCatalogue } from '../../support/catalogue-rig.ts';
import { anItem } from '../../support/source-items.ts';

const signs = ['"', '-', '*', '\0', '(', ')', '^', ':', '+', '{', '}', "'", '..', '|', ',', '\\', ';--'];
const letters = [
  '\u{10FFFF}',
  '\ud800',
  '\u{1e900}',
  '\u{e000}',
  '\u200b',
  'ـ',
  'ß',
  'が',
  '개',
  '٣',
  ' ',
  's',
];
const operators = [
  ' AND ',
  ' OR ',
  ' NOT ',
  'NEAR(',
  'summit',
  'rowid',
  'title:',
  'person:(',
  'event:',
  'country:x',
];
const facts = [
  'day:',
  '2025-09',
  '..2025',
  'status:',
  'is:held ',
  'has:file ',
  'source:',
  'language:',
  'file:"',
];
const odd = constantFrom(...signs, ...letters, ...operators, ...facts);
const anything = oneof(
  text({ unit: 'binary', maxLength: 40 }),
  array(oneof(odd, text({ unit: 'grapheme', maxLength: 3 })), { maxLength: 30 }).map((all) => all.join('')),
);

test('nothing that can be typed makes a search fail: ten thousand inputs against a real index', () => {
  const { tell, engine, ask, countMatches } = aSearchedCatalogue();
  tell(['Winter summit', 'Zoë speaks', 'सत्र'].map((title) => anItem(title, { title, country: 'Malta' })));
  const fits = property(anything, (typed) => {
    const { rows, total } = engine.find({ ...ask(typed), page: { limit: 10, order: 'relevance' } });
    expect(rows.length).toBe(total);
    const { match } = toSearchFilter({ query: typed }) ?? { match: null };
    if (match !== null) countMatches(match);
  });
  assert(fits, {
    numRuns: 10_000,
    examples: [['a\0b'], ['\0'], ['"\0"'], ['\u{1e900}'], ['\u{1fbf0}*'], ['﹏a'], ['('.repeat(400)]],
  });
});

test('a long query, and one of many brackets and exclusions, is asked and answered', () => {
  const { tell, engine, ask } = aSearchedCatalogue();
  tell([anItem('1', { title: 'a b c' })]);
  const totalOf = (query: string): number => engine.find({ ...ask(query), page: { limit: 5 } }).total;
  expect(totalOf('a '.repeat(900))).toBe(1);
  expect(totalOf(`a ${'-x '.repeat(600)}`)).toBe(1);
  expect(totalOf(`${'x OR '.repeat(300)}a`)).toBe(1);
  expect(totalOf(`${'(a OR '.repeat(200)}b`)).toBe(1);
  expect(totalOf(`${'-('.repeat(24)}a`)).toBe(1);
});

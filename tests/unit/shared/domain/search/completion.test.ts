import { array, assert, constantFrom, integer, property, record, string, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { foldText, wordsOf } from '../../../../../shared/domain/fold-text.ts';
import { beginsWithWords, complete, completionAt } from '../../../../../shared/domain/search/completion.ts';
import { parseQuery } from '../../../../../shared/domain/search/parse-query.ts';
import type { SearchNode, TextField } from '../../../../../shared/domain/search/search-node.ts';

/** A query with its caret as `|`. */
function at(marked: string) {
  const caret = marked.indexOf('|');
  const text = marked.replace('|', '');
  return { text, at: completionAt(text, caret) };
}

/** The query after a completion, with its caret. */
function after(marked: string, value: string): string | null {
  const { text, at: found } = at(marked);
  if (found === null) return null;
  const done = complete(text, found, value);
  return `${done.text.slice(0, done.caret)}|${done.text.slice(done.caret)}`;
}

function textsIn(node: SearchNode | null): Extract<SearchNode, { kind: 'text' }>[] {
  if (node === null) return [];
  if (node.kind === 'text') return [node];
  if (node.kind === 'and' || node.kind === 'or') return node.of.flatMap(textsIn);
  return node.kind === 'not' ? textsIn(node.of) : [];
}

test.each([
  ['person:mik|', 'person', 'mik'],
  ['People:mik|', 'person', 'mik'],
  ['person:|', 'person', ''],
  ['person:"jens st|', 'person', 'jens st'],
  ['person:“jens st|', 'person', 'jens st'],
  ['person:"jens st|"', 'person', 'jens st'],
  ['person:"|', 'person', ''],
  ['person:"jens| harbour', 'person', 'jens'],
  ['person:"jens| harbour "red line"', 'person', 'jens'],
  ['a -place:os|', 'place', 'os'],
  ['NOT location:os| b', 'place', 'os'],
  ['person:(mikkelsen OR ok|)', 'person', 'ok'],
  ['person:(mikkelsen OR |', 'person', ''],
  ['person:(mikkelsen OR "van d|', 'person', 'van d'],
  ['person:((a OR b) c|', 'person', 'c'],
  ['title:(x place:os|', 'place', 'os'],
  ['organization:nat|', 'organisation', 'nat'],
  ['keyword:de|', 'tag', 'de'],
  ['date:20|', 'day', '20'],
  ['status:w|', 'status', 'w'],
  ['version:b-|', 'version', 'b-'],
  ['source:"har|', 'source', 'har'],
  ['has:|', 'has', ''],
  ['-is:k|', 'is', 'k'],
  ['country:cafe\u0301|', 'country', 'café'],
])('in %s a value of %s is typed: %j', (marked, field, typed) => {
  expect(at(marked).at).toMatchObject({ kind: 'value', field, typed });
});

test.each([
  ['per|', 'per'],
  ['harbour per|', 'per'],
  ['-per| night', 'per'],
  ['(per|)', 'per'],
  ['a OR NOT pla|', 'pla'],
])('in %s the name of a field is typed: %j', (marked, typed) => {
  expect(at(marked).at).toMatchObject({ kind: 'field', typed });
});

test.each([
  '|',
  'p|',
  'harbour |',
  'per|son',
  'per|son:mik',
  'person:mi|k',
  'person:mik |',
  'person:"mik"|',
  'person:(a)|',
  'person:(a OR|',
  'person:"jens| st"',
  '"per|',
  'title:har|',
  'title:(per|',
  'file:x|',
  'language:f|',
  'constructor:x|',
  'http://per|',
  '2025|',
])('in %s nothing is completed', (marked) => {
  expect(at(marked).at).toBeNull();
});

test.each([
  ['per|', 'person', 'person:|'],
  ['-per| night', 'person', '-person:| night'],
  ['person:mik|', 'Mikkelsen', 'person:Mikkelsen |'],
  ['person:mik|', 'Jens Mikkelsen', 'person:"Jens Mikkelsen" |'],
  ['person:"jens st|', 'Jens Stoltenberg', 'person:"Jens Stoltenberg" |'],
  ['person:"jens st|"', 'Jens Stoltenberg', 'person:"Jens Stoltenberg" |'],
  ['person:“jens st|” b', 'Jens Stoltenberg', 'person:"Jens Stoltenberg" |b'],
  ['person:"jens| harbour', 'Jens Stoltenberg', 'person:"Jens Stoltenberg" |harbour'],
  ['a -place:os| b', 'Oslo', 'a -place:Oslo |b'],
  ['person:(a OR ok|)', 'Okafor', 'person:(a OR Okafor|)'],
  ['person:(a OR ok|)', 'Ada Okafor', 'person:(a OR "Ada Okafor"|)'],
  ['person:(ok|', 'OR', 'person:("OR" |'],
  ['person:dw|', 'Dwayne "The Rock" J', 'person:"Dwayne The Rock J" |'],
  ['tag:-|', '-tag', 'tag:"-tag" |'],
  ['tag:b|', 'b-roll', 'tag:b-roll |'],
  ['place:a|', 'St. John’s', 'place:"St. John’s" |'],
  ['country:cafe\u0301| x', 'Café', 'country:Café |x'],
])('%s with %j becomes %s', (marked, value, done) => {
  expect(after(marked, value)).toBe(done);
});

const spellings: readonly (readonly [string, TextField])[] = [
  ['person', 'person'],
  ['people', 'person'],
  ['Place', 'place'],
  ['location', 'place'],
  ['country', 'country'],
  ['org', 'organisation'],
  ['organisation', 'organisation'],
  ['ORGANIZATION', 'organisation'],
  ['event', 'event'],
  ['tag', 'tag'],
  ['keyword', 'tag'],
];
const named = string({ unit: 'grapheme', minLength: 1, maxLength: 24 }).filter(
  (name) => wordsOf(foldText(name)).length > 0,
);
const around = constantFrom(
  ['', ''],
  ['harbour ', ''],
  ['-', ' night'],
  ['(a OR ', ') b'],
  ['"red line" NOT ', ' -rehearsal'],
  ['  \u00e9', ''],
);
const opening = constantFrom(
  ['', ''],
  ['"', ''],
  ['"', '"'],
  ['(', ')'],
  ['(a OR ', ')'],
  ['(a "', '" OR b)'],
  ['((', ' b) c)'],
);

const cases = record({
  spelling: constantFrom(...spellings),
  around,
  opening,
  typed: constantFrom('', 'ok', 'e\u0301'),
  value: named,
});

test('whatever is completed is read as that field with that value, and what stands around it stays', () => {
  assert(
    property(
      cases,
      ({ spelling: [name, field], around: [head, tail], opening: [open, shut], typed, value }) => {
        // A letter before the name would be part of it.
        const lead = head.endsWith('\u00e9') ? `${head} ` : head;
        const before = `${lead}${name}:${open}${typed}`;
        const text = before + shut + tail;
        const found = completionAt(text, before.length);
        expect(found).toMatchObject({ kind: 'value', field, typed: typed.normalize('NFC') });
        if (found === null) return;
        const done = complete(text, found, value);
        const read = textsIn(parseQuery(done.text))
          .filter((node) => node.field === field && !node.prefix)
          .map((node) => wordsOf(foldText(node.text)).join(' '));
        expect(read).toContain(wordsOf(foldText(value)).join(' '));
        expect(done.text.startsWith(lead)).toBe(true);
        expect(done.text.endsWith(text.slice(found.to))).toBe(true);
        expect(done.caret).toBeLessThanOrEqual(done.text.length);
      },
    ),
    { numRuns: 3000 },
  );
});

test('any text with any caret is answered, within its bounds, and left alone beside them', () => {
  const piece = constantFrom(
    'per',
    'person:',
    '"',
    '(',
    ')',
    ' ',
    '-',
    'OR',
    '“',
    'e\u0301',
    '\0',
    'a',
    'has:',
  );
  assert(
    property(tuple(array(piece, { maxLength: 12 }), integer({ min: -1, max: 40 })), ([pieces, caret]) => {
      const text = pieces.join('');
      const found = completionAt(text, caret);
      if (found === null) return;
      expect(found.from).toBeGreaterThanOrEqual(0);
      expect(found.from).toBeLessThanOrEqual(caret);
      expect(found.to).toBeGreaterThanOrEqual(caret);
      const done = complete(text, found, 'Ann Lee');
      expect(done.text.startsWith(text.slice(0, found.from))).toBe(true);
      expect(done.text.endsWith(text.slice(found.to))).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

test('behind what is read of a query nothing is completed', () => {
  const long = `${'a '.repeat(1200)}person:mik`;
  expect(completionAt(long, long.length)).toBeNull();
});

test('a name is known by any of its words, and what has no word by none', () => {
  expect(beginsWithWords('Zoë Smith', 'sm zo')).toBe(true);
  expect(beginsWithWords('Zoë Smith', 'mith')).toBe(false);
  expect(beginsWithWords('Zoë Smith', '')).toBe(true);
  expect(beginsWithWords('—', '')).toBe(false);
});

import { expect, test } from 'vitest';
import { complete, completionAt } from '../../../../../shared/domain/search/completion.ts';
import {
  askedFieldOf,
  closedValues,
  completionsKnown,
  fieldNames,
  worthOffering,
} from '../../../../../shared/domain/search/completion-values.ts';
import { parseQuery } from '../../../../../shared/domain/search/parse-query.ts';
import { readTokens } from '../../../../../shared/domain/search/read-tokens.ts';

const known = { today: '2025-09-08', sources: ['Harbour desk', 'Archive', 'Desk of the north'] };

function offered(text: string): string[] | null {
  const at = completionAt(text, text.length);
  return at && worthOffering(at, completionsKnown(at, known)).map(({ value }) => value);
}

test.each([
  ['per', ['person']],
  ['PEO', ['person']],
  ['or', ['org']],
  ['st', ['status']],
  ['sh', ['shotlist']],
  ['zz', []],
  ['status:w', ['withheld', 'withdrawn']],
  ['status:W', ['withheld', 'withdrawn']],
  ['status:', ['usable', 'expected', 'embargoed', 'withheld', 'withdrawn']],
  ['version:b', ['b-roll']],
  ['version:br', ['b-roll']],
  ['has:key', ['tag']],
  ['-has:s', ['shotlist', 'synopsis']],
  ['is:down', ['held']],
  ['day:', ['2025-09-08', '2025-09', '2025']],
  ['day:to', ['2025-09-08']],
  ['date:mon', ['2025-09']],
  ['day:2025-0', ['2025-09-08', '2025-09']],
  ['day:2024', []],
  ['source:desk', ['Harbour desk', 'Desk of the north']],
  ['source:"Arch', ['Archive']],
  ['person:a', []],
])('%s is completed by %j', (text, values) => {
  expect(offered(text)).toEqual(values);
});

test('what stands there already is not offered again', () => {
  expect(offered('status:usable')).toEqual([]);
  expect(offered('source:archive')).toEqual([]);
  expect(offered('day:2025-09')).toEqual(['2025-09-08', '2025-09']);
});

test('the catalogue is asked for names alone', () => {
  const asked = (text: string) => askedFieldOf(completionAt(text, text.length));
  expect(asked('org:na')).toBe('organisation');
  expect(asked('keyword:na')).toBe('tag');
  expect(asked('status:na')).toBeNull();
  expect(asked('per')).toBeNull();
  expect(asked('')).toBeNull();
});

test('every field that is offered is read as one, by each of its spellings', () => {
  for (const { value, also = [] } of fieldNames) {
    for (const name of [value, ...also])
      expect(readTokens(`${name}:x `)).toMatchObject([{ kind: 'field', name }]);
  }
});

test('every value that is offered is understood, by each of its spellings', () => {
  for (const [field, values] of Object.entries(closedValues)) {
    for (const { value, also = [] } of values) {
      const start = completionAt(`${field}:`, field.length + 1);
      if (start === null) throw new Error(field);
      const whole = parseQuery(complete(`${field}:`, start, value).text);
      expect(whole).not.toMatchObject({ kind: 'text' });
      for (const name of also) expect([name, parseQuery(`${field}:${name} `)]).toEqual([name, whole]);
    }
  }
  for (const { value } of completionsKnown({ kind: 'value', field: 'day', typed: '', from: 4, to: 4 }, known))
    expect(parseQuery(`day:${value} `)).toMatchObject({ kind: 'days' });
});

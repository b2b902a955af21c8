import Database from 'better-sqlite3';
import { array, assert, constantFrom, oneof, property, string as text } from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { catalogue0001 } from '../../../electron/core/storage/migrations/catalogue-0001.ts';
import { parseSearch, toMatchExpression } from '../../../shared/domain/search-syntax.ts';

function aTextTable(...titles: string[]) {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  db.exec(catalogue0001.sql);
  const insert = db.prepare('INSERT INTO asset_fts (rowid, title) VALUES (?, ?)');
  for (const [index, title] of titles.entries()) insert.run(index, title);
  const find = db.prepare('SELECT rowid FROM asset_fts WHERE asset_fts MATCH ? ORDER BY rowid').pluck();
  return (typed: string): unknown[] => {
    const match = toMatchExpression(parseSearch(typed).terms);
    return match === null ? [] : find.all(match);
  };
}

test('nothing that can be typed makes the full-text search throw', () => {
  const find = aTextTable('Winter session', 'Zoë speaks');
  const odd = constantFrom(
    '"',
    '-',
    '*',
    '\0',
    '(',
    ')',
    '^',
    ':',
    '+',
    '\u{10FFFF}',
    '\ud800',
    '\u1e900',
    ' ',
  );
  const typed = oneof(
    text({ unit: 'binary', maxLength: 40 }),
    array(oneof(odd, text({ unit: 'grapheme', maxLength: 3 })), { maxLength: 30 }).map((all) => all.join('')),
  );
  assert(
    property(typed, (words) => {
      expect(() => find(words)).not.toThrow();
    }),
    {
      numRuns: 3000,
      examples: [
        ['a\0b'],
        ['\0'],
        ['a \0 b'],
        ['"\0"'],
        ['\u{1e900}'],
        ['a \u{1e900}'],
        ['\u{1fbf0}*'],
        ['﹏a'],
      ],
    },
  );
});

test('finds by the beginning of the last word only, by phrase, and leaves out what is excluded', () => {
  const find = aTextTable(
    'Winter session opens',
    'Winter sessions close',
    'The session of winter',
    'Zoë at the Élysée',
  );
  expect(find('sess')).toEqual([0, 1, 2]);
  expect(find('sess ')).toEqual([]);
  expect(find('wint session')).toEqual([]);
  expect(find('"winter session"')).toEqual([0]);
  expect(find('winter -close')).toEqual([0, 2]);
  expect(find('winter -close -opens')).toEqual([2]);
  expect(find('zoe elysee')).toEqual([3]);
});

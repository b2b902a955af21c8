import { expect, test } from 'vitest';
import { hitLines } from '../../../../../shared/domain/search/hit-lines.ts';

const lines = [
  { atMs: 0, text: 'Wide shot of the harbour' },
  { atMs: 4000, text: 'The Élysée, a car arrives' },
  { atMs: null, text: 'Courtesy: harbour police' },
  { atMs: 9000, text: 'Harbour master shakes hands' },
];

test('a hit opens at the line its words stand in', () => {
  expect(hitLines(lines, 'elysee', 'shotlist')).toEqual([{ line: 1, atMs: 4000, words: 1 }]);
  expect(hitLines(lines, 'harb', 'shotlist').map(({ line }) => line)).toEqual([0, 2, 3]);
  expect(hitLines(lines, 'harb ', 'shotlist')).toEqual([]);
});

test('a phrase has to stand in one line, and the line with most words tells so', () => {
  expect(hitLines(lines, '"harbour master"', 'shotlist').map(({ line }) => line)).toEqual([3]);
  expect(hitLines(lines, 'harbour police', 'shotlist')).toEqual([
    { line: 0, atMs: 0, words: 1 },
    { line: 2, atMs: null, words: 2 },
    { line: 3, atMs: 9000, words: 1 },
  ]);
});

test('words of another field, and words to be left out, are no hits', () => {
  expect(hitLines(lines, 'title:harbour -car', 'shotlist')).toEqual([]);
  expect(hitLines(lines, 'shotlist:car transcript:harbour', 'shotlist').map(({ line }) => line)).toEqual([1]);
  expect(hitLines(lines, 'shotlist:car transcript:harbour', 'transcript').map(({ line }) => line)).toEqual([
    0, 2, 3,
  ]);
  expect(hitLines(lines, '', 'shotlist')).toEqual([]);
});

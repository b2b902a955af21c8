import { foldText, wordsOf } from '../fold-text.ts';
import { parseQuery } from './parse-query.ts';
import { standsIn } from './stands-in.ts';
import type { SearchNode, TextNode } from './search-node.ts';

/** A line of a shotlist or transcript; `atMs` is null where it tells no time. */
export interface TimedLine {
  readonly atMs: number | null;
  readonly text: string;
}

/** A line in which something asked for stands. */
export interface LineHit {
  /** Which line, from 0. */
  readonly line: number;
  readonly atMs: number | null;
  /** How many of the words and phrases asked for stand in it. */
  readonly words: number;
}

/**
 * The lines in which words of a query stand, in their order: a hit opens at its second. Words that were asked for in
 * another field, or to be left out, do not count.
 */
export function hitLines(
  lines: readonly TimedLine[],
  query: string,
  within: 'shotlist' | 'transcript',
): LineHit[] {
  const node = parseQuery(query);
  const wanted = node === null ? [] : textsOf(node).filter(({ field }) => field === null || field === within);
  const phrases = wanted.map(({ text, prefix }) => ({ words: wordsOf(foldText(text)), prefix }));
  return lines.flatMap(({ atMs, text }, line) => {
    const words = wordsOf(foldText(text));
    const found = phrases.filter((phrase) => standsIn(words, phrase)).length;
    return found === 0 ? [] : [{ line, atMs, words: found }];
  });
}

function textsOf(node: SearchNode): TextNode[] {
  if (node.kind === 'text') return [node];
  return node.kind === 'and' || node.kind === 'or' ? node.of.flatMap(textsOf) : [];
}

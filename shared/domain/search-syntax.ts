import { toMatchExpression, type MatchTable } from './search/match-expression.ts';
import { parseQuery } from './search/parse-query.ts';
import type { SearchNode, TextField } from './search/search-node.ts';

/** What a list is narrowed by: an FTS5 expression, or null for no words, and days that are inclusive. */
export interface SearchFilter {
  readonly match: string | null;
  readonly dayFrom: string | undefined;
  readonly dayTo: string | undefined;
}

/**
 * The words and days a list of one full-text table is asked for. Days beside the words and days among them all hold;
 * null when the words have nothing that such a list can be looked through for, which finds nothing.
 *
 * @param columns the table's columns by field; a field it has no column for is looked for in all of them.
 */
export function toSearchFilter(
  asked: {
    readonly query?: string | undefined;
    readonly dayFrom?: string | undefined;
    readonly dayTo?: string | undefined;
  },
  columns: Partial<Readonly<Record<TextField, string>>> = {},
): SearchFilter | null {
  const query = parseQuery(asked.query ?? '');
  const parts = query === null ? [] : query.kind === 'and' ? query.of : [query];
  const days = parts.filter((part) => part.kind === 'days');
  const words = parts.filter((part) => part.kind !== 'days');
  const table: MatchTable = { phrase: asTyped, columns: (field) => columns[field] };
  const match = words.length === 0 ? null : toMatchExpression(together(words), table);
  if (words.length > 0 && match === null) return null;
  return {
    match,
    dayFrom: [asked.dayFrom, ...days.map(({ from }) => from ?? undefined)].reduce(latest),
    dayTo: [asked.dayTo, ...days.map(({ to }) => to ?? undefined)].reduce(earliest),
  };
}

function together(words: readonly SearchNode[]): SearchNode {
  const [only] = words;
  return words.length === 1 && only ? only : { kind: 'and', of: words };
}

/** For tables that fold their text by themselves. */
function asTyped(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function latest(a: string | undefined, b: string | undefined): string | undefined {
  return a === undefined || (b !== undefined && b > a) ? b : a;
}

function earliest(a: string | undefined, b: string | undefined): string | undefined {
  return a === undefined || (b !== undefined && b < a) ? b : a;
}

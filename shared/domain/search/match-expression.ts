import type { SearchNode, TextField, TextNode } from './search-node.ts';

/** A word, or the beginning of words, that stands for a part of a wider beginning. */
export interface Widened {
  readonly text: string;
  readonly prefix: boolean;
}

/** How a full-text table wants to be asked. */
export interface MatchTable {
  /** A word or phrase as a quoted FTS5 string, folded as the table's text is. */
  readonly phrase: (text: string) => string;
  /** The columns a field stands for; undefined looks in all of them. */
  readonly columns: (field: TextField) => string | undefined;
  /** Words and beginnings that together mean the same as a beginning and are cheaper; undefined keeps it. */
  readonly widen?: (beginning: string) => readonly Widened[] | undefined;
}

/**
 * A query as an FTS5 expression, or null when it asks for more than words, or for what is left when words are taken
 * away from everything. Every word is quoted, so no input can be read as an operator.
 */
export function toMatchExpression(node: SearchNode, table: MatchTable): string | null {
  switch (node.kind) {
    case 'text':
      return aPhrase(node, table);
    case 'or': {
      const sides = node.of.map((one) => toMatchExpression(one, table));
      return sides.length === 0 || sides.includes(null) ? null : bracketed(sides.join(' OR '), sides.length);
    }
    case 'and': {
      const wanted = node.of.filter(({ kind }) => kind !== 'not');
      const unwanted = node.of.flatMap((one) => (one.kind === 'not' ? [one.of] : []));
      const all = wanted.map((one) => toMatchExpression(one, table));
      const none = unwanted.map((one) => toMatchExpression(one, table));
      if (all.length === 0 || all.includes(null) || none.includes(null)) return null;
      const both = bracketed(all.join(' AND '), all.length);
      // One level however many are left out: FTS5 limits how deep an expression may be.
      return none.length === 0 ? both : `(${both} NOT ${bracketed(none.join(' OR '), none.length)})`;
    }
    default:
      return null;
  }
}

function aPhrase({ text, prefix, field }: TextNode, table: MatchTable): string {
  const columns = field === null ? undefined : table.columns(field);
  const within = columns === undefined ? '' : `{${columns}} : `;
  const wider = prefix ? table.widen?.(text) : undefined;
  if (!wider) return `${within}${table.phrase(text)}${prefix ? '*' : ''}`;
  const all = wider.map((one) => `${table.phrase(one.text)}${one.prefix ? '*' : ''}`);
  return `${within}${bracketed(all.join(' OR '), 2)}`;
}

function bracketed(expression: string, parts: number): string {
  return parts > 1 ? `(${expression})` : expression;
}

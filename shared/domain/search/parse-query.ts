import { foldText, wordsOf } from '../fold-text.ts';
import { readField, textFieldOf } from './fields.ts';
import { readDays } from './read-days.ts';
import { readTokens, type Token } from './read-tokens.ts';
import type { SearchNode, TextField } from './search-node.ts';

/**
 * Reads what a person types into a search field: words, `"phrases"`, `-excluded`, AND, OR and NOT in capitals,
 * brackets, days (`2025-09-08`, `2025-09`, `day:2025-09-01..2025-09-30`) and fields (`person:`, `status:`, `has:` …).
 *
 * Nothing is an error: what is not understood is a word to look for. The last word is still being typed and matches
 * all that begin with it. Null when nothing is asked; an `or` of nothing when nothing of it can be found.
 */
export function parseQuery(typed: string): SearchNode | null {
  const reader: Reader = { tokens: readTokens(typed), at: 0, wordless: false };
  const parts: SearchNode[] = [];
  // A closing bracket never ends a query: those without an opening one are no tokens.
  while (reader.at < reader.tokens.length) {
    const part = readOr(reader, null);
    if (part) parts.push(part);
    else reader.at++;
  }
  const query = allOf(parts);
  return query === null && reader.wordless ? { kind: 'or', of: [] } : query;
}

interface Reader {
  readonly tokens: readonly Token[];
  at: number;
  /** Whether something was typed that has no word in it. */
  wordless: boolean;
}

function readOr(reader: Reader, field: TextField | null): SearchNode | null {
  const sides: SearchNode[] = [];
  do {
    const side = readAnd(reader, field);
    if (side) sides.push(side);
  } while (sides.length > 0 && takeOperator(reader, 'OR'));
  return sides.length > 1
    ? { kind: 'or', of: sides.flatMap((side) => flat('or', side)) }
    : (sides[0] ?? null);
}

function readAnd(reader: Reader, field: TextField | null): SearchNode | null {
  const parts: SearchNode[] = [];
  let begun = false;
  for (;;) {
    const token = reader.tokens[reader.at];
    if (!token || token.kind === 'close' || (begun && isOperator(token, 'OR'))) break;
    // An operator with nothing on its left is a word; one with nothing on its right is not finished yet.
    if (begun && takeOperator(reader, 'AND')) continue;
    begun = true;
    const part = readUnary(reader, field);
    if (part) parts.push(part);
  }
  return allOf(parts);
}

function readUnary(reader: Reader, field: TextField | null): SearchNode | null {
  let negative = false;
  for (;;) {
    const token = reader.tokens[reader.at];
    const isNot =
      token?.kind === 'minus' || (isOperator(token, 'NOT') && (reader.at > 0 || reader.tokens.length > 1));
    if (!isNot) break;
    negative = !negative;
    reader.at++;
  }
  const token = reader.tokens[reader.at];
  if (!token || token.kind === 'close') return null;
  // `-2025-09` has always been a word that is left out; `-day:2025-09` leaves out the month.
  const operand = readOperand(reader, { field, daysToo: !negative });
  return operand && negative ? { kind: 'not', of: operand } : operand;
}

function readOperand(
  reader: Reader,
  { field, daysToo }: { field: TextField | null; daysToo: boolean },
): SearchNode | null {
  const token = reader.tokens[reader.at++];
  switch (token?.kind) {
    case 'open': {
      const inner = readOr(reader, token.field === null ? field : (textFieldOf(token.field) ?? field));
      if (reader.tokens[reader.at]?.kind === 'close') reader.at++;
      return inner;
    }
    case 'phrase':
      return aText(reader, { text: token.text, field, typing: false });
    case 'word':
      return (
        (daysToo && field === null ? readDays(token.text, { named: false }) : null) ??
        aText(reader, { text: token.text, field, typing: token.typing })
      );
    case 'field':
      return aField(reader, token);
    default:
      return null;
  }
}

function aField(reader: Reader, token: Extract<Token, { kind: 'field' }>): SearchNode | null {
  const { name, value, quoted, typing } = token;
  if (value.trim() === '') {
    // `person:` at the end waits for its value; in the middle it was meant as a word.
    return typing || quoted ? null : aText(reader, { text: name, field: null, typing: false });
  }
  const field = textFieldOf(name);
  if (field !== undefined) return aText(reader, { text: value, field, typing });
  return (
    readField(name, value.trim(), typing) ?? aText(reader, { text: `${name}:${value}`, field: null, typing })
  );
}

function aText(
  reader: Reader,
  { text, field, typing }: { text: string; field: TextField | null; typing: boolean },
): SearchNode | null {
  if (wordsOf(foldText(text)).length === 0) {
    reader.wordless = true;
    return null;
  }
  // Behind `U.S.` nothing grows any more.
  return { kind: 'text', text: text.trim(), prefix: typing && /[\p{L}\p{N}\p{M}]$/u.test(text), field };
}

function allOf(parts: readonly SearchNode[]): SearchNode | null {
  return parts.length > 1
    ? { kind: 'and', of: parts.flatMap((part) => flat('and', part)) }
    : (parts[0] ?? null);
}

function flat(kind: 'and' | 'or', node: SearchNode): readonly SearchNode[] {
  return node.kind === kind ? node.of : [node];
}

function isOperator(token: Token | undefined, name: 'AND' | 'OR' | 'NOT'): boolean {
  return token?.kind === 'word' && token.text === name;
}

function takeOperator(reader: Reader, name: 'AND' | 'OR'): boolean {
  const found = isOperator(reader.tokens[reader.at], name);
  if (found) reader.at++;
  return found;
}

import { daysInMonth } from './calendar-day.ts';

/** One thing to look for in the text. */
export interface SearchTerm {
  readonly text: string;
  /** The last word while typing: matches every word that begins so. */
  readonly prefix: boolean;
  readonly exclude: boolean;
}

/** A query as understood: words to find and days to stay within. */
export interface SearchQuery {
  readonly terms: readonly SearchTerm[];
  /** First and last day, inclusive, when the query names a day, a month or a year. */
  readonly days: { readonly from: string; readonly to: string } | null;
}

const token = /(-?)(?:"([^"]*)"?|(\S+))/gu;
const dayToken = /^(?:day:)?(\d{4})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?$/;
const yearToken = /^day:(\d{4})$/;

/**
 * Reads what a person types into the search field: words, `"phrases"`, `-excluded` words, and a day as
 * `2025-09-08`, a month as `2025-09`, a year as `day:2025`.
 *
 * Nothing is an error: what is not understood is a word to look for.
 */
export function parseSearch(text: string): SearchQuery {
  const terms: SearchTerm[] = [];
  let days: SearchQuery['days'] = null;
  let typing = -1;
  // FTS5 reads an expression as a C string: a NUL would end it in the middle of a quoted word.
  const clean = text.normalize('NFC').replaceAll('\0', ' ');
  for (const match of clean.matchAll(token)) {
    const exclude = match[1] === '-';
    const phrase = match[2];
    const word = match[3];
    const range = word === undefined || exclude ? null : toDays(word);
    if (range) days = range;
    else if (phrase !== undefined && phrase.trim() !== '')
      terms.push({ text: phrase.trim(), prefix: false, exclude });
    else if (word !== undefined) {
      if (match.index + match[0].length === clean.length) typing = terms.length;
      terms.push({ text: word, prefix: false, exclude });
    }
  }
  // The word at the very end is still being typed; every other one is finished.
  return { terms: terms.map((term, index) => ({ ...term, prefix: index === typing })), days };
}

function toDays(word: string): { from: string; to: string } | null {
  const year = yearToken.exec(word)?.[1];
  if (year) return { from: `${year}-01-01`, to: `${year}-12-31` };
  const match = dayToken.exec(word);
  if (!match) return null;
  const [, y, m, d] = match;
  if (d) return { from: `${y}-${m}-${d}`, to: `${y}-${m}-${d}` };
  return { from: `${y}-${m}-01`, to: `${y}-${m}-${daysInMonth(Number(y), Number(m))}` };
}

/**
 * The terms as an FTS5 match expression, or null when there is nothing to match. Every term is quoted, so no input
 * can be read as an operator.
 */
export function toMatchExpression(terms: readonly SearchTerm[]): string | null {
  const quote = (term: SearchTerm): string => `"${term.text.replaceAll('"', '""')}"${term.prefix ? '*' : ''}`;
  const wanted = terms.filter((term) => !term.exclude && hasWord(term.text)).map(quote);
  const unwanted = terms.filter((term) => term.exclude && hasWord(term.text)).map(quote);
  if (wanted.length === 0) return null;
  return [wanted.join(' AND '), ...unwanted].join(' NOT ');
}

/** What a list is narrowed by: an FTS5 expression, or null for no words, and days that are inclusive. */
export interface SearchFilter {
  readonly match: string | null;
  readonly dayFrom: string | undefined;
  readonly dayTo: string | undefined;
}

/**
 * The words and days a list is asked for. Days beside the words and days among them both hold; null when the words
 * have nothing that can be looked for, which finds nothing.
 */
export function toSearchFilter(asked: {
  readonly query?: string | undefined;
  readonly dayFrom?: string | undefined;
  readonly dayTo?: string | undefined;
}): SearchFilter | null {
  const { terms, days } = parseSearch(asked.query ?? '');
  const match = toMatchExpression(terms);
  if (match === null && terms.length > 0) return null;
  return { match, dayFrom: latest(asked.dayFrom, days?.from), dayTo: earliest(asked.dayTo, days?.to) };
}

function latest(a: string | undefined, b: string | undefined): string | undefined {
  return a === undefined || (b !== undefined && b > a) ? b : a;
}

function earliest(a: string | undefined, b: string | undefined): string | undefined {
  return a === undefined || (b !== undefined && b < a) ? b : a;
}

/** A term of punctuation alone has no token, and FTS5 refuses an empty phrase. */
function hasWord(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

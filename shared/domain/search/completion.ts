import { foldText, wordsOf } from '../fold-text.ts';
import { textFieldOf } from './fields.ts';
import { readTokens, type Token } from './read-tokens.ts';

/** Fields whose values can be completed, by their first name. */
export type CompletedField =
  | 'person'
  | 'organisation'
  | 'place'
  | 'country'
  | 'tag'
  | 'event'
  | 'day'
  | 'status'
  | 'version'
  | 'source'
  | 'has'
  | 'is';

/** What is being typed where the caret is. `from` to `to` is what a completion takes the place of. */
export type Completing =
  | { readonly kind: 'field'; readonly typed: string; readonly from: number; readonly to: number }
  | {
      readonly kind: 'value';
      readonly field: CompletedField;
      /** The value without its quotation marks. */
      readonly typed: string;
      readonly from: number;
      readonly to: number;
    };

const completed = new Set<string>([
  'person',
  'organisation',
  'place',
  'country',
  'tag',
  'event',
  'day',
  'status',
  'version',
  'source',
  'has',
  'is',
] satisfies CompletedField[]);
const operators = new Set(['AND', 'OR', 'NOT']);
/** A letter alone begins most words that are searched for. */
const shortestName = 2;
// As long as what is read of a query: behind it nothing is understood.
const longest = 2000;
const quote = /["“”„‟«»＂]/;
const quotes = new RegExp(quote, 'g');
const probe = 'x';

/**
 * Finds what is being typed at the caret: the beginning of a field's name or of a value. Null within a word, where
 * nothing can be completed, and where there is nothing to complete it from.
 */
export function completionAt(text: string, caret: number): Completing | null {
  if (caret < 0 || caret >= longest || caret > text.length) return null;
  const before = text.slice(0, caret);
  // One more letter tells which token is being typed and whether its quotation mark is still open.
  const tokens = readTokens(before + probe);
  const place = placeOf(tokens);
  if (place === null) return null;
  const to = endOf(text, { caret, isQuoted: place.isQuoted, isWithin: depthOf(tokens) > 0 });
  const start = startOf(before, place.typed);
  if (to === null || start === null) return null;
  const { typed } = place;
  if (place.field !== null) {
    const from = place.isQuoted ? start - 1 : start;
    return isCompleted(place.field) ? { kind: 'value', field: place.field, typed, from, to } : null;
  }
  const isName = !place.isQuoted && typed.length >= shortestName && /^\p{L}+$/u.test(typed);
  return isName ? { kind: 'field', typed, from: start, to } : null;
}

/**
 * Puts a completion in the place of what is typed. A finished value has one space behind it, and the caret stands
 * behind that; behind a field's name the value is due at once.
 */
export function complete(text: string, at: Completing, value: string): { text: string; caret: number } {
  const behind = text.slice(at.to);
  const written = at.kind === 'field' ? `${value}:` : writtenValue(value);
  const isApart = at.kind === 'field' || /^[\s)]/.test(behind);
  const head = text.slice(0, at.from) + written + (isApart ? '' : ' ');
  const passes = at.kind === 'value' && isApart && /^\s/.test(behind);
  return { text: head + behind, caret: head.length + (passes ? 1 : 0) };
}

/** Whether every word of `typed` begins a word of the name, in any order: a person is known by any of the names. */
export function beginsWithWords(name: string, typed: string): boolean {
  const own = wordsOf(foldText(name));
  return own.length > 0 && wordsOf(foldText(typed)).every((word) => own.some((one) => one.startsWith(word)));
}

interface Place {
  /** The field of which a value is typed, by the first of its names where it has several. */
  readonly field: string | null;
  readonly typed: string;
  readonly isQuoted: boolean;
}

function placeOf(tokens: readonly Token[]): Place | null {
  const last = tokens.at(-1);
  switch (last?.kind) {
    case 'word': {
      const typed = withoutProbe(last.text);
      const field = fieldAround(tokens);
      return typed === null || operators.has(typed) ? null : { field, typed, isQuoted: false };
    }
    case 'phrase': {
      const typed = withoutProbe(last.text);
      return typed === null ? null : { field: fieldAround(tokens), typed, isQuoted: true };
    }
    case 'field': {
      const typed = withoutProbe(last.value);
      const field = last.name === 'date' ? 'day' : (textFieldOf(last.name) ?? last.name);
      return typed === null ? null : { field, typed, isQuoted: last.quoted };
    }
    default:
      return null;
  }
}

function withoutProbe(text: string): string | null {
  return text.endsWith(probe) ? text.slice(0, -probe.length) : null;
}

/** The field of the innermost group that names one and is still open. */
function fieldAround(tokens: readonly Token[]): string | null {
  const open: (string | null)[] = [];
  for (const token of tokens) {
    if (token.kind === 'open')
      open.push(token.field === null ? (open.at(-1) ?? null) : (textFieldOf(token.field) ?? null));
    else if (token.kind === 'close') open.pop();
  }
  return open.at(-1) ?? null;
}

function depthOf(tokens: readonly Token[]): number {
  return tokens.reduce((depth, { kind }) => depth + (kind === 'open' ? 1 : kind === 'close' ? -1 : 0), 0);
}

/** Where what is typed ends; null when the caret stands within it. */
function endOf(
  text: string,
  { caret, isQuoted, isWithin }: { caret: number; isQuoted: boolean; isWithin: boolean },
): number | null {
  const next = text[caret] ?? ' ';
  if (!isQuoted) return /[\s\0]/.test(next) || (isWithin && next === ')') ? caret : null;
  if (quote.test(next)) return caret + 1;
  // With an odd number of marks to come, the first closes ours, and there is more of the value before it.
  const marks = text.slice(caret).match(quotes)?.length ?? 0;
  return marks % 2 === 0 ? caret : null;
}

/** Where what is typed begins: tokens are of composed text, which may be shorter than what stands in the field. */
function startOf(before: string, typed: string): number | null {
  for (let from = before.length; from >= 0; from--) {
    if (plain(before.slice(from)) === typed) return from;
  }
  return null;
}

function plain(text: string): string {
  return text.normalize('NFC').replaceAll('\0', ' ');
}

function isCompleted(field: string): field is CompletedField {
  return completed.has(field);
}

/** A value as it is typed. A quotation mark cannot stand within a phrase; for a search it is no part of the words. */
function writtenValue(value: string): string {
  const words = value
    .replace(quotes, ' ')
    .replace(/[\s\0]+/g, ' ')
    .trim();
  const isPlain = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.-]*$/u.test(words) && !operators.has(words);
  return isPlain ? words : `"${words}"`;
}

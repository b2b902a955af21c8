import { textFieldOf } from './fields.ts';

/** A piece of a query. `typing` is set on the word at the very end, which may still grow. */
export type Token =
  | { readonly kind: 'open'; readonly field: string | null }
  | { readonly kind: 'close' }
  | { readonly kind: 'minus' }
  | { readonly kind: 'word'; readonly text: string; readonly typing: boolean }
  | { readonly kind: 'phrase'; readonly text: string }
  | {
      readonly kind: 'field';
      readonly name: string;
      readonly value: string;
      readonly quoted: boolean;
      readonly typing: boolean;
    };

/** Groups deeper than this are read as if they were not opened, so that no query is too deep for any reader. */
const deepest = 24;
const longest = 2000;
const fieldName = /(\p{L}+):/uy;
const valueFields = new Set(['day', 'date', 'status', 'version', 'source', 'language', 'lang', 'has', 'is']);

/** Takes a query apart. Nothing is an error: a bracket or a quotation mark without its other half is read as if it had one. */
export function readTokens(typed: string): Token[] {
  // FTS5 reads an expression as a C string: a NUL would end it. Word processors write quotation marks in pairs.
  const text = typed
    .slice(0, longest)
    .normalize('NFC')
    .replaceAll('\0', ' ')
    .replace(/[“”„‟«»＂]/g, '"')
    .trimStart();
  const tokens: Token[] = [];
  let depth = 0;
  let at = 0;
  const wordEnd = (): number => {
    const stop = depth > 0 ? /[\s)]/g : /\s/g;
    stop.lastIndex = at;
    return stop.exec(text)?.index ?? text.length;
  };
  const takeWord = (): string => {
    const from = at;
    at = wordEnd();
    return text.slice(from, at);
  };
  const takePhrase = (): string => {
    const end = text.indexOf('"', at + 1);
    const phrase = text.slice(at + 1, end === -1 ? undefined : end);
    at = end === -1 ? text.length : end + 1;
    return phrase;
  };
  const open = (field: string | null): void => {
    at++;
    if (depth >= deepest) return;
    depth++;
    tokens.push({ kind: 'open', field });
  };
  const takeField = (name: string): void => {
    if (text[at] === '"') {
      tokens.push({ kind: 'field', name, value: takePhrase(), quoted: true, typing: false });
    } else if (text[at] === '(' && textFieldOf(name) !== undefined) open(name);
    else {
      const value = takeWord();
      tokens.push({ kind: 'field', name, value, quoted: false, typing: at === text.length });
    }
  };

  while (at < text.length) {
    const char = text[at] ?? '';
    const name = nameAt(text, at);
    if (/\s/.test(char)) at++;
    else if (char === '(') open(null);
    else if (char === ')' && depth > 0) {
      at++;
      depth--;
      tokens.push({ kind: 'close' });
    } else if (char === '"') tokens.push({ kind: 'phrase', text: takePhrase() });
    else if (char === '-' && /[^\s-]/.test(text[at + 1] ?? '') && tokens.at(-1)?.kind !== 'minus') {
      at++;
      tokens.push({ kind: 'minus' });
    } else if (name !== null) {
      at += name.length + 1;
      takeField(name.toLowerCase());
    } else tokens.push({ kind: 'word', text: takeWord(), typing: at === text.length });
  }
  return tokens;
}

function nameAt(text: string, at: number): string | null {
  fieldName.lastIndex = at;
  const name = fieldName.exec(text)?.[1] ?? null;
  if (name === null) return null;
  const known = name.toLowerCase();
  return textFieldOf(known) !== undefined || valueFields.has(known) ? name : null;
}

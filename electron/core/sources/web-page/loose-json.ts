import { tooMuchJson } from '../reading/read-json.ts';

/** What one script of a page may hold, and how long a text is looked through for its slips, in characters. */
const most = { chars: 4_000_000, parts: 100_000 };
const longestMended = 500_000;

/**
 * JSON as pages have it: with comments, trailing commas, line breaks within texts, a wrapper of HTML or CDATA comments,
 * quotes escaped for HTML. Undefined when it is none even so; nothing is guessed that could be read in two ways.
 */
export function parseLooseJson(text: string): unknown {
  const bare = withoutWrapper(text);
  if (bare === '' || tooMuchJson(bare, most) !== null) return undefined;
  const tries = [
    () => bare,
    () => mended(bare),
    () => mended(bare.replaceAll('&quot;', '"').replaceAll('&amp;', '&')),
  ];
  const allowed = bare.length > longestMended ? 1 : bare.includes('"') ? 2 : 3;
  for (const attempt of tries.slice(0, allowed)) {
    try {
      return JSON.parse(attempt()) as unknown;
    } catch {
      // The next one allows more.
    }
  }
  return undefined;
}

function withoutWrapper(text: string): string {
  return (
    text
      .replace(/^\uFEFF/, '')
      .trim()
      .replace(/^(\/\/\s*)?<!--(?:\s*\/\/)?/, '')
      .replace(/(\/\/\s*)?-->$/, '')
      .trim()
      .replace(/^(\/\/|\/\*)?\s*<!\[CDATA\[(\s*\*\/)?/, '')
      // Looked for at the end alone: tried everywhere, the pattern takes the square of a long run of spaces.
      .replace(/[\s\S]{0,60}$/, (end) => end.replace(/(\/\/|\/\*)?\s*\]\]>(\s*\*\/)?$/, ''))
      .trim()
      .replace(/;$/, '')
  );
}

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** In one pass: comments and commas before a bracket go outside of texts, raw control characters inside are escaped. */
function mended(text: string): string {
  const parts: string[] = [];
  let at = 0;
  while (at < text.length) {
    const end = endOfPart(text, at);
    const part = text.slice(at, end);
    if (part.startsWith('"')) parts.push(part.replace(/\p{Cc}/gu, (raw) => escapes[raw] ?? ' '));
    else if (/^[}\]]/.test(part)) {
      if (parts.at(-1) === ',') parts.pop();
      parts.push(part);
    } else if (!/^(\s|\/\/|\/\*)/.test(part)) parts.push(part);
    at = end;
  }
  return parts.join('');
}

/** Behind the text, the comment, the space, or the run of other characters that begins here. */
function endOfPart(text: string, at: number): number {
  const char = text.charAt(at);
  if (char === '"') return endOfText(text, at);
  if (text.startsWith('//', at)) return orEnd(text.indexOf('\n', at), text);
  if (text.startsWith('/*', at)) return orEnd(text.indexOf('*/', at + 2), text, 2);
  if (/[,{}[\]:/]/.test(char)) return at + 1;
  const rest = /\s/.test(char) ? /\S/g : /[\s"/,{}[\]:]/g;
  rest.lastIndex = at + 1;
  return rest.exec(text)?.index ?? text.length;
}

/** Behind the closing quote of the text that begins here. */
function endOfText(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text.charAt(at) === '\\') at++;
    else if (text.charAt(at) === '"') return at + 1;
  }
  return text.length;
}

function orEnd(found: number, text: string, more = 0): number {
  return found < 0 ? text.length : found + more;
}

import { parseHTML } from 'linkedom';
import { tooMuchMarkup } from './page-depth.ts';

/** Texts that fill a field and say nothing. */
const placeholders =
  /^(no[- ]?data[- ]?available|n\/?a|none|null|undefined|unknown|not available|tbc|tbd|-+|\(?undisclosed location\)?|no (title|description|caption)( available)?)$/i;

/** Elements that stand on lines of their own, and those whose text is none for people. */
const blocks = new Set(
  'address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table td th tr ul'.split(
    ' ',
  ),
);
const silent = new Set(['script', 'style', 'noscript', 'template', 'head', 'title']);

/** What no text of a source is longer than, in characters, and how many tags are read as tags. */
const longestText = 400_000;
const mostTags = { depth: 2000, parts: 10_000 };

/**
 * Control characters, soft hyphens, zero-width spaces and byte order marks: none is seen, each spoils a search. Nor may a
 * text turn about what is shown behind it, as the embeddings and overrides of direction do.
 */
const invisible = /(?![\t\n])\p{Cc}|[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/gu;

interface Node {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly childNodes: Iterable<Node>;
}

interface Reading {
  readonly out: string[];
  readonly isMarkup: boolean;
}

/**
 * The text of something that may hold tags and entities: paragraphs become line breaks, spaces are single, a
 * placeholder such as "No-Data-Available" is nothing.
 */
export function plainText(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const given = value.slice(0, longestText).replace(/\r\n?|\u2028|\u2029/g, '\n');
  const text = /<[a-z/!?]|&/i.test(given) ? withoutMarkup(given) : given;
  const lines = text
    .toWellFormed()
    .replace(invisible, '')
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim());
  const joined = lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return joined === '' || placeholders.test(joined) ? null : joined;
}

/** The same in one line. */
export function oneLine(value: unknown): string | null {
  return plainText(typeof value === 'number' ? String(value) : value)?.replace(/\s+/g, ' ') ?? null;
}

/** A language as a lower-case BCP 47 tag; what is none (`INT`, a word) is null. */
export function readLanguage(value: unknown): string | null {
  const text = oneLine(value)?.replace('_', '-').toLowerCase() ?? '';
  if (!/^[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?$/.test(text) || notLanguages.has(text)) return null;
  return text;
}

const notLanguages = new Set(['int', 'und', 'mul', 'mis', 'zxx', 'null', 'n-a']);

/** Texts that may come as one, as several or not at all: each in one line, without doubles. */
export function listOf(value: unknown): string[] {
  const all = Array.isArray(value) ? (value as unknown[]) : [value];
  return [...new Set(all.map(oneLine).filter((text) => text !== null))];
}

/** Markup is told twice by some feeds ("&amp;amp;"), so what comes out is looked at once more. */
function withoutMarkup(text: string): string {
  const once = read(text);
  return /&(#\d+|#x[\da-f]+|[a-z]{2,8});|<\/?(p|br|b|i|em|strong|a|div|span)\b[^<>]*>/i.test(once)
    ? read(once)
    : once;
}

function read(text: string): string {
  // A lone "<" of a text ("< 5 min") is no tag.
  const shown = text.replace(/<(?![a-z/!?])/gi, '&lt;');
  // The parser takes seconds over very many tags that are never closed; there the words are enough.
  const html =
    tooMuchMarkup(shown, mostTags) !== null
      ? shown.replace(/<[^<>]*>/g, '\n').replaceAll('<', '&lt;')
      : shown;
  // Without tags the breaks of the lines are the writer's own.
  const isMarkup = html.includes('<');
  // linkedom's types want those of a browser, which no room of the core has.
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`) as unknown as {
    document: { body: Node };
  };
  const out: string[] = [];
  collect({ out, isMarkup }, document.body, 0);
  return out.join('');
}

function collect(reading: Reading, node: Node, depth: number): void {
  const { out, isMarkup } = reading;
  // Deeper than any text for people is nested: the words without their lines.
  if (depth > 200) {
    out.push(node.textContent ?? '');
    return;
  }
  for (const child of node.childNodes) {
    const name = child.nodeName.toLowerCase();
    if (child.nodeType === 3 || child.nodeType === 4) {
      const words = child.textContent ?? '';
      out.push(isMarkup ? words.replaceAll('\n', ' ') : words);
    } else if (child.nodeType === 1 && !silent.has(name)) {
      const isBlock = blocks.has(name);
      if (isBlock) out.push(name === 'p' ? '\n\n' : '\n');
      collect(reading, child, depth + 1);
      if (isBlock && name !== 'br') out.push('\n');
    }
  }
}

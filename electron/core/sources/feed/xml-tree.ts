import { setImmediate as breathe } from 'node:timers/promises';
import sax, { type QualifiedAttribute, type QualifiedTag } from 'sax';
import { prefixOf } from './namespaces.ts';

/** How much of a document is parsed before others have their turn, in characters. */
const sliceChars = 64 * 1024;
/** Markup for people lies in the texts of a feed, so it may lie deep; deeper than this nothing is read. */
const mostDepth = 200;

/** An element: `media:content`, by the namespace's usual prefix, in lower case, as its attributes are. */
export interface XmlElement {
  readonly name: string;
  /** By their local names; those of `xml:` keep their prefix. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly inside: readonly (XmlElement | string)[];
  /** What its addresses are relative to: xml:base, as it is inherited. */
  readonly base: string;
  /** xml:lang, as it is inherited. */
  readonly language: string | null;
}

/** Why a document is none that can be read: it is cut off, or its elements do not close. */
export class XmlFault extends Error {
  override readonly name = 'XmlFault';
}

/**
 * Reads a document into its root element, slice by slice, so that a long one holds nobody up.
 *
 * A stray `&`, an entity of HTML, a prefix without its namespace are let pass, for real feeds have them; markup that
 * does not close is not. What a document declares as entities is not expanded, and nothing is fetched.
 *
 * @throws XmlFault
 */
export async function readXml(text: string, url: string): Promise<XmlElement> {
  const reader = createTreeReader(url);
  const whole = text.trim();
  for (let at = 0; at < whole.length; at += sliceChars) {
    reader.write(whole.slice(at, at + sliceChars));
    if (at + sliceChars < whole.length) await breathe();
  }
  return reader.end();
}

interface OpenElement extends XmlElement {
  readonly inside: (XmlElement | string)[];
}

function createTreeReader(url: string): { write: (slice: string) => void; end: () => XmlElement } {
  const parser = sax.parser(true, { xmlns: true });
  const open: OpenElement[] = [];
  let root: XmlElement | null = null;
  let closed = false;
  let fault: string | null = null;

  const onText = (text: string): void => {
    open.at(-1)?.inside.push(text);
  };
  Object.assign(parser, {
    onerror: (error: Error) => {
      const message = error.message.split('\n')[0] ?? '';
      // What follows the last tag is no part of the feed: scripts like to append their complaints.
      if (!closed && isStructural(message)) fault ??= message;
      Object.assign(parser, { error: null });
    },
    onopentag: (tag: QualifiedTag) => {
      // A second root is no part of it either.
      if (closed) return;
      const element = elementOf(tag, open.at(-1) ?? { base: url, language: null });
      root ??= element;
      open.at(-1)?.inside.push(element);
      open.push(element);
      if (open.length > mostDepth) fault ??= 'It is nested too deep.';
    },
    ontext: onText,
    oncdata: onText,
    onclosetag: () => {
      open.pop();
      closed ||= open.length === 0;
    },
  });
  const checked = (act: () => void): void => {
    act();
    if (fault !== null) throw new XmlFault(fault);
  };
  return {
    write: (slice) => checked(() => parser.write(slice)),
    end: () => {
      checked(() => parser.close());
      if (root === null) throw new XmlFault('It has no element.');
      return root;
    },
  };
}

function elementOf(tag: QualifiedTag, around: { base: string; language: string | null }): OpenElement {
  const attributes: Record<string, string> = {};
  // Of an attribute without a value sax gives no more than that it has none.
  for (const attribute of Object.values<QualifiedAttribute | ''>(tag.attributes)) {
    if (attribute === '') continue;
    const { prefix, local, value } = attribute;
    if (prefix === 'xmlns' || (prefix === '' && local === 'xmlns')) continue;
    attributes[(prefix === 'xml' ? `xml:${local}` : local).toLowerCase()] = value;
  }
  const prefix = prefixOf(tag.uri);
  const local = tag.local.toLowerCase();
  const base = attributes['xml:base'];
  return {
    name: prefix === '' ? local : `${prefix}:${local}`,
    attributes,
    inside: [],
    base: base === undefined ? around.base : (URL.parse(base.trim(), around.base)?.href ?? around.base),
    language: attributes['xml:lang'] ?? around.language,
  };
}

function isStructural(message: string): boolean {
  return /^(Un(matched|expected|closed)|Max buffer)/i.test(message);
}

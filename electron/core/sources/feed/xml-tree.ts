import type { QualifiedAttribute, QualifiedTag } from 'sax';
import { parseXmlSlices, XmlFault } from '../reading/xml-slices.ts';
import { prefixOf } from './namespaces.ts';

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

/**
 * Reads a document into its root element, as real feeds have it.
 *
 * @throws XmlFault
 */
export async function readXml(text: string, url: string): Promise<XmlElement> {
  const open: OpenElement[] = [];
  const document: { root: XmlElement | null } = { root: null };
  await parseXmlSlices(text.trim(), {
    xmlns: true,
    mostDepth,
    listener: {
      onOpen: (tag) => {
        const element = elementOf(tag, open.at(-1) ?? { base: url, language: null });
        document.root ??= element;
        open.at(-1)?.inside.push(element);
        open.push(element);
      },
      onText: (words) => void open.at(-1)?.inside.push(words),
      onClose: () => void open.pop(),
    },
  });
  if (document.root === null) throw new XmlFault('It has no element.');
  return document.root;
}

interface OpenElement extends XmlElement {
  readonly inside: (XmlElement | string)[];
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

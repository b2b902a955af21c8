import { XMLParser } from 'fast-xml-parser';

/** Elements may lie this deep in one another; NewsML-G2 needs about fifteen. */
const mostNested = 64;

/** An element: its name and its attributes without prefixes, and what is in it, in order. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly inside: readonly (XmlNode | string)[];
}

/**
 * Reads a document into its root element. Entities that a document declares are not expanded, nothing is fetched.
 *
 * @throws Error when it is not well formed, cut off included, or lies too deep.
 */
export function parseXml(text: string): XmlNode {
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    processEntities: false,
    maxNestedTags: mostNested,
    ignoreDeclaration: true,
    ignorePiTags: true,
    cdataPropName: '#cdata',
  });
  const found: unknown = parser.parse(text.trim(), true);
  const roots = toNodes(found).filter((node) => typeof node !== 'string');
  const [root] = roots;
  if (root === undefined || roots.length > 1) throw new Error('It has not one root element.');
  return root;
}

/** The parser's own shape: a list of objects with the element's name as the one key beside `:@`. */
function toNodes(list: unknown): (XmlNode | string)[] {
  return Array.isArray(list) ? list.flatMap((entry: unknown) => toNode(entry)) : [];
}

function toNode(entry: unknown): (XmlNode | string)[] {
  if (typeof entry !== 'object' || entry === null) return [];
  const found = Object.entries(entry).find(([key]) => key !== ':@');
  if (found === undefined) return [];
  const [name, inside] = found as [string, unknown];
  if (name === '#text') return [decodeEntities(String(inside))];
  if (name === '#cdata') return [rawText(inside)];
  return [{ name: withoutPrefix(name), attributes: attributesOf(entry), inside: toNodes(inside) }];
}

function withoutPrefix(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function attributesOf(entry: object): Record<string, string> {
  const given: unknown = ':@' in entry ? entry[':@'] : {};
  return Object.fromEntries(
    Object.entries(given ?? {}).map(([name, value]) => [
      // The declarations of namespaces keep theirs: they tell what format it is.
      name.startsWith('xmlns') ? name : withoutPrefix(name).toLowerCase(),
      decodeEntities(String(value)).trim(),
    ]),
  );
}

function rawText(inside: unknown): string {
  const parts: unknown[] = Array.isArray(inside) ? inside : [];
  return parts
    .map((part) => (typeof part === 'object' && part !== null && '#text' in part ? part['#text'] : ''))
    .filter((text) => typeof text === 'string')
    .join('');
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  return text.replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (whole, ...found) => {
    const [hex, decimal, name] = found as (string | undefined)[];
    if (name !== undefined) return named[name.toLowerCase()] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** The elements of a name right inside another. */
export function childrenOf(node: XmlNode | null, name: string): XmlNode[] {
  return (node?.inside ?? []).filter(
    (part): part is XmlNode => typeof part !== 'string' && part.name === name,
  );
}

/** The first element of a name right inside another. */
export function childOf(node: XmlNode | null, name: string): XmlNode | null {
  return childrenOf(node, name)[0] ?? null;
}

/** An attribute, null when it is not there or empty. */
export function attributeOf(node: XmlNode | null, name: string): string | null {
  const value = node?.attributes[name] ?? '';
  return value === '' ? null : value;
}

const blocks: ReadonlySet<string> = new Set([
  'p',
  'div',
  'li',
  'tr',
  'h1',
  'h2',
  'h3',
  'h4',
  'hl2',
  'blockquote',
]);

/**
 * What is written in an element, markup of every kind gone. Line breaks of the file are layout and become spaces;
 * those of `<br/>` and of blocks are meant.
 */
export function textOf(node: XmlNode | null): string | null {
  if (node === null) return null;
  const lines = written(node)
    .split('\n')
    .map((line) => line.trim());
  const text = lines
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
  return text === '' ? null : text;
}

function written(node: XmlNode): string {
  const hasElements = node.inside.some((part) => typeof part !== 'string');
  const parts = node.inside.map((part) => {
    if (typeof part === 'string') return hasElements ? part.replaceAll(/\s+/g, ' ') : part;
    if (part.name === 'br') return '\n';
    return blocks.has(part.name) ? `\n${written(part)}\n` : written(part);
  });
  return parts.join('');
}

import { parseXmlSlices, XmlFault } from '../../reading/xml-slices.ts';

/** Elements may lie this deep in one another; NewsML-G2 needs about fifteen. */
const mostDepth = 64;

/** An element: its name and its attributes without prefixes, and what is in it, in order. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly inside: readonly (XmlNode | string)[];
}

/**
 * Reads a document into its root element.
 *
 * @throws XmlFault when its elements do not close, cut off included, or it lies too deep.
 */
export async function parseXml(text: string): Promise<XmlNode> {
  const open: OpenNode[] = [];
  const document: { root: XmlNode | null } = { root: null };
  await parseXmlSlices(text.trim(), {
    xmlns: false,
    mostDepth,
    listener: {
      onOpen: ({ name, attributes }) => {
        const node = { name: withoutPrefix(name), attributes: plainAttributes(attributes), inside: [] };
        document.root ??= node;
        open.at(-1)?.inside.push(node);
        open.push(node);
      },
      onText: (words) => void open.at(-1)?.inside.push(words),
      onClose: () => void open.pop(),
    },
  });
  if (document.root === null) throw new XmlFault('It has no element.');
  return document.root;
}

interface OpenNode extends XmlNode {
  readonly inside: (XmlNode | string)[];
}

function withoutPrefix(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function plainAttributes(given: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      // The declarations of namespaces keep theirs: they tell what format it is.
      name.startsWith('xmlns') ? name : withoutPrefix(name).toLowerCase(),
      value.trim(),
    ]),
  );
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

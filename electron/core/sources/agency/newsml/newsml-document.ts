import { listOf } from '../../reading/words.ts';
import { gathered, type AgencyDocument, type ReadContext, type ReadItem } from '../read-context.ts';
import { eventOfConcept, nameOf } from './newsml-concepts.ts';
import { readNewsItem } from './newsml-item.ts';
import { codeOf, schemesOf } from './qcode.ts';
import { attributeOf, childOf, childrenOf, textOf, type XmlNode } from './xml-node.ts';

const itemNames: ReadonlySet<string> = new Set([
  'newsItem',
  'packageItem',
  'conceptItem',
  'knowledgeItem',
  'planningItem',
]);

/** Whether an element is one that NewsML-G2 begins with; its namespace is written with and without a slash. */
export function isNewsMl(root: XmlNode): boolean {
  if (root.name !== 'newsMessage' && !itemNames.has(root.name)) return false;
  const namespaces = Object.entries(root.attributes).filter(([name]) => !/schemalocation/i.test(name));
  return (
    namespaces.some(([, value]) => /^https?:\/\/iptc\.org\/std\/nar\/2006-10-01\/?$/i.test(value)) ||
    /^newsml-g2$/i.test(attributeOf(root, 'standard') ?? '')
  );
}

/**
 * Reads a message with its items, or an item alone. A package leads to items: those of the same message are read as
 * themselves, of the others the package may tell the address.
 */
export async function readNewsMl(root: XmlNode, context: ReadContext): Promise<AgencyDocument> {
  const items =
    root.name === 'newsMessage'
      ? childrenOf(root, 'itemSet').flatMap((set) =>
          set.inside.filter((part): part is XmlNode => typeof part !== 'string' && itemNames.has(part.name)),
        )
      : [root];
  // What holds for all items is looked up for each of them, so they are not among it.
  const holders = root.name === 'newsMessage' ? [root, ...childrenOf(root, 'itemSet')].map(withoutItems) : [];
  return {
    format: 'NewsML-G2',
    provider: providerOf(root, items),
    ...(await gathered(items, (item) => [readItem(item, holders, context)])),
    items: items.length,
    next: null,
    linked: linkedIn(items),
  };
}

function withoutItems(holder: XmlNode): XmlNode {
  const isOwn = (part: XmlNode | string): boolean => typeof part === 'string' || !itemNames.has(part.name);
  return { ...holder, inside: holder.inside.filter(isOwn) };
}

function readItem(item: XmlNode, holders: readonly XmlNode[], context: ReadContext): ReadItem {
  if (item.name === 'newsItem') return readNewsItem(item, holders, context);
  const schemes = schemesOf(item, ...holders);
  const concepts = [
    ...childrenOf(item, 'concept'),
    ...childrenOf(item, 'conceptSet').flatMap((set) => childrenOf(set, 'concept')),
  ];
  return { events: concepts.flatMap((concept) => eventOfConcept(concept, schemes)) };
}

/** Where the items of packages lie that are not in this message and may be video. */
function linkedIn(items: readonly XmlNode[]): string[] {
  const here = new Set(items.map((item) => attributeOf(item, 'guid')));
  const references = items
    .filter(({ name }) => name === 'packageItem')
    .flatMap((item) => childrenOf(item, 'groupSet'))
    .flatMap((set) => childrenOf(set, 'group'))
    .flatMap((group) => childrenOf(group, 'itemRef'));
  return listOf(
    references.map((reference) => {
      const kind = codeOf(childOf(reference, 'itemClass'));
      const mayBeVideo = kind === null || /^(video|composite)$/i.test(kind);
      return mayBeVideo && !here.has(attributeOf(reference, 'residref'))
        ? attributeOf(reference, 'href')
        : null;
    }),
  );
}

function providerOf(root: XmlNode, items: readonly XmlNode[]): string | null {
  const header = childOf(root, 'header');
  const provider = childOf(childOf(items[0] ?? null, 'itemMeta'), 'provider');
  return nameOf(provider) ?? textOf(childOf(header, 'sender')) ?? textOf(childOf(header, 'origin'));
}

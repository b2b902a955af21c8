import { webAddress } from '../reading/addresses.ts';
import { anEmptyAsset } from '../reading/assets.ts';
import { readDate } from '../reading/dates.ts';
import { oneLine } from '../reading/words.ts';
import { XmlFault } from '../reading/xml-slices.ts';
import type { SourceAsset } from '../source-model.ts';
import type { RawFeed } from './feed-document.ts';
import { knownName } from './item-facts.ts';
import { readXmlItem } from './xml-item.ts';
import { attributeOf, childOf, childrenOf, markupOf, wordsOf } from './xml-reading.ts';
import type { XmlElement } from './xml-tree.ts';

/** Elements of one entry, and of what is said of the feed; the files and the people of a long programme are some hundreds. */
const mostParts = 5000;

/** RSS, RDF or Atom, whatever the file is called; null when the document is none of them. */
export function readXmlFeed(root: XmlElement): RawFeed | null {
  const channel = root.name === 'atom:feed' ? root : childOf(root, 'channel');
  const isFeed =
    root.name === 'atom:feed' || ((root.name === 'rss' || root.name === 'rdf:rdf') && channel !== null);
  if (!isFeed || channel === null) return null;
  const items = [root, ...childrenOf(root, 'channel')].flatMap((one) =>
    childrenOf(one, 'item', 'atom:entry'),
  );
  // What holds for all entries is looked up for each of them, so they are not among it.
  const shared = {
    ...channel,
    inside: channel.inside.filter((part) => typeof part === 'string' || !isItem(part)),
  };
  if (holdsMore(shared, mostParts)) throw new XmlFault(`Its head has more than ${mostParts} elements.`);
  const home = wordsOf(shared, 'link') ?? linkTo(shared, 'alternate');
  return {
    format: formatOf(root, items),
    title: wordsOf(channel, 'title', 'atom:title', 'dc:title'),
    home: webAddress(home, channel.base),
    // An archive says more of what is older than a page does (RFC 5005).
    next: linkTo(shared, 'prev-archive') ?? linkTo(shared, 'next'),
    isComplete: childOf(channel, 'fh:complete') !== null,
    items: items.map((item, at) => () => {
      if (holdsMore(item, mostParts)) throw new Error(`It has more than ${mostParts} elements.`);
      return readXmlItem(item, shared, `entry ${at + 1}`);
    }),
    removed: childrenOf(channel, 'at:deleted-entry').flatMap(removedEntry),
  };
}

/** Whether there are more elements in one, at any depth. */
function holdsMore(element: XmlElement, most: number): boolean {
  let count = 0;
  const look = ({ inside }: XmlElement): boolean =>
    inside.some((part) => typeof part !== 'string' && (++count > most || look(part)));
  return look(element);
}

function isItem({ name }: XmlElement): boolean {
  return name === 'item' || name === 'atom:entry' || name === 'at:deleted-entry';
}

function linkTo(channel: XmlElement, rel: string): string | null {
  const link = childrenOf(channel, 'atom:link').find((one) => attributeOf(one, 'rel')?.toLowerCase() === rel);
  return link === undefined ? null : webAddress(attributeOf(link, 'href'), link.base);
}

function formatOf(root: XmlElement, items: readonly XmlElement[]): string {
  if (root.name === 'atom:feed') return 'Atom feed';
  const has = (prefix: string): boolean =>
    items.some((item) =>
      item.inside.some((part) => typeof part !== 'string' && part.name.startsWith(prefix)),
    );
  if (has('media:')) return 'Media RSS feed';
  if (root.name === 'rdf:rdf') return 'RSS 1.0 feed';
  return has('itunes:') || has('podcast:') ? 'podcast feed' : 'RSS feed';
}

/** A tombstone: the entry's name, when, and perhaps why. Its texts are those that were told before. */
function removedEntry(entry: XmlElement): SourceAsset[] {
  const ref = oneLine(attributeOf(entry, 'ref'));
  if (ref === null) return [];
  const when = readDate(attributeOf(entry, 'when'));
  const reason = oneLine(markupOf(childOf(entry, 'at:comment')));
  return [
    anEmptyAsset({
      externalId: knownName(ref),
      title: ref,
      status: 'withdrawn',
      statusReason: reason ?? 'deleted',
      version: when?.atMs == null ? null : new Date(when.atMs).toISOString(),
      dates: { filmed: null, event: null, published: null, changed: when },
    }),
  ];
}

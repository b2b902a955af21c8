import { createAgencyFeedKind } from '../../../../electron/core/sources/agency/agency-feed-kind.ts';
import type { KindRig, PlayedItem, PlayedSource } from '../kind-rig.ts';
import { playServer, type Asked, type Reply } from '../play-server.ts';

/** An agency's ninjs in pages, what changed last in front, with links from one page to the next. */
export const ninjsFeedRig: KindRig = {
  name: 'agency feed (ninjs)',
  kind: createAgencyFeedKind(),
  key: null,
  pages: true,
  withdraws: 'by-telling',
  versions: true,
  charset: null,
  play: async (items) => {
    const played: { items: readonly PlayedItem[]; pageSize: number } = { items, pageSize: 100 };
    const server = await playServer((asked, base) => ninjsPage(played, asked, base));
    return Object.assign(played, { url: `${server.url}/items`, server }) satisfies PlayedSource;
  },
};

/** An agency's NewsML-G2: one message with all that is current. */
export const newsMlFeedRig: KindRig = {
  name: 'agency feed (NewsML-G2)',
  kind: createAgencyFeedKind(),
  key: null,
  pages: false,
  withdraws: 'by-telling',
  versions: true,
  charset: 'windows-1251',
  play: async (items, { charset = false } = {}) => {
    const played: { items: readonly PlayedItem[]; pageSize: number } = { items, pageSize: 100 };
    const server = await playServer((asked, base) => {
      if (asked.path !== '/message.xml') return null;
      const xml = newsMessage(played.items, base, charset ? 'windows-1251' : 'UTF-8');
      return { contentType: 'application/xml', body: charset ? inCyrillic(xml) : xml };
    });
    return Object.assign(played, { url: `${server.url}/message.xml`, server }) satisfies PlayedSource;
  },
};

/** A page of ninjs 2, in the frame that a widespread news system puts around it. */
export function ninjsPage(
  { items, pageSize }: { items: readonly PlayedItem[]; pageSize: number },
  { path, query }: Asked,
  base: string,
): Reply | null {
  if (path !== '/items') return null;
  const page = Number(query.get('page') ?? 1);
  const sorted = items.toSorted((a, b) => b.changedAtMs - a.changedAtMs);
  const hasNext = page * pageSize < sorted.length;
  const body = {
    _items: sorted.slice((page - 1) * pageSize, page * pageSize).map((item) => ninjsItem(item, base)),
    _links: hasNext ? { next: { title: 'next page', href: `items?page=${page + 1}` } } : {},
  };
  return { contentType: 'application/json', body: JSON.stringify(body) };
}

/** An item in ninjs 2; the base is where its files lie. */
export function ninjsItem(item: PlayedItem, base: string): Record<string, unknown> {
  return {
    uri: `urn:newsml:agency.example:${item.id}`,
    type: 'video',
    version: String(item.version),
    firstcreated: `${item.publishedDay}T09:30:00Z`,
    versioncreated: new Date(item.changedAtMs).toISOString(),
    pubstatus: item.withdrawn ? 'canceled' : 'usable',
    language: 'en',
    headlines: [{ role: 'main', value: item.title }],
    descriptions: [{ role: 'caption', contenttype: 'text/plain', value: item.synopsis }],
    usageterms: 'For editorial use by clients of the agency.',
    renditions: [
      {
        name: 'broadcast',
        href: `${base}/files/${item.id}.mp4`,
        contenttype: 'video/mp4',
        width: 1920,
        height: 1080,
      },
    ],
  };
}

/** A message of NewsML-G2. */
export function newsMessage(items: readonly PlayedItem[], base: string, encoding = 'UTF-8'): string {
  return `<?xml version="1.0" encoding="${encoding}"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">
  <header><sent>2025-09-08T10:00:00Z</sent><sender>agency.example</sender></header>
  <itemSet>${items.map((item) => newsItem(item, base)).join('\n')}</itemSet>
</newsMessage>`;
}

/** An item of NewsML-G2, alone in its file when `isAlone`. */
export function newsItem(item: PlayedItem, base: string, isAlone = false): string {
  const space = isAlone ? ' xmlns="http://iptc.org/std/nar/2006-10-01/"' : '';
  return `<newsItem${space} guid="urn:newsml:agency.example:${item.id}" version="${item.version}"
  standard="NewsML-G2" standardversion="2.29" conformance="power" xml:lang="en">
  <rightsInfo><usageTerms>For editorial use by clients of the agency.</usageTerms></rightsInfo>
  <itemMeta>
    <itemClass qcode="ninat:video"/><provider literal="agency.example"/>
    <versionCreated>${new Date(item.changedAtMs).toISOString()}</versionCreated>
    <firstCreated>${item.publishedDay}T09:30:00Z</firstCreated>
    <pubStatus qcode="stat:${item.withdrawn ? 'canceled' : 'usable'}"/>
  </itemMeta>
  <contentMeta>
    <headline>${escaped(item.title)}</headline>
    <description role="drol:summary">${escaped(item.synopsis)}</description>
  </contentMeta>
  <contentSet>
    <remoteContent href="${base}/${item.id}.mp4" rendition="rnd:broadcast" contenttype="video/mp4"
      width="1920" height="1080" duration="95" durationunit="timeunit:seconds" videoframerate="25"/>
  </contentSet>
</newsItem>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** The letters from А to я lie in one run in windows-1251. */
function inCyrillic(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => {
    const code = letter.charCodeAt(0);
    return code >= 0x410 && code <= 0x44f ? code - 0x350 : code;
  });
}

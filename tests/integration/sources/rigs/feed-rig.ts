import { createFeedKind } from '../../../../electron/core/sources/feed/feed-kind.ts';
import type { KindRig, PlayedItem, PlayedSource } from '../kind-rig.ts';
import { playServer, type Asked, type Reply } from '../play-server.ts';

/** A Media RSS feed in pages, what changed last in front, with tombstones for what was taken back. */
export const feedRig: KindRig = {
  name: 'feed',
  kind: createFeedKind(),
  key: null,
  pages: true,
  withdraws: 'by-telling',
  versions: true,
  charset: 'windows-1251',
  play: async (items, { charset = false } = {}) => {
    const played: { items: readonly PlayedItem[]; pageSize: number } = { items, pageSize: 50 };
    const server = await playServer((asked, base) => replyOfFeed(played, asked, { base, charset }));
    return Object.assign(played, { url: `${server.url}/video.rss`, server }) satisfies PlayedSource;
  },
};

function replyOfFeed(
  { items, pageSize }: { items: readonly PlayedItem[]; pageSize: number },
  { path, query }: Asked,
  { base, charset }: { base: string; charset: boolean },
): Reply | null {
  if (path !== '/video.rss') return null;
  const listed = items.filter((item) => !item.withdrawn).toSorted((a, b) => b.changedAtMs - a.changedAtMs);
  const page = Number(query.get('page') ?? 1);
  const shown = listed.slice((page - 1) * pageSize, page * pageSize);
  const isLast = page * pageSize >= listed.length;
  const xml = `<?xml version="1.0" encoding="${charset ? 'windows-1251' : 'UTF-8'}"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss" xmlns:atom="http://www.w3.org/2005/Atom"
  xmlns:at="http://purl.org/atompub/tombstones/1.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>
  <title>River desk</title>
  <link>${base}/</link>
  <description>Footage of the river desk</description>
  <language>en</language>
  ${isLast ? '' : `<atom:link rel="next" href="/video.rss?page=${page + 1}"/>`}
  ${
    page > 1
      ? ''
      : items
          .filter((item) => item.withdrawn)
          .map(tombstone)
          .join('\n  ')
  }
  ${shown.map((item) => toItem(item, base)).join('\n  ')}
</channel>
</rss>`;
  return { contentType: 'application/rss+xml', body: charset ? toWindows1251(xml) : xml };
}

function tombstone(item: PlayedItem): string {
  return `<at:deleted-entry ref="${item.id}" when="${new Date(item.changedAtMs).toISOString()}"/>`;
}

function toItem(item: PlayedItem, base: string): string {
  const day = new Date(`${item.publishedDay}T09:30:00Z`).toUTCString();
  return `<item>
    <title>${item.title}</title>
    <link>${base}/video/${item.id}?utm_source=rss</link>
    <guid isPermaLink="false">${item.id}</guid>
    <pubDate>${day}</pubDate>
    <atom:updated>${new Date(item.changedAtMs).toISOString()}</atom:updated>
    <description><![CDATA[<p>${item.synopsis}</p>]]></description>
    <enclosure url="/files/${item.id}.mp4" length="${4_000_000 + item.id.length}" type="video/mp4"/>
    <media:group>
      <media:content url="/files/${item.id}.mp4" type="video/mp4" duration="93" width="1920" height="1080" isDefault="true"/>
      <media:content url="/files/${item.id}-small.mp4" type="video/mp4" width="640" height="360"/>
      <media:thumbnail url="/files/${item.id}.jpg" width="640" height="360"/>
    </media:group>
  </item>`;
}

/** Latin letters stay as they are, Cyrillic ones lie in one row from 0xC0. */
function toWindows1251(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => {
    const code = letter.charCodeAt(0);
    return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code;
  });
}

import { createWebPageKind } from '../../../../electron/core/sources/web-page/web-page-kind.ts';
import type { KindRig, PlayedItem, PlayedSource } from '../kind-rig.ts';
import { playServer, type Asked, type Reply } from '../play-server.ts';

/** Where the pages and files of the items lie: the same however often the list is played. */
const site = 'https://footage.example';

/** A list of footage in HTML, page by page, that describes its videos in JSON-LD. */
export const webPageRig: KindRig = {
  name: 'web page',
  kind: createWebPageKind(),
  key: null,
  pages: true,
  withdraws: 'never',
  versions: false,
  charset: 'iso-8859-1',
  play: async (items, { charset = false } = {}) => {
    const played: { items: readonly PlayedItem[]; pageSize: number } = { items, pageSize: 100 };
    const server = await playServer((asked, base) => reply(played, asked, { base, charset }));
    return Object.assign(played, { url: `${server.url}/footage`, server }) satisfies PlayedSource;
  },
};

function reply(
  { items, pageSize }: { items: readonly PlayedItem[]; pageSize: number },
  { path, query }: Asked,
  { base, charset }: { base: string; charset: boolean },
): Reply | null {
  if (path !== '/footage') return null;
  const listed = items.filter(({ withdrawn }) => !withdrawn);
  const number = Number(query.get('page') ?? 1);
  const graph = listed.slice((number - 1) * pageSize, number * pageSize).map(videoOf);
  const next =
    number * pageSize < listed.length ? `<link rel="next" href="/footage?page=${number + 1}">` : '';
  const html = `<!doctype html>
<html lang="en"><head><meta charset="${charset ? 'iso-8859-1' : 'utf-8'}"><title>Footage, page ${number}</title>
<link rel="canonical" href="${base}/footage${number === 1 ? '' : `?page=${number}`}">${next}
<script>window.page = { video: "<b>none</b>" };</script>
<script type="application/ld+json">${JSON.stringify({ '@context': 'https://schema.org', '@graph': graph })}</script>
</head><body><h1>Footage</h1><p>For broadcasters.</p></body></html>`;
  return charset
    ? { contentType: 'text/html', body: Buffer.from(html, 'latin1') }
    : { contentType: 'text/html; charset=utf-8', body: html };
}

function videoOf(item: PlayedItem): Record<string, unknown> {
  return {
    '@type': 'VideoObject',
    '@id': `${site}/footage/${item.id}#video`,
    url: `${site}/footage/${item.id}`,
    name: item.title,
    description: item.synopsis,
    uploadDate: `${item.publishedDay}T06:00:00+01:00`,
    dateModified: new Date(item.changedAtMs).toISOString(),
    duration: 'PT1M24S',
    contentUrl: `${site}/files/${item.id}.mp4`,
    thumbnailUrl: [`${site}/thumbs/${item.id}.jpg`],
    license: 'https://creativecommons.org/licenses/by/4.0/',
  };
}

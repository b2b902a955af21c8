import { createVideoSitemapKind } from '../../../../electron/core/sources/video-sitemap/video-sitemap-kind.ts';
import type { KindRig, PlayedItem, PlayedSource } from '../kind-rig.ts';
import { playServer, type Asked, type Reply } from '../play-server.ts';

/** Where the pages and files of the items lie: the same however often the site is played. */
const site = 'https://footage.example';

/** A site with an index and its video sitemaps, `pageSize` pages to a file. */
export const videoSitemapRig: KindRig = {
  name: 'video sitemap',
  kind: createVideoSitemapKind(),
  key: null,
  pages: true,
  withdraws: 'by-listing',
  versions: false,
  charset: 'utf-16',
  play: async (items, { charset = false } = {}) => {
    const played: { items: readonly PlayedItem[]; pageSize: number } = { items, pageSize: 100 };
    const server = await playServer((asked, base) => reply(played, asked, { base, charset }));
    return Object.assign(played, { url: `${server.url}/sitemap_index.xml`, server }) satisfies PlayedSource;
  },
};

function reply(
  { items, pageSize }: { items: readonly PlayedItem[]; pageSize: number },
  { path }: Asked,
  { base, charset }: { base: string; charset: boolean },
): Reply | null {
  const listed = items.filter(({ withdrawn }) => !withdrawn);
  const xml = (body: string): Reply => ({
    contentType: 'application/xml',
    body: charset ? utf16(body) : `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
  });
  if (path === '/sitemap_index.xml') {
    const files = Array.from({ length: Math.max(1, Math.ceil(listed.length / pageSize)) }, (_, n) => n + 1);
    // Written anew as a whole whenever anything is published or taken down.
    const lastmod = new Date(Math.max(...items.map(({ changedAtMs }) => changedAtMs))).toISOString();
    return xml(`<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${files.map((n) => `  <sitemap><loc>${base}/video-${n}.xml</loc><lastmod>${lastmod}</lastmod></sitemap>`).join('\n')}
</sitemapindex>
`);
  }
  const nth = /^\/video-(\d+)\.xml$/.exec(path)?.[1];
  if (nth === undefined) return null;
  const from = (Number(nth) - 1) * pageSize;
  return xml(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:video="http://www.google.com/schemas/sitemap-video/1.1">
${listed
  .slice(from, from + pageSize)
  .map(urlOf)
  .join('\n')}
</urlset>
`);
}

function urlOf(item: PlayedItem): string {
  return `  <url>
    <loc>${site}/footage/${item.id}</loc>
    <lastmod>${new Date(item.changedAtMs).toISOString()}</lastmod>
    <video:video>
      <video:thumbnail_loc>${site}/thumbs/${item.id}.jpg</video:thumbnail_loc>
      <video:title><![CDATA[${item.title}]]></video:title>
      <video:description>${item.synopsis}</video:description>
      <video:content_loc>
        ${site}/files/${item.id}.mp4</video:content_loc>
      <video:duration>84</video:duration>
      <video:publication_date>${item.publishedDay}T09:30:00+02:00</video:publication_date>
    </video:video>
  </url>`;
}

function utf16(body: string): Uint8Array {
  return Buffer.from(`\uFEFF<?xml version="1.0" encoding="UTF-16"?>\n${body}`, 'utf16le');
}

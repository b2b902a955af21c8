import type { SourcePage } from '../../../electron/core/sources/source-model.ts';
import { createVideoSitemapKind } from '../../../electron/core/sources/video-sitemap/video-sitemap-kind.ts';
import { openKind, type OpenKind } from './open-kind.ts';
import { playServer, type PlayServer, type Reply } from './play-server.ts';

/** Described once, as a source is when it is added; each reading then asks for its files alone. */
function readAsAdded(kind: OpenKind): OpenKind {
  const openOnce = kind.open;
  let source: ReturnType<OpenKind['open']> | null = null;
  const open = (): ReturnType<OpenKind['open']> => (source ??= openOnce());
  return Object.assign(kind, {
    open,
    read: async (cursor: string | null, most = Number.POSITIVE_INFINITY) => {
      const pages: SourcePage[] = [];
      for await (const page of (await open()).changedSince(cursor, new AbortController().signal)) {
        pages.push(page);
        if (pages.length >= most) break;
      }
      return pages;
    },
  });
}

/** A site whose files can be changed while it is read. */
export async function playSite(files: Record<string, string | Reply>): Promise<{
  server: PlayServer;
  files: Record<string, string | Reply>;
  open: (path: string) => OpenKind;
  asked: () => string[];
}> {
  const server = await playServer(({ path }, base) => {
    const file = files[path];
    if (file === undefined) return null;
    const reply = typeof file === 'string' ? { contentType: 'application/xml', body: file } : file;
    return typeof reply.body === 'string' ? { ...reply, body: reply.body.replaceAll('BASE', base) } : reply;
  });
  return {
    server,
    files,
    open: (path) => readAsAdded(openKind(createVideoSitemapKind(), server.url + path)),
    asked: () => server.asked.splice(0).map(({ path }) => path),
  };
}

/** A sitemap with these entries; BASE in any file stands for the address of its server. */
export const list = (...entries: string[]): string =>
  `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:video="http://www.google.com/schemas/sitemap-video/1.1">${entries.join('')}</urlset>`;
/** An index of these files. */
export const index = (...files: [name: string, lastmod?: string][]): string =>
  `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${files
    .map(
      ([name, lastmod]) =>
        `<sitemap><loc>BASE${name}</loc>${lastmod === undefined ? '' : `<lastmod>${lastmod}</lastmod>`}</sitemap>`,
    )
    .join('')}</sitemapindex>`;
/** The entry of a page with one video. */
export const page = (id: string, title = `Video ${id}`): string =>
  `<url><loc>BASE/v/${id}</loc><video:video><video:title>${title}</video:title><video:content_loc>BASE/f/${id}.mp4</video:content_loc></video:video></url>`;
/** So many of them. */
export const many = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, n) => page(`${name}${n}`));

import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createVideoSitemapKind } from '../../../electron/core/sources/video-sitemap/video-sitemap-kind.ts';
import type { SourcePage } from '../../../electron/core/sources/source-model.ts';
import { assetsOf, cursorOf, openKind, type OpenKind } from './open-kind.ts';
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
async function playSite(files: Record<string, string | Reply>): Promise<{
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

const list = (...entries: string[]): string =>
  `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:video="http://www.google.com/schemas/sitemap-video/1.1">${entries.join('')}</urlset>`;
const index = (...files: [name: string, lastmod?: string][]): string =>
  `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${files
    .map(
      ([name, lastmod]) =>
        `<sitemap><loc>BASE${name}</loc>${lastmod === undefined ? '' : `<lastmod>${lastmod}</lastmod>`}</sitemap>`,
    )
    .join('')}</sitemapindex>`;
const page = (id: string, title = `Video ${id}`): string =>
  `<url><loc>BASE/v/${id}</loc><video:video><video:title>${title}</video:title><video:content_loc>BASE/f/${id}.mp4</video:content_loc></video:video></url>`;
const many = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, n) => page(`${name}${n}`));

test('pages come with two hundred videos each, and a kill at any of them goes on behind it', async () => {
  const { open } = await playSite({ '/s.xml': list(...many('a', 450)) });
  const kind = open('/s.xml');
  const pages = await kind.read(null);
  expect(pages.map(({ assets }) => assets.length)).toEqual([200, 200, 50, 0]);
  expect(pages.map(({ ends }) => ends)).toEqual(['more', 'more', 'more', 'everything']);
  expect(pages[0]?.total).toBe(450);
  for (const cut of [1, 2, 3]) {
    const before = await kind.read(null, cut);
    const after = await kind.read(cursorOf(before));
    expect(after.flatMap(({ assets }) => assets)).toHaveLength(
      450 - before.flatMap(({ assets }) => assets).length,
    );
    expect(after.at(-1)?.ends).toBe('everything');
    expect(JSON.parse(cursorOf(after))).toEqual(JSON.parse(cursorOf(pages)));
  }
});

test('a file that was written anew while the run stood still is shown from its start', async () => {
  const site = await playSite({ '/s.xml': list(...many('a', 300)) });
  const kind = site.open('/s.xml');
  const before = await kind.read(null, 1);
  site.files['/s.xml'] = list(page('new'), ...many('a', 300));
  const after = await kind.read(cursorOf(before));
  expect(assetsOf(after).size).toBe(301);
  expect(after.at(-1)?.ends).toBe('everything');
});

test('what an index lists as unchanged is not asked, and the run ends without assets', async () => {
  const site = await playSite({
    '/i.xml': index(['/a.xml', '2025-01-01'], ['/b.xml', '2025-01-01']),
    '/a.xml': list(page('a')),
    '/b.xml': list(page('b')),
  });
  const kind = site.open('/i.xml');
  const first = await kind.read(null);
  expect([...assetsOf(first).values()].map(({ title }) => title)).toEqual(['Video a', 'Video b']);
  site.asked();
  const second = await kind.read(cursorOf(first));
  expect(second).toMatchObject([{ assets: [], ends: 'changes' }]);
  expect(site.asked()).toEqual(['/i.xml']);
});

test('files without a lastmod are asked whether they have changed, and bytes that are the same are no change', async () => {
  const site = await playSite({
    '/i.xml': index(['/a.xml'], ['/b.xml']),
    '/a.xml': list(page('a')),
    '/b.xml': { contentType: 'application/xml', body: list(page('b')), headers: { etag: '"1"' } },
  });
  const kind = site.open('/i.xml');
  const first = await kind.read(null);
  site.files['/b.xml'] = { contentType: 'application/xml', body: list(page('b')), headers: { etag: '"2"' } };
  const bodies = site.server.bodies;
  const second = await kind.read(cursorOf(first));
  expect(second).toMatchObject([{ assets: [], ends: 'changes' }]);
  expect(site.server.bodies - bodies).toBe(1);
});

test('an index is believed for a day; then every file is asked', async () => {
  const site = await playSite({ '/i.xml': index(['/a.xml', '2025-01-01']), '/a.xml': list(page('a')) });
  const kind = site.open('/i.xml');
  const first = await kind.read(null);
  site.files['/a.xml'] = list(page('a', 'Corrected'));
  const soon = await kind.read(cursorOf(first));
  expect(assetsOf(soon).size).toBe(0);
  kind.nowMs += 25 * 3_600_000;
  const later = await kind.read(cursorOf(soon));
  expect([...assetsOf(later).values()][0]?.title).toBe('Corrected');
});

test('a change in one file of many shows that file alone; a loss shows everything', async () => {
  const big = many('b', 2100);
  const site = await playSite({
    '/i.xml': index(['/a.xml', '1'], ['/b.xml', '1']),
    '/a.xml': list(page('a1'), page('a2')),
    '/b.xml': list(...big),
  });
  const kind = site.open('/i.xml');
  const first = await kind.read(null);
  site.files['/i.xml'] = index(['/a.xml', '2'], ['/b.xml', '1']);
  site.files['/a.xml'] = list(page('a1'), page('a2'), page('a3'));
  site.asked();
  const grown = await kind.read(cursorOf(first));
  expect(assetsOf(grown).size).toBe(3);
  expect(grown.at(-1)?.ends).toBe('changes');
  expect(site.asked()).not.toContain('/b.xml');
  site.files['/i.xml'] = index(['/a.xml', '3'], ['/b.xml', '1']);
  site.files['/a.xml'] = list(page('a1'), page('a3'));
  const shrunk = await kind.read(cursorOf(grown));
  expect(assetsOf(shrunk).size).toBe(2102);
  expect(shrunk.at(-1)?.ends).toBe('everything');
});

test('what may have gone unseen while more came is made up for after a day', async () => {
  const site = await playSite({
    '/i.xml': index(['/a.xml', '1'], ['/b.xml', '1']),
    '/a.xml': list(page('a1'), page('a2')),
    '/b.xml': list(...many('b', 2100)),
  });
  const kind = site.open('/i.xml');
  const first = await kind.read(null);
  site.files['/i.xml'] = index(['/a.xml', '2'], ['/b.xml', '1']);
  site.files['/a.xml'] = list(page('a1'), page('a3'), page('a4'));
  const swapped = await kind.read(cursorOf(first));
  expect(swapped.at(-1)?.ends).toBe('changes');
  kind.nowMs += 25 * 3_600_000;
  const owed = await kind.read(cursorOf(swapped));
  expect(owed.at(-1)?.ends).toBe('everything');
  expect(assetsOf(owed).size).toBe(2103);
});

test('a broken file is told, the others go on, and nothing is withdrawn until it is read again', async () => {
  const site = await playSite({
    '/i.xml': index(['/a.xml', '1'], ['/b.xml', '1'], ['/c.xml', '1']),
    '/a.xml': list(page('a')),
    '/b.xml': '<urlset><url><loc>BASE/v/b</loc></urlset></url></urlset>',
    '/c.xml': list(page('c')),
  });
  const kind = site.open('/i.xml');
  const first = await kind.read(null);
  expect(assetsOf(first).size).toBe(2);
  const [failure] = first.flatMap(({ failures }) => failures);
  expect(failure).toMatchObject({
    where: `${site.server.url}/b.xml`,
    why: expect.stringContaining('not well-formed'),
  });
  expect(first.at(-1)?.ends).toBe('changes');
  site.files['/b.xml'] = list(page('b'));
  const second = await kind.read(cursorOf(first));
  expect(second.flatMap(({ failures }) => failures)).toEqual([]);
  expect([...assetsOf(second).keys()].some((id) => id.endsWith('/v/b'))).toBe(true);
  expect(second.at(-1)?.ends).toBe('everything');
});

test('when no file of an index can be read the source is to blame, with what came back', async () => {
  const html: Reply = { contentType: 'text/html', body: '<!doctype html><h1>Please sign in</h1>' };
  const site = await playSite({ '/i.xml': index(['/a.xml']), '/a.xml': list(page('a')) });
  const kind = site.open('/i.xml');
  const first = await kind.read(null);
  site.files['/a.xml'] = html;
  await expect(kind.read(cursorOf(first))).rejects.toMatchObject({
    code: 'SOURCE_CHANGED',
    facts: { detail: expect.stringContaining('Please sign in') },
  });
});

test.each([
  ['a page in HTML', '<!doctype html><h1>Please sign in</h1>', 'SOURCE_CHANGED'],
  ['a feed', '<rss version="2.0"><channel></channel></rss>', 'SOURCE_CHANGED'],
  ['half a list', list(page('a')).slice(0, 200), 'SOURCE_CHANGED'],
  ['nothing', '', 'SOURCE_UNAVAILABLE'],
])('%s where the sitemap was is an error, not an empty list', async (_what, body, code) => {
  const site = await playSite({ '/s.xml': list(page('a')) });
  const kind = site.open('/s.xml');
  const source = await kind.open();
  site.files['/s.xml'] = body;
  const read = async (): Promise<void> => {
    for await (const one of source.changedSince(null, AbortSignal.timeout(5000)))
      expect(one.assets).toEqual([]);
  };
  await expect(read()).rejects.toMatchObject({ code });
});

test('a packed file is unpacked whatever its type says, and a bomb is refused', async () => {
  const packed = gzipSync(list(page('a')).replaceAll('BASE', 'https://media.example'));
  const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024, ' '));
  const site = await playSite({
    '/i.xml': index(['/a.xml.gz'], ['/bomb.xml.gz'], ['/torn.xml.gz']),
    '/a.xml.gz': { contentType: 'text/plain', body: packed },
    '/bomb.xml.gz': { contentType: 'application/gzip', body: bomb },
    '/torn.xml.gz': { contentType: 'application/gzip', body: packed.subarray(0, packed.length - 20) },
  });
  const pages = await site.open('/i.xml').read(null);
  expect(assetsOf(pages).size).toBe(1);
  expect(pages.flatMap(({ failures }) => failures.map(({ why }) => why.slice(0, 50)))).toEqual([
    expect.stringContaining('far too much'),
    expect.stringContaining('cannot be unpacked'),
  ]);
});

test('an index in an index is read, one more is not, and one that lists itself ends', async () => {
  const site = await playSite({
    '/i.xml': index(['/year.xml', '1'], ['/i.xml']),
    '/year.xml': index(['/a.xml', '1'], ['/deep.xml', '1'], ['/i.xml']),
    '/deep.xml': index(['/never.xml']),
    '/a.xml': list(page('a')),
    '/never.xml': list(page('never')),
  });
  const pages = await openKind(createVideoSitemapKind(), `${site.server.url}/a.xml`).read(null);
  expect(assetsOf(pages).size).toBe(1);
  site.files['/video.xml'] = site.files['/i.xml'] ?? '';
  site.files['/i2.xml'] = index(['/video-index.xml', '1']);
  site.files['/video-index.xml'] = index(['/a.xml', '1'], ['/i2.xml']);
  const nested = await site.open('/i2.xml').read(null);
  expect(assetsOf(nested).size).toBe(1);
  expect(nested.at(-1)?.ends).toBe('everything');
  site.files['/i3.xml'] = index(['/video-index.xml', '1'], ['/a.xml', '1']);
  site.files['/video-index.xml'] = index(['/deep.xml', '1']);
  const deep = await site.open('/i3.xml').read(null);
  expect(deep.flatMap(({ failures }) => failures)).toMatchObject([{ where: `${site.server.url}/deep.xml` }]);
  expect([...assetsOf(deep).values()].map(({ title }) => title)).toEqual(['Video a']);
});

test('a file that leaves the index takes its videos along, one that joins brings them', async () => {
  const site = await playSite({
    '/i.xml': index(['/a.xml', '1'], ['/b.xml', '1']),
    '/a.xml': list(page('a')),
    '/b.xml': list(page('b')),
    '/c.xml': list(page('c')),
  });
  const kind = site.open('/i.xml');
  const first = await kind.read(null);
  site.files['/i.xml'] = index(['/c.xml', '1'], ['/a.xml', '1']);
  const second = await kind.read(cursorOf(first));
  expect([...assetsOf(second).values()].map(({ title }) => title)).toEqual(['Video c', 'Video a']);
  expect(second.at(-1)?.ends).toBe('everything');
});

test('an index that changes while its files are read withdraws nothing', async () => {
  const site = await playSite({
    '/i.xml': index(['/a.xml', '1'], ['/b.xml', '1']),
    '/a.xml': list(page('a')),
    '/b.xml': list(page('b')),
  });
  const kind = site.open('/i.xml');
  await kind.open();
  site.server.wrong = ({ path }) => {
    if (path === '/b.xml') site.files['/i.xml'] = index(['/a.xml', '2'], ['/b.xml', '2']);
    return null;
  };
  const pages = await kind.read(null);
  expect(assetsOf(pages).size).toBe(2);
  expect(pages.at(-1)?.ends).toBe('changes');
});

test('a bare site is asked for its sitemap by robots.txt, else at the customary place', async () => {
  const front: Reply = { contentType: 'text/html', body: '<!doctype html><title>News</title>' };
  const site = await playSite({
    '/': front,
    '/robots.txt': {
      contentType: 'text/plain',
      body: 'User-agent: *\nSitemap: BASE/pages.xml\n sitemap: BASE/video.xml\n',
    },
    '/pages.xml': '<urlset><url><loc>BASE/</loc></url></urlset>',
    '/video.xml': list(page('a'), page('b')),
    '/sitemap.xml': list(page('c')),
  });
  expect(await site.open('/').describe()).toMatchObject({
    url: `${site.server.url}/video.xml`,
    how: 'A video sitemap with 2 videos, 2 of them with a file.',
  });
  delete site.files['/robots.txt'];
  expect(await site.open('/').describe()).toMatchObject({ url: `${site.server.url}/sitemap.xml` });
  delete site.files['/sitemap.xml'];
  expect(await site.open('/').describe()).toBeNull();
});

test('a sitemap of pages is none of videos, an empty one of videos says so, an index says how far it was looked into', async () => {
  const site = await playSite({
    '/pages.xml':
      '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>BASE/</loc></url></urlset>',
    '/empty.xml': list(),
    '/i.xml': index(['/p1.xml'], ['/p2.xml'], ['/p3.xml'], ['/videos.xml']),
    '/videos.xml': list(page('a')),
  });
  expect(await site.open('/pages.xml').describe()).toBeNull();
  expect((await site.open('/empty.xml').describe())?.how).toBe('A video sitemap that lists nothing yet.');
  expect((await site.open('/i.xml').describe())?.how).toBe(
    'A sitemap index of 4 files; the 1 looked into lists 1 video, with a file.',
  );
});

test('a plain address is given as it is, a signed one is looked up again', async () => {
  const signed = (mark: string): string =>
    list(
      `<url><loc>BASE/v/a</loc><video:video><video:title>A</video:title><video:content_loc>BASE/f/a.mp4?Expires=1&amp;Signature=${mark}</video:content_loc></video:video></url>`,
      page('b'),
    );
  const site = await playSite({ '/i.xml': index(['/a.xml']), '/a.xml': signed('one') });
  const kind = site.open('/i.xml');
  const [a, b] = [...assetsOf(await kind.read(null)).values()].map(({ externalId, renditions }) => ({
    externalId: renditions[0]?.externalId ?? '',
    assetExternalId: externalId,
    address: renditions[0]?.address ?? null,
  }));
  if (!a || !b) throw new Error('There are two.');
  site.files['/a.xml'] = signed('two');
  const source = await kind.open();
  const { signal } = new AbortController();
  site.asked();
  expect((await source.renew(b, signal)).url).toBe(`${site.server.url}/f/b.mp4`);
  expect(site.asked()).toEqual([]);
  expect((await source.renew(a, signal)).url).toContain('Signature=two');
  expect((await source.renew({ ...b, address: null }, signal)).url).toBe(`${site.server.url}/f/b.mp4`);
  site.files['/a.xml'] = list(page('b'));
  await expect(source.renew(a, signal)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a cursor that is none is a conflict, and the file of an address that changed begins anew', async () => {
  const site = await playSite({ '/a.xml': list(page('a')), '/b.xml': list(page('b')) });
  await expect(site.open('/a.xml').read('{"v":7}')).rejects.toMatchObject({ code: 'CONFLICT' });
  const first = await site.open('/a.xml').read(null);
  const moved = await site.open('/b.xml').read(cursorOf(first));
  expect(assetsOf(moved).size).toBe(1);
  expect(moved.at(-1)?.ends).toBe('everything');
});

import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createVideoSitemapKind } from '../../../electron/core/sources/video-sitemap/video-sitemap-kind.ts';
import { assetsOf, cursorOf, openKind } from './open-kind.ts';
import type { Reply } from './play-server.ts';
import { index, list, page, playSite } from './video-sitemap-site.ts';

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

import { expect, test } from 'vitest';
import { assetsOf, cursorOf } from './open-kind.ts';
import type { Reply } from './play-server.ts';
import { index, list, many, page, playSite } from './video-sitemap-site.ts';

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

import { expect, test } from 'vitest';
import { createFeedKind } from '../../../electron/core/sources/feed/feed-kind.ts';
import { assetsOf, cursorOf, openKind, type OpenKind } from './open-kind.ts';
import { playServer, type PlayServer, type Reply } from './play-server.ts';

interface Item {
  readonly id: string;
  readonly title?: string;
  readonly inside?: string;
  readonly file?: string;
}

const feedPath = '/video.rss';

function rss(items: readonly Item[], channel = ''): string {
  const listed = items.map(
    ({ id, title = `Convoy ${id}`, inside = '', file = `/${id}.mp4` }) =>
      `<item><guid isPermaLink="false">${id}</guid><title>${title}</title>${inside}<enclosure url="${file}" type="video/mp4"/></item>`,
  );
  return `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dcterms="http://purl.org/dc/terms/"
    xmlns:fh="http://purl.org/syndication/history/1.0" xmlns:media="http://search.yahoo.com/mrss/"
    ><channel><title>River desk</title>${channel}${listed.join('')}</channel></rss>`;
}

function numbered(from: number, to: number): Item[] {
  return Array.from({ length: to - from + 1 }, (_, n) => ({ id: `r${from + n}` }));
}

/** A server of pages that a test may change. */
async function served(
  pages: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<{ server: PlayServer; pages: Record<string, string>; kind: OpenKind }> {
  const server = await playServer(({ path, query }): Reply | null => {
    const page = query.get('page');
    const body = pages[page === null ? path : `${path}?page=${page}`];
    const contentType = body?.includes('<html') ? 'text/html' : 'application/rss+xml';
    return body === undefined ? null : { contentType, body, headers };
  });
  return { server, pages, kind: openKind(createFeedKind(), server.url + feedPath) };
}

/** Pages of three items, each leading to the next. */
function inPages(items: readonly Item[]): Record<string, string> {
  const count = Math.ceil(items.length / 3);
  return Object.fromEntries(
    Array.from({ length: count }, (_, n) => [
      n === 0 ? feedPath : `${feedPath}?page=${n + 1}`,
      rss(
        items.slice(n * 3, n * 3 + 3),
        n + 1 < count ? `<atom:link rel="next" href="${feedPath}?page=${n + 2}"/>` : '',
      ),
    ]),
  );
}

const ids = (pages: Parameters<typeof assetsOf>[0]): string[] => [...assetsOf(pages).keys()];

test('a feed in pages is read to its end, and what is unchanged costs one question without a body', async () => {
  const { server, kind } = await served(inPages(numbered(1, 8)));
  const first = await kind.read(null);
  expect(first.map(({ ends }) => ends)).toEqual(['more', 'more', 'changes']);
  expect(ids(first)).toEqual(numbered(1, 8).map(({ id }) => id));
  const { bodies } = server;
  const asked = server.asked.length;
  const again = await kind.read(cursorOf(first));
  expect(again).toMatchObject([{ assets: [], ends: 'changes', cursor: cursorOf(first) }]);
  // Opening a source in this test describes it first, which asks once without being remembered.
  expect(server.asked.length - asked).toBe(1);
  expect(server.bodies).toBe(bodies);
});

test('a server that marks nothing is known to be unchanged by what it answers', async () => {
  const { kind } = await served({ [feedPath]: rss(numbered(1, 2)) }, { etag: '' });
  const first = await kind.read(null);
  expect(await kind.read(cursorOf(first))).toMatchObject([{ assets: [], ends: 'changes' }]);
});

test('a later run reads on until a whole page is known, and remembers those behind it', async () => {
  const played = await served(inPages(numbered(1, 12)));
  const { server, kind, pages } = played;
  let cursor = cursorOf(await kind.read(null));
  Object.assign(pages, inPages([{ id: 'n1' }, ...numbered(1, 12)]));
  const before = server.bodies;
  const second = await kind.read(cursor);
  // n1 pushed one item onto the second page, which is known already.
  expect(ids(second)).toEqual(['n1', 'r1', 'r2', 'r3', 'r4', 'r5']);
  expect(server.bodies - before).toBe(2);
  cursor = cursorOf(second);
  const changed = numbered(1, 12).map((item) => (item.id === 'r4' ? { ...item, title: 'Corrected' } : item));
  Object.assign(pages, inPages([{ id: 'n2' }, { id: 'n1' }, ...changed]));
  const third = await kind.read(cursor);
  expect(assetsOf(third).get('r4')?.title).toBe('Corrected');
  expect(third.length).toBe(3);
});

test('once a week all pages are read again, for what changed far behind the first known one', async () => {
  const { kind, pages } = await served(inPages(numbered(1, 9)));
  const cursor = cursorOf(await kind.read(null));
  const changed = numbered(1, 9).map((item) => (item.id === 'r9' ? { ...item, title: 'Corrected' } : item));
  Object.assign(pages, inPages([{ id: 'n1' }, ...changed]));
  const soon = await kind.read(cursor);
  expect(assetsOf(soon).has('r9')).toBe(false);
  Object.assign(pages, inPages([{ id: 'n2' }, { id: 'n1' }, ...changed]));
  kind.nowMs += 8 * 24 * 3_600_000;
  expect(assetsOf(await kind.read(cursorOf(soon))).get('r9')?.title).toBe('Corrected');
});

test('a run that was cut at any page goes on there, and the next one finds nothing new', async () => {
  for (const at of [1, 2, 3]) {
    const { kind } = await served(inPages(numbered(1, 10)));
    const begun = await kind.read(null, at);
    const rest = await kind.read(cursorOf(begun));
    expect(ids([...begun, ...rest])).toEqual(numbered(1, 10).map(({ id }) => id));
    expect(await kind.read(cursorOf(rest))).toMatchObject([{ assets: [], ends: 'changes' }]);
  }
});

test('a page to go on at that is gone is a conflict, a page that is led to and not there a source that is out of order', async () => {
  const { kind, pages } = await served(inPages(numbered(1, 9)));
  const begun = await kind.read(null, 1);
  delete pages[`${feedPath}?page=2`];
  await expect(kind.read(cursorOf(begun))).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(kind.read(null)).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
});

test('a list that leads in a circle or on to nothing ends', async () => {
  const next = (page: number): string => `<atom:link rel="next" href="${feedPath}?page=${page}"/>`;
  const circle = await served({
    [feedPath]: rss(numbered(1, 2), next(2)),
    [`${feedPath}?page=2`]: rss(numbered(3, 4), next(3)),
    [`${feedPath}?page=3`]: rss(numbered(5, 6), next(2)),
  });
  expect((await circle.kind.read(null)).length).toBe(3);
  const nothing = await served({
    [feedPath]: rss(numbered(1, 2), next(2)),
    [`${feedPath}?page=2`]: rss([], next(3)),
  });
  expect((await nothing.kind.read(null)).map(({ ends }) => ends)).toEqual(['more', 'changes']);
});

test('archives are followed backwards', async () => {
  const { kind } = await served({
    [feedPath]: rss(numbered(3, 4), `<atom:link rel="prev-archive" href="/2025-08.rss"/>`),
    '/2025-08.rss': rss(numbered(1, 2), `<fh:archive/><atom:link rel="next-archive" href="/2025-09.rss"/>`),
  });
  expect(ids(await kind.read(null))).toEqual(['r3', 'r4', 'r1', 'r2']);
});

test('falling out of the window says nothing, unless the feed says that it is complete', async () => {
  const { kind, pages } = await served({ [feedPath]: rss(numbered(1, 3)) });
  const cursor = cursorOf(await kind.read(null));
  pages[feedPath] = rss(numbered(1, 2));
  expect((await kind.read(cursor)).at(-1)?.ends).toBe('changes');
  pages[feedPath] = rss(numbered(1, 2), '<fh:complete/>');
  expect((await kind.read(cursor)).at(-1)?.ends).toBe('everything');
  pages[feedPath] = rss(numbered(1, 2), '<fh:complete/><item><guid>text</guid><title>No film</title></item>');
  expect((await kind.read(cursor)).at(-1)?.ends).toBe('changes');
});

test('what is embargoed is read again when the embargo is over, though the feed has not changed', async () => {
  const inside = '<dcterms:valid>start=2025-11-21T10:00Z</dcterms:valid>';
  const { kind } = await served({ [feedPath]: rss([{ id: 'r1', inside }]) });
  const first = await kind.read(null);
  expect(first[0]?.assets[0]?.status).toBe('embargoed');
  expect((await kind.read(cursorOf(first)))[0]?.assets).toEqual([]);
  kind.nowMs = Date.UTC(2025, 10, 21, 10, 1);
  const later = await kind.read(cursorOf(first));
  expect(later[0]?.assets[0]?.status).toBe('usable');
  expect((await kind.read(cursorOf(later)))[0]?.assets).toEqual([]);
});

test('what is no longer a feed throws, with what came back, and leaves the cursor as it was', async () => {
  const { kind, pages } = await served({ [feedPath]: rss(numbered(1, 3)) });
  const source = await kind.open();
  const cursor = cursorOf(await kind.read(null));
  const read = async (): Promise<unknown> => {
    for await (const page of source.changedSince(cursor, new AbortController().signal)) return page;
    return null;
  };
  pages[feedPath] = '<html><body>Please sign in</body></html>';
  await expect(read()).rejects.toMatchObject({
    code: 'SOURCE_CHANGED',
    facts: { detail: expect.stringContaining('Please sign in') },
  });
  pages[feedPath] = rss(numbered(1, 3)).slice(0, -40);
  await expect(read()).rejects.toMatchObject({ code: 'SOURCE_CHANGED' });
  pages[feedPath] = '';
  await expect(read()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  pages[feedPath] = '{"errors":["quota"]}';
  await expect(read()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  delete pages[feedPath];
  await expect(read()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
});

test('a cursor of another version begins anew', async () => {
  const { kind } = await served({ [feedPath]: rss(numbered(1, 2)) });
  expect(ids(await kind.read('{"v":0}'))).toEqual(['r1', 'r2']);
  expect(ids(await kind.read('nonsense'))).toEqual(['r1', 'r2']);
});

test('says in a sentence what is there, an empty feed and one of articles too', async () => {
  const { kind, server, pages } = await served({ [feedPath]: rss(numbered(1, 3)) });
  const how = async (body: string): Promise<string | undefined> => {
    pages[feedPath] = body;
    return (await openKind(createFeedKind(), server.url + feedPath).describe())?.how;
  };
  const text = '<item><guid>t</guid><title>Text</title></item>';
  expect(await kind.describe()).toMatchObject({
    name: 'River desk',
    how: 'An RSS feed with 3 entries, all of them with video.',
  });
  expect(await how(rss([{ id: 'r1', inside: '<media:rating>nonadult</media:rating>' }], text))).toBe(
    'A Media RSS feed with 2 entries, 1 of them with video, 1 left out because it has none.',
  );
  expect(await how(rss([], text))).toBe(
    'An RSS feed with 1 entry, none of them with video, 1 left out because it has none.',
  );
  expect(await how(rss([]))).toBe('An RSS feed that lists nothing yet.');
  expect(await how('<urlset/>')).toBeUndefined();
  await expect(how(rss([]).slice(0, -9))).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
});

test('a page leads on to the first of its feeds that has video', async () => {
  const { server } = await served({
    '/': `<!doctype html><html><head><base href="/feeds/"><link rel="stylesheet" href="x.css">
      <link rel="alternate" type="application/rss+xml" href="news.rss"><link rel="alternate" type="application/atom+xml" href="gone.xml">
      <link rel="alternate nofollow" type="application/rss+xml; charset=utf-8" href="video.rss"></head><body></body></html>`,
    '/feeds/news.rss': rss([], '<item><guid>t</guid><title>Text</title></item>'),
    '/feeds/video.rss': rss(numbered(1, 2)),
    '/plain':
      '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/feeds/news.rss"></head></html>',
  });
  expect(await openKind(createFeedKind(), `${server.url}/`).describe()).toMatchObject({
    url: `${server.url}/feeds/video.rss`,
    how: 'The page leads on to an RSS feed with 2 entries, all of them with video.',
  });
  expect(await openKind(createFeedKind(), `${server.url}/plain`).describe()).toBeNull();
});

test('a plain address is as fresh as ever; a signed one is asked for again, by its item', async () => {
  const { kind, pages, server } = await served({
    [feedPath]: rss([{ id: 'r1', file: '/r1.mp4?Signature=old&amp;Expires=1' }, { id: 'r2' }]),
  });
  const { signal } = new AbortController();
  const source = await kind.open();
  const [first, second] = [...assetsOf(await kind.read(null)).values()].map((asset) => ({
    externalId: asset.renditions[0]?.externalId ?? '',
    assetExternalId: asset.externalId,
    address: asset.renditions[0]?.address ?? null,
  }));
  if (!first || !second) throw new Error('There are two.');
  // What is another at every reading is no fact about the item.
  expect(first.address).toBeNull();
  const asked = server.asked.length;
  expect(await source.renew(second, signal)).toMatchObject({ url: `${server.url}/r2.mp4` });
  expect(server.asked.length).toBe(asked);
  pages[feedPath] = rss([{ id: 'r1', file: '/r1.mp4?Signature=new&amp;Expires=2' }]);
  const fresh = `${server.url}/r1.mp4?Signature=new&Expires=2`;
  expect(await source.renew(first, signal)).toMatchObject({ url: fresh, fileName: 'r1.mp4' });
  expect(await source.renew({ ...first, assetExternalId: null, address: null }, signal)).toMatchObject({
    url: fresh,
  });
  pages[feedPath] = rss([{ id: 'r1', inside: '<media:status state="deleted"/>' }]);
  await expect(source.renew(first, signal)).rejects.toMatchObject({ code: 'WITHDRAWN' });
  pages[feedPath] = rss([{ id: 'r1', inside: '<media:status state="blocked"/>' }]);
  await expect(source.renew(first, signal)).rejects.toMatchObject({ code: 'NOT_RELEASED' });
  pages[feedPath] = rss([{ id: 'r1', file: '/other.mp4' }]);
  await expect(source.renew(first, signal)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  pages[feedPath] = rss(numbered(8, 9));
  await expect(source.renew(first, signal)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('signatures that are new at every reading change no item', async () => {
  const signed = (n: number): string => rss([{ id: 'r1', file: `/r1.mp4?Signature=${n}&amp;Expires=${n}` }]);
  const { kind, pages } = await served({ [feedPath]: signed(1) });
  const first = await kind.read(null);
  pages[feedPath] = signed(2);
  const second = await kind.read(cursorOf(first));
  expect(second[0]?.assets).toEqual(first[0]?.assets);
});

test('a feed that has moved for good is asked at its new address', async () => {
  const server = await playServer(({ path }) =>
    path === '/old.rss'
      ? { status: 301, contentType: 'text/plain', body: '', headers: { location: '/new.rss' } }
      : { contentType: 'application/rss+xml', body: rss(numbered(1, 2)) },
  );
  expect((await openKind(createFeedKind(), `${server.url}/old.rss`).describe())?.url).toBe(
    `${server.url}/new.rss`,
  );
});

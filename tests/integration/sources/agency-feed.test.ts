import { expect, test } from 'vitest';
import { createAgencyFeedKind } from '../../../electron/core/sources/agency/agency-feed-kind.ts';
import type { PlayedItem } from './kind-rig.ts';
import { assetsOf, cursorOf, openKind } from './open-kind.ts';
import { playServer, type Reply } from './play-server.ts';
import { changed, someItems } from './played-items.ts';
import { newsItem, newsMessage, ninjsItem, ninjsPage } from './rigs/agency-feed-rig.ts';

const json = (value: unknown): Reply => ({ contentType: 'application/json', body: JSON.stringify(value) });

async function playNinjs(count: number, pageSize = 4) {
  const played: { items: readonly PlayedItem[]; pageSize: number } = { items: someItems(count), pageSize };
  const server = await playServer((asked, base) => ninjsPage(played, asked, base));
  return { played, server, opened: openKind(createAgencyFeedKind(), `${server.url}/items`) };
}

/** Serves what `told` says at one address. */
async function playOne(told: { body: unknown }) {
  const server = await playServer(({ path }) => (path === '/feed' ? json(told.body) : null));
  return { server, opened: openKind(createAgencyFeedKind(), `${server.url}/feed`) };
}

test('a ninjs feed and a NewsML-G2 message say what they are and how much of it is video', async () => {
  const { opened, server } = await playNinjs(3);
  expect(await opened.describe()).toEqual({
    name: new URL(server.url).host,
    url: `${server.url}/items`,
    instanceId: null,
    how: 'A ninjs feed of a news agency that has 3 items, 3 of them video.',
  });
  const newsMl = await playServer((_asked, base) => ({
    contentType: 'text/plain',
    body: newsMessage(someItems(2), base),
  }));
  expect(await openKind(createAgencyFeedKind(), newsMl.url).describe()).toMatchObject({
    name: 'agency.example',
    how: 'A NewsML-G2 document of a news agency that has 2 items, 2 of them video.',
  });
});

test('an empty feed in an agency frame is one, and an empty list that could be anything is none', async () => {
  const { opened } = await playOne({ body: { _items: [], _links: {} } });
  expect((await opened.describe())?.how).toBe('A ninjs feed of a news agency that lists nothing yet.');
  for (const body of [
    { items: [] },
    [],
    { version: 'https://jsonfeed.org/version/1.1', items: [{ id: 'a' }] },
  ]) {
    expect(await (await playOne({ body })).opened.describe()).toBeNull();
  }
});

test('pages are followed by their links, and an unchanged feed is asked with one request', async () => {
  const { played, server, opened } = await playNinjs(11);
  // One item was changed long after it was made: so the list is seen to be sorted by change.
  played.items = played.items.map((item, n) => (n === 5 ? changed(item, {}) : item));
  const pages = await opened.read(null);
  expect(pages.map(({ assets, ends }) => [assets.length, ends])).toEqual([
    [4, 'more'],
    [4, 'more'],
    [3, 'changes'],
  ]);
  const [asked, bodies] = [server.asked.length, server.bodies];
  const again = await opened.read(cursorOf(pages));
  expect(again).toMatchObject([{ assets: [], ends: 'changes' }]);
  // One of the questions is that of `describe`.
  expect(server.asked.length - asked).toBe(1);
  expect(server.bodies - bodies).toBe(0);
});

test('where the order of a list proves nothing, every page is asked whether it has changed', async () => {
  const { played, server, opened } = await playNinjs(11);
  const pages = await opened.read(null);
  const asked = server.asked.length;
  const again = await opened.read(cursorOf(pages));
  expect(assetsOf(again).size).toBe(0);
  expect(server.asked.length - asked).toBe(3);
  const last = played.items.toSorted((a, b) => a.changedAtMs - b.changedAtMs)[0];
  played.items = played.items.map((item) =>
    item === last ? { ...item, version: 2, withdrawn: true } : item,
  );
  const killed = assetsOf(await opened.read(cursorOf(again)));
  expect(killed.get(`urn:newsml:agency.example:${last?.id}`)?.status).toBe('withdrawn');
});

test('a run that was cut short goes on behind the last page it told', async () => {
  const { server, opened } = await playNinjs(11);
  const start = await opened.read(null, 2);
  const asked = server.asked.length;
  const rest = await opened.read(cursorOf(start));
  expect(rest.map(({ assets, ends }) => [assets.length, ends])).toEqual([[3, 'changes']]);
  expect(server.asked[asked]?.query.get('page')).toBe('3');
  expect(assetsOf([...start, ...rest]).size).toBe(11);
});

test('a page to go on at that is gone begins the run anew, and a feed that is gone is not empty', async () => {
  let isGone = false;
  const played = { items: someItems(11), pageSize: 4 };
  const server = await playServer((asked, base) =>
    isGone && asked.query.has('page') ? null : ninjsPage(played, asked, base),
  );
  const opened = openKind(createAgencyFeedKind(), `${server.url}/items`);
  const start = await opened.read(null, 1);
  isGone = true;
  await expect(opened.read(cursorOf(start))).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(opened.read(null)).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
});

test('an answer in another shape, an error with status 200 and half a document each say what they are', async () => {
  const told: { body: unknown } = { body: { _items: [] } };
  const { server, opened } = await playOne(told);
  const source = await opened.open();
  const first = async () => {
    for await (const page of source.changedSince(null, new AbortController().signal)) return page;
    return null;
  };
  told.body = { errors: ['over the limit'] };
  await expect(first()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  told.body = { films: [] };
  await expect(first()).rejects.toMatchObject({ code: 'SOURCE_CHANGED' });
  server.wrong = () => 'html';
  await expect(first()).rejects.toMatchObject({
    code: 'SOURCE_CHANGED',
    facts: { detail: expect.stringMatching(/^status 200 · text\/html · .*sign in/i) },
  });
  server.wrong = () => 'cut';
  await expect(first()).rejects.toMatchObject({ code: 'SOURCE_CHANGED' });
  server.wrong = () => 'empty';
  await expect(first()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
});

test('an embargo that has ended is told although the feed has not changed since', async () => {
  const [item] = someItems(1);
  if (!item) throw new Error('There is one.');
  const body = { ...ninjsItem(item, 'https://files.example'), embargoed: '2025-11-21T06:00:00Z' };
  const { opened } = await playOne({ body: [body] });
  const pages = await opened.read(null);
  expect([...assetsOf(pages).values()]).toMatchObject([{ status: 'embargoed' }]);
  opened.nowMs = Date.UTC(2025, 10, 21, 5);
  const early = await opened.read(cursorOf(pages));
  expect(assetsOf(early).size).toBe(0);
  opened.nowMs = Date.UTC(2025, 10, 21, 7);
  const late = await opened.read(cursorOf(early));
  expect([...assetsOf(late).values()]).toMatchObject([{ status: 'usable' }]);
});

test('a list whose last page leads back to a page before it ends there', async () => {
  const server = await playServer(({ path, query }, base) =>
    path === '/loop'
      ? json({
          items: [ninjsItem({ ...someItems(1)[0]!, id: `i${query.get('page') ?? 1}` }, base)],
          hrefs: { next: `${base}/loop?page=${query.get('page') === '2' ? 1 : 2}` },
        })
      : null,
  );
  const pages = await openKind(createAgencyFeedKind(), `${server.url}/loop?page=1`).read(null);
  expect(pages.map(({ ends }) => ends)).toEqual(['more', 'changes']);
});

test('the key goes as the header it names or as a bearer token, to the feed alone', async () => {
  const server = await playServer(({ headers }, base) =>
    headers['x-api-key'] === 'abc' || headers.authorization === 'Bearer abc'
      ? json({ _items: [ninjsItem(someItems(1)[0]!, base)] })
      : { status: 401, contentType: 'text/plain', body: 'No key.' },
  );
  const address = `${server.url}/feed`;
  await expect(openKind(createAgencyFeedKind(), address).describe()).rejects.toMatchObject({
    code: 'KEY_NEEDED',
  });
  for (const key of ['X-Api-Key: abc', 'abc']) {
    const opened = openKind(createAgencyFeedKind(), address, key);
    const [page] = await opened.read(null);
    const [rendition] = page?.assets[0]?.renditions ?? [];
    const source = await opened.open();
    const ask = (link: string | null) =>
      source.renew(
        { externalId: rendition?.externalId ?? '', assetExternalId: null, address: link },
        new AbortController().signal,
      );
    expect(Object.keys((await ask(rendition?.address ?? null)).headers ?? {})).toHaveLength(1);
    expect((await ask('https://elsewhere.example/a.mp4')).headers).toEqual({});
  }
});

test('an address with a signature is asked for anew, and what the agency has withdrawn is not given', async () => {
  const item = ninjsItem(someItems(1)[0]!, 'https://files.example');
  const told = {
    body: [{ ...item, renditions: [{ name: 'broadcast', href: 'https://f.example/a.mp4?sig=1' }] }],
  };
  const { opened } = await playOne(told);
  const [page] = await opened.read(null);
  const [asset] = page?.assets ?? [];
  const [rendition] = asset?.renditions ?? [];
  expect(rendition?.externalId).toBe(`${asset?.externalId}#broadcast`);
  const source = await opened.open();
  const renew = () =>
    source.renew(
      {
        externalId: rendition?.externalId ?? '',
        assetExternalId: asset?.externalId ?? '',
        address: rendition?.address ?? null,
      },
      new AbortController().signal,
    );
  told.body = [{ ...item, renditions: [{ name: 'broadcast', href: 'https://f.example/a.mp4?sig=2' }] }];
  expect((await renew()).url).toBe('https://f.example/a.mp4?sig=2');
  told.body = [{ ...item, renditions: [] }];
  await expect(renew()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  told.body = [{ ...item, renditions: [], pubstatus: 'canceled' } as never];
  await expect(renew()).rejects.toMatchObject({ code: 'WITHDRAWN' });
});

test('a package leads to its videos elsewhere, and one that is gone is a failure with its address', async () => {
  const [item] = someItems(1);
  if (!item) throw new Error('There is one.');
  const reference = (name: string, kind: string) =>
    `<itemRef residref="urn:x:${name}" href="items/${name}.xml"><itemClass qcode="ninat:${kind}"/></itemRef>`;
  const server = await playServer(({ path }, base) => {
    const xml = (body: string): Reply => ({ contentType: 'application/xml', body });
    if (path === '/items/video.xml') return xml(newsItem(item, base, true));
    if (path !== '/package.xml') return null;
    return xml(`<packageItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:p"><groupSet root="g">
      <group id="g">${reference('video', 'video')}${reference('text', 'text')}${reference('gone', 'video')}</group>
    </groupSet></packageItem>`);
  });
  const opened = openKind(createAgencyFeedKind(), `${server.url}/package.xml`);
  const pages = await opened.read(null);
  expect([...assetsOf(pages).values()]).toMatchObject([{ title: item.title }]);
  expect(pages[0]?.failures).toMatchObject([{ where: `${server.url}/items/gone.xml` }]);
  expect(server.asked.map(({ path }) => path)).not.toContain('/items/text.xml');
});

import { expect, test } from 'vitest';
import { createDvidsKind } from '../../../electron/core/sources/dvids/dvids-kind.ts';
import type { PlayedItem } from './kind-rig.ts';
import { assetsOf, cursorOf, openKind } from './open-kind.ts';
import { playServer, type Asked, type Reply } from './play-server.ts';
import { anItem, changed, someItems } from './played-items.ts';
import { dvidsRig, replyOfDvids } from './rigs/dvids-rig.ts';

const { signal } = new AbortController();

async function playDvids(count: number, instead: (asked: Asked) => Reply | null = () => null) {
  const played: { items: readonly PlayedItem[]; pageSize: number; depth?: number } = {
    items: someItems(count),
    pageSize: 4,
  };
  const server = await playServer((asked, base) => instead(asked) ?? replyOfDvids(played, asked, base));
  const at = (path: string, key = dvidsRig.key) => openKind(createDvidsKind(), server.url + path, key);
  return { played, server, at, opened: at('/unit/Natochannel') };
}

const json = (value: unknown, status = 200): Reply => ({
  status,
  contentType: 'application/json',
  body: JSON.stringify(value),
});

test('a channel is described by what the API says to the key, which is nowhere in what is remembered', async () => {
  const { opened, server } = await playDvids(7);
  const found = await opened.describe();
  expect(found).toEqual({
    name: 'DVIDS: Natochannel',
    url: `${server.url}/unit/Natochannel`,
    instanceId: null,
    how: 'The DVIDS channel "Natochannel" with 7 videos, read through the DVIDS API with your key.',
    settings: { unit: 'Natochannel', base: server.url },
  });
  expect(JSON.stringify(found)).not.toContain(dvidsRig.key);
});

test('without a key DVIDS says that it needs one before it is asked, and a stranger is asked nothing', async () => {
  const { server, at } = await playDvids(1);
  expect(await at('/unit/Natochannel', null).describe()).toBeNull();
  expect(server.asked).toEqual([]);
  for (const url of [
    'https://www.dvidshub.net/unit/Natochannel',
    'https://api.dvidshub.net/search?unit=x&api_key=y',
  ]) {
    const official = openKind(createDvidsKind(), url);
    await expect(official.describe()).rejects.toMatchObject({
      code: 'KEY_NEEDED',
      facts: { hint: expect.stringContaining('api.dvidshub.net') as string },
    });
    expect(official.ask.asked()).toBe(0);
  }
  expect(await openKind(createDvidsKind(), 'https://www.dvidshub.net/rss/unit/12').describe()).toBeNull();
});

test('a refused key is told as such, in a 200 and in a 403, and never repeated', async () => {
  const { at } = await playDvids(1);
  const wrong = 'key-wrong-but-secret';
  for (const [body, status] of [
    [{ errors: ['Unauthorized - Provided API key is not authorized'] }, 200],
    [{ errors: [`The key ${wrong} is not known`] }, 403],
  ] as const) {
    const server = await playServer(() => json(body, status));
    const error: unknown = await openKind(createDvidsKind(), `${server.url}/unit/x`, wrong)
      .describe()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'KEY_NEEDED' });
    expect(JSON.stringify(error) + String(error)).not.toContain(wrong);
  }
  await expect(at('/unit/x', wrong).describe()).rejects.toMatchObject({ code: 'KEY_NEEDED' });
});

test('the first run reads every asset, the next one asks for changes and is done', async () => {
  const { opened, server } = await playDvids(11);
  const pages = await opened.read(null);
  expect(pages.map(({ assets, ends, total }) => [assets.length, ends, total])).toEqual([
    [4, 'more', 11],
    [4, 'more', 11],
    [3, 'everything', 11],
  ]);
  expect(cursorOf(pages)).not.toContain(dvidsRig.key);
  const source = await opened.open();
  const before = [server.asked.length, server.bodies];
  const again = [];
  for await (const page of source.changedSince(cursorOf(pages), signal)) again.push(page);
  expect(again).toMatchObject([{ assets: [], ends: 'changes' }]);
  expect(server.asked.length - (before[0] ?? 0)).toBe(1);
});

test('only new and changed assets are asked for', async () => {
  const { opened, played, server } = await playDvids(11);
  const cursor = cursorOf(await opened.read(null));
  played.items = [
    ...played.items.map((item, n) => (n === 4 ? changed(item, { title: 'Corrected' }) : item)),
    changed(anItem(40), {}),
  ];
  const before = server.asked.length;
  const pages = await opened.read(cursor);
  expect(assetsOf(pages).size).toBe(2);
  expect(server.asked.slice(before).filter(({ path }) => path === '/asset')).toHaveLength(2);
  expect(pages.at(-1)?.ends).toBe('changes');
});

test(
  'a channel deeper than a search shows is read whole, killed at any page or not',
  { timeout: 30_000 },
  async () => {
    const { played, opened } = await playDvids(0);
    played.pageSize = 50;
    played.items = Array.from({ length: 1130 }, (_, n) => {
      const item = anItem(n + 1);
      return { ...item, publishedDay: `20${10 + (n % 15)}-0${1 + (n % 9)}-${10 + (n % 18)}` };
    });
    const seen = new Set<string>();
    let cursor: string | null = null;
    for (let n = 0; n < 200; n++) {
      const [page] = await opened.read(cursor, 1);
      if (!page) throw new Error('There is a page.');
      for (const { externalId } of page.assets) seen.add(externalId);
      cursor = page.cursor;
      if (page.ends !== 'more') break;
    }
    expect(seen.size).toBe(1130);
  },
);

test('an unpublished asset is withdrawn, also where the 403 comes with the news of it', async () => {
  const { opened, played } = await playDvids(6);
  const cursor = cursorOf(await opened.read(null));
  played.items = played.items.map((item, n) => (n === 1 ? changed(item, { withdrawn: true }) : item));
  expect([...assetsOf(await opened.read(cursor)).values()]).toMatchObject([
    { externalId: 'video:990002', status: 'withdrawn', statusReason: 'DVIDS has unpublished it.' },
  ]);
});

test('a key that is refused in the middle of a run withdraws nothing', async () => {
  let refused: readonly string[] = [];
  const { opened, played } = await playDvids(6, ({ path, query }) =>
    // The search that brought the news is still answered; the assets and the search behind them are not.
    refused.includes(path) && query.get('sort') === null ? json({ errors: ['Unauthorized'] }, 403) : null,
  );
  const cursor = cursorOf(await opened.read(null));
  played.items = played.items.map((item) => changed(item, {}));
  const source = await opened.open();
  refused = ['/asset', '/search'];
  const read = (async () => {
    for await (const page of source.changedSince(cursor, signal)) expect(page.assets).toEqual([]);
  })();
  await expect(read).rejects.toMatchObject({ code: 'KEY_NEEDED' });
});

test('an error in a 200, an empty answer and another form are never an empty channel', async () => {
  let broken: Reply | null = null;
  const { opened } = await playDvids(3, () => broken);
  const source = await opened.open();
  for (const [reply, code] of [
    [json({ errors: ['Search is temporarily unavailable'] }), 'SOURCE_UNAVAILABLE'],
    [json({ results: [] }), 'SOURCE_CHANGED'],
    [{ contentType: 'application/json', body: '' }, 'SOURCE_UNAVAILABLE'],
    [{ contentType: 'text/html', body: '<!doctype html><h1>Maintenance</h1>' }, 'SOURCE_CHANGED'],
    [{ status: 202, contentType: 'text/plain', body: '' }, 'SOURCE_UNAVAILABLE'],
  ] as const) {
    broken = reply;
    const read = (async () => {
      for await (const page of source.changedSince(null, signal)) void page;
    })();
    await expect(read).rejects.toMatchObject({ code, facts: { detail: expect.any(String) as string } });
  }
});

test('one asset that tells nothing costs itself and not its page', async () => {
  const { opened } = await playDvids(3, ({ path, query }) =>
    path === '/asset' && query.get('id') === 'video:990002' ? json({ results: [] }) : null,
  );
  const pages = await opened.read(null);
  expect(assetsOf(pages).size).toBe(2);
  expect(pages.flatMap(({ failures }) => failures)).toEqual([
    { where: 'video:990002', why: 'DVIDS tells nothing of it.' },
  ]);
});

test('a file is given at its address of now; one of an unpublished asset is withdrawn', async () => {
  const { opened, played, server } = await playDvids(2);
  const source = await opened.open();
  const ref = { externalId: 'video:990001/DOD_990001.mp4', assetExternalId: null, address: null };
  expect(await source.renew(ref, signal)).toMatchObject({
    url: `${server.url}/media/DOD_990001.mp4`,
    sizeBytes: 198_400_123,
    hash: null,
    fileName: 'DOD_990001.mp4',
  });
  await expect(source.renew({ ...ref, externalId: 'video:990001/b.mp4' }, signal)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  played.items = [];
  await expect(source.renew(ref, signal)).rejects.toMatchObject({ code: 'WITHDRAWN' });
});

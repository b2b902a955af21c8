import { expect, test } from 'vitest';
import { createInternetArchiveKind } from '../../../electron/core/sources/internet-archive/internet-archive-kind.ts';
import type { PlayedItem } from './kind-rig.ts';
import { assetsOf, cursorOf, openKind } from './open-kind.ts';
import { playServer } from './play-server.ts';
import { anItem, changed, someItems } from './played-items.ts';
import { replyOfArchive } from './rigs/internet-archive-rig.ts';

async function playArchive(count: number, pageSize = 4) {
  const played: { items: readonly PlayedItem[]; pageSize: number } = { items: someItems(count), pageSize };
  const server = await playServer((asked) => replyOfArchive(played, asked));
  const at = (path: string) => openKind(createInternetArchiveKind(), server.url + path);
  return { played, server, at, opened: at('/metadata/convoys') };
}

test('a collection, an item and a search are told apart, and what is none of them is left to others', async () => {
  const { at, opened, server } = await playArchive(3);
  expect(await opened.describe()).toMatchObject({
    name: 'Convoys',
    how: 'The Internet Archive\'s collection "Convoys" with 3 videos.',
    settings: { base: server.url, query: 'collection:"convoys"' },
  });
  expect((await at('/metadata/item-002').describe())?.how).toBe(
    'One item of the Internet Archive, "Convoy 2 crosses the river", with 1 video file.',
  );
  expect((await at('/services/search/v1/scrape?q=convoy').describe())?.how).toContain(
    'for convoy with 3 videos',
  );
  expect(await at('/metadata/unknown').describe()).toBeNull();
  expect(await at('/details/convoys').describe()).toBeNull();
});

test('an empty collection says that it lists nothing yet', async () => {
  const { opened } = await playArchive(0);
  expect((await opened.describe())?.how).toContain('that lists no video yet');
  expect(await opened.read(null)).toMatchObject([{ assets: [], ends: 'everything' }]);
});

test('the first run reads every item, the next one asks twice and reads none', async () => {
  const { opened, server } = await playArchive(11);
  const pages = await opened.read(null);
  expect(pages.map(({ assets, ends, total }) => [assets.length, ends, total])).toEqual([
    [4, 'more', 11],
    [4, 'more', 11],
    [3, 'everything', 11],
  ]);
  const cursor = cursorOf(pages);
  await opened.open();
  const before = server.asked.length;
  expect(await opened.read(cursor)).toMatchObject([{ assets: [], ends: 'changes' }]);
  const paths = server.asked.slice(before).map(({ path }) => path);
  expect(paths.filter((path) => path.startsWith('/metadata/item-'))).toEqual([]);
});

test('the next run asks for changes since a day before the last one that was read', async () => {
  const { opened, played, server } = await playArchive(11);
  const cursor = cursorOf(await opened.read(null));
  played.items = [
    ...played.items.map((item, n) => (n === 4 ? changed(item, { title: 'Corrected' }) : item)),
    changed(anItem(40), {}),
  ];
  expect([...assetsOf(await opened.read(cursor)).values()].map(({ title }) => title).toSorted()).toEqual([
    'Convoy 40 crosses the river',
    'Corrected',
  ]);
  const question = server.asked.findLast(({ query }) => query.get('q')?.includes('oai_updatedate'));
  expect(question?.query.get('q')).toMatch(
    /^\(collection:"convoys"\) AND mediatype:movies AND oai_updatedate:\[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ TO null\]$/,
  );
});

test('an item that was taken down is withdrawn; one that left the collection is not', async () => {
  const { opened, played } = await playArchive(6);
  const cursor = cursorOf(await opened.read(null));
  const [first, second] = played.items;
  played.items = played.items.map((item) => (item === first ? { ...item, withdrawn: true } : item));
  const pages = await opened.read(cursor);
  expect([...assetsOf(pages).values()].map(({ externalId, status }) => [externalId, status])).toEqual([
    [first?.id, 'withdrawn'],
  ]);
  // Listed no more, and still there.
  const kept = played.items;
  const moved = await playServer((asked) =>
    replyOfArchive(
      {
        items: asked.path.startsWith('/metadata/') ? kept : kept.filter((item) => item !== second),
        pageSize: 4,
      },
      asked,
    ),
  );
  const elsewhere = openKind(createInternetArchiveKind(), `${moved.url}/metadata/convoys`);
  const found = [...assetsOf(await elsewhere.read(cursorOf(pages))).values()];
  expect(found.map(({ externalId, status }) => [externalId, status])).toEqual([[second?.id, 'usable']]);
});

test('one item is a source too', async () => {
  const { at, played } = await playArchive(3);
  const opened = at('/metadata/item-002');
  const pages = await opened.read(null);
  expect(pages).toMatchObject([{ assets: [{ externalId: 'item-002' }], ends: 'everything' }]);
  played.items = played.items.map((item) => changed(item, { title: 'Corrected' }));
  expect(await opened.read(cursorOf(pages))).toMatchObject([
    { assets: [{ title: 'Corrected' }], ends: 'changes' },
  ]);
  played.items = played.items.map((item) => changed(item, { withdrawn: true }));
  const source = await (async () => {
    const ask = at('/metadata/convoys');
    return ask.open();
  })();
  await expect(
    source.renew(
      { externalId: 'item-002/item-002.mp4', assetExternalId: null, address: null },
      new AbortController().signal,
    ),
  ).rejects.toMatchObject({ code: 'WITHDRAWN' });
});

test('a file is promised with its size and hash, at an address of the Archive', async () => {
  const { opened, server } = await playArchive(2);
  const source = await opened.open();
  const ref = { externalId: 'item-001/item-001.mp4', assetExternalId: 'item-001', address: null };
  const { signal } = new AbortController();
  expect(await source.renew(ref, signal)).toMatchObject({
    url: `${server.url}/download/item-001/item-001.mp4`,
    sizeBytes: 73_400_320,
    hash: { kind: 'sha1', value: '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8' },
    expiresAtMs: null,
    fileName: 'item-001.mp4',
  });
  await expect(source.renew({ ...ref, externalId: 'item-001/b.mp4' }, signal)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('a cursor of the search that has run out begins the run anew, and any other refusal does not', async () => {
  const { played } = await playArchive(11);
  let refusal: { status: number; body: string } | null = null;
  const server = await playServer((asked) =>
    refusal && asked.query.has('cursor')
      ? { ...refusal, contentType: 'application/json' }
      : replyOfArchive(played, asked),
  );
  const opened = openKind(createInternetArchiveKind(), `${server.url}/metadata/convoys`);
  const cursor = cursorOf(await opened.read(null, 1));
  refusal = { status: 400, body: '{"error":"invalid or expired cursor"}' };
  await expect(opened.read(cursor)).rejects.toMatchObject({ code: 'CONFLICT' });
  refusal = { status: 200, body: '{"error":"The cursor is unknown.","errorType":"RangeException"}' };
  await expect(opened.read(cursor)).rejects.toMatchObject({ code: 'CONFLICT' });
  refusal = { status: 200, body: '{"error":"Elasticsearch is down"}' };
  await expect(opened.read(cursor)).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  refusal = { status: 200, body: '{"items":null}' };
  await expect(opened.read(cursor)).rejects.toMatchObject({ code: 'SOURCE_CHANGED' });
});

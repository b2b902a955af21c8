import { expect, test } from 'vitest';
import { createEcAvKind } from '../../../electron/core/sources/ec-av-portal/ec-av-kind.ts';
import type { PlayedItem } from './kind-rig.ts';
import { assetsOf, cursorOf, openKind } from './open-kind.ts';
import { playServer } from './play-server.ts';
import { anItem, changed, someItems } from './played-items.ts';
import { replyOfEc } from './rigs/ec-av-portal-rig.ts';

async function playEc(count: number, pageSize = 4) {
  const played: { items: readonly PlayedItem[]; pageSize: number } = { items: someItems(count), pageSize };
  const server = await playServer((asked, base) => replyOfEc(played, asked, base));
  return { played, server, opened: openKind(createEcAvKind(), `${server.url}/avsportal?type=VIDEO`) };
}

test('the API at another address is known by what it answers, and its search words are kept', async () => {
  const { server, opened } = await playEc(3);
  expect(await opened.describe()).toMatchObject({
    name: 'EC Audiovisual',
    instanceId: null,
    how: 'The audiovisual portal of the European Commission, with 3 videos.',
    settings: { api: `${server.url}/avsportal` },
  });
  const search = openKind(createEcAvKind(), `${server.url}/avsportal?kwgg=grain+deal`);
  expect(await search.describe()).toMatchObject({
    name: 'EC Audiovisual: grain deal',
    settings: { kwgg: 'grain deal' },
  });
});

test('an address like it that answers in another form is left to other kinds', async () => {
  const server = await playServer(() => ({ contentType: 'application/json', body: '{"items":[]}' }));
  expect(await openKind(createEcAvKind(), `${server.url}/avsportal`).describe()).toBeNull();
  expect(await openKind(createEcAvKind(), `${server.url}/videos`).describe()).toBeNull();
});

test('the first run shows everything, the next one asks once and is told that nothing has changed', async () => {
  const { server, opened } = await playEc(11);
  const pages = await opened.read(null);
  expect(pages.map(({ assets, ends }) => [assets.length, ends])).toEqual([
    [4, 'more'],
    [4, 'more'],
    [3, 'everything'],
  ]);
  const [asked, bodies] = [server.asked.length, server.bodies];
  const again = await opened.read(cursorOf(pages));
  expect(again).toMatchObject([{ assets: [], ends: 'changes' }]);
  expect(server.asked.length - asked).toBeLessThanOrEqual(2);
  expect(server.bodies - bodies).toBeLessThanOrEqual(1);
});

test('a new item and a changed one are told, and no other', async () => {
  const { played, opened } = await playEc(11);
  const cursor = cursorOf(await opened.read(null));
  const newest = played.items.toSorted((a, b) => (a.publishedDay < b.publishedDay ? 1 : -1))[1];
  if (!newest) throw new Error('There is one.');
  played.items = [
    ...played.items.map((item) => (item === newest ? changed(item, { title: 'Corrected' }) : item)),
    { ...anItem(30), publishedDay: '2025-12-01' },
  ];
  const pages = await opened.read(cursor);
  expect([...assetsOf(pages).values()].map(({ title }) => title).toSorted()).toEqual([
    'Convoy 30 crosses the river',
    'Corrected',
  ]);
  expect(pages.at(-1)?.ends).toBe('changes');
});

test('a count that has fallen has everything read again, so that what is gone is known', async () => {
  const { played, opened } = await playEc(11);
  const cursor = cursorOf(await opened.read(null));
  played.items = played.items.slice(1);
  const pages = await opened.read(cursor);
  expect(pages.at(-1)?.ends).toBe('everything');
  expect(assetsOf(pages).size).toBe(10);
});

test('after a week everything is read again', async () => {
  const { opened } = await playEc(5);
  const cursor = cursorOf(await opened.read(null));
  opened.nowMs += 8 * 24 * 3_600_000;
  expect((await opened.read(cursor)).at(-1)?.ends).toBe('everything');
});

test('an item that goes while the list is read hides none of those behind it', async () => {
  const { played, opened } = await playEc(11);
  const [first] = await opened.read(null, 1);
  if (!first) throw new Error('There is a page.');
  const newest = played.items.toSorted((a, b) => (a.publishedDay < b.publishedDay ? 1 : -1))[0];
  played.items = played.items.filter((item) => item !== newest);
  const rest = await opened.read(first.cursor);
  expect(assetsOf([first, ...rest]).size).toBe(11);
  expect(rest.at(-1)?.ends).toBe('everything');
});

test('a portal that shows no more than a part says so, and nothing is taken for gone', async () => {
  const { played, server } = await playEc(11);
  const shallow = await playServer((asked, base) => {
    const deep = Number(asked.query.get('index')) > 8;
    const reply = replyOfEc(played, asked, base);
    return deep && reply
      ? { ...reply, body: JSON.stringify({ response: { numFound: 11, docs: [] } }) }
      : reply;
  });
  const pages = await openKind(createEcAvKind(), `${shallow.url}/avsportal`).read(null);
  expect(pages.at(-1)).toMatchObject({
    ends: 'changes',
    failures: [{ why: 'The portal shows 8 of its 11 videos.' }],
  });
  expect(server.asked).toEqual([]);
});

test('one odd document costs itself and not its page', async () => {
  const { played } = await playEc(3);
  const odd = await playServer((asked, base) => {
    const reply = replyOfEc(played, asked, base);
    return (
      reply && { ...reply, body: String(reply.body).replace(/"titles_json":\{[^}]*\}/, '"titles_json":null') }
    );
  });
  const pages = await openKind(createEcAvKind(), `${odd.url}/avsportal`).read(null);
  expect(assetsOf(pages).size).toBe(2);
  expect(pages.flatMap(({ failures }) => failures)).toHaveLength(1);
});

test.each([
  [
    'an error in a 200',
    '{"responseHeader":{"status":400},"error":{"msg":"undefined field"}}',
    'SOURCE_UNAVAILABLE',
  ],
  ['errors in a 200', '{"errors":["no index"]}', 'SOURCE_UNAVAILABLE'],
  ['nothing', '', 'SOURCE_UNAVAILABLE'],
  ['half an answer', '{"response":{"numFound":3,"docs":[{"ref":"I-1"', 'SOURCE_CHANGED'],
  ['another form', '{"items":[]}', 'SOURCE_CHANGED'],
])('%s is never an empty list', async (_what, body, code) => {
  const { played } = await playEc(3);
  let broken = false;
  const server = await playServer((asked, base) =>
    broken ? { contentType: 'application/json', body } : replyOfEc(played, asked, base),
  );
  const opened = openKind(createEcAvKind(), `${server.url}/avsportal`);
  const source = await opened.open();
  broken = true;
  const read = (async () => {
    for await (const page of source.changedSince(null, new AbortController().signal)) void page;
  })();
  await expect(read).rejects.toMatchObject({
    code,
    facts: { detail: expect.stringContaining('status 200') as string },
  });
});

test('a file is asked for anew, with the stamp of the day; one that is gone is said to be', async () => {
  const { played, server, opened } = await playEc(3);
  const [asset] = assetsOf(await opened.read(null)).values();
  const [file] = asset?.renditions ?? [];
  if (!asset || !file) throw new Error('There is a file.');
  const ref = { externalId: file.externalId, assetExternalId: asset.externalId, address: file.address };
  const { signal } = new AbortController();
  const source = await opened.open();
  played.items = played.items.map((item) => changed(item, {}));
  const link = await source.renew(ref, signal);
  expect(link.url).not.toBe(file.address);
  expect(link.url.startsWith(`${server.url}/findmedia/HD_I16300`)).toBe(true);
  await expect(
    source.renew({ ...ref, externalId: `${asset.externalId}/4:3/INT/LR` }, signal),
  ).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  played.items = [];
  await expect(source.renew(ref, signal)).rejects.toMatchObject({ code: 'WITHDRAWN' });
});

test('a cursor that cannot be read begins the run anew', async () => {
  const { opened } = await playEc(1);
  await expect(opened.read('{"at":"elsewhere"}')).rejects.toMatchObject({ code: 'CONFLICT' });
});

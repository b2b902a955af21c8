import { expect, test } from 'vitest';
import { createAccountPortalKind } from '../../../electron/core/sources/account-portal/portal-kind.ts';
import { anAsset, anEvent } from '../../support/builders.ts';
import { playPortal, sendError } from '../core/played-portal.ts';
import { addSource, codeOf, startCore, syncSummary } from '../core/test-core.ts';
import { assetsOf, cursorOf, openKind } from './open-kind.ts';

const ids = (count: number): string[] => Array.from({ length: count }, (_, n) => String(n + 1));
const { signal } = new AbortController();

test('events come first, then the assets page by page; the first reading shows everything, the next changes', async () => {
  const portal = await playPortal({
    assets: ids(5).map((id) => anAsset({ id })),
    events: [anEvent()],
    pageSize: 2,
  });
  const opened = openKind(createAccountPortalKind(), portal.url);
  const pages = await opened.read(null);
  expect(
    pages.map(({ assets, events = [], total, ends }) => [events.length, assets.length, total, ends]),
  ).toEqual([
    [1, 0, null, 'more'],
    [0, 2, 5, 'more'],
    [0, 2, 5, 'more'],
    [0, 1, 5, 'everything'],
  ]);
  expect(assetsOf(pages).size).toBe(5);
  const changes = await opened.read(cursorOf(pages));
  expect(changes.map(({ assets, ends }) => [assets.length, ends])).toEqual([
    [0, 'more'],
    [0, 'changes'],
  ]);
  expect(portal.asked.at(-1)?.query.get('changedSince')).toBe('since:5');
});

test('the mark of the changes is kept only when the listing that began with it is through', async () => {
  const portal = await playPortal({ assets: ids(4).map((id) => anAsset({ id })), pageSize: 2 });
  const opened = openKind(createAccountPortalKind(), portal.url);
  const cut = await opened.read(null, 2);
  const rest = await opened.read(cursorOf(cut));
  expect(rest.map(({ ends }) => ends)).toEqual(['everything']);
  expect([...assetsOf([...cut, ...rest]).keys()].toSorted()).toEqual(ids(4));
});

test.each(['', 'page:2', '{"since":1}', '["a","b","c"]', '[1,"assets",null]'])(
  'a place that it has not given is not known: %j',
  async (cursor) => {
    const portal = await playPortal({});
    expect(await codeOf(openKind(createAccountPortalKind(), portal.url).read(cursor))).toBe('CONFLICT');
  },
);

test('a mark that the portal has forgotten is told as such', async () => {
  const portal = await playPortal({ assets: [anAsset()] });
  const opened = openKind(createAccountPortalKind(), portal.url);
  const cursor = cursorOf(await opened.read(null));
  portal.answer = (asked, response) =>
    asked.query.get('changedSince') !== null && sendError(response, 400, 'CURSOR_INVALID');
  expect(await codeOf(opened.read(cursor))).toBe('CONFLICT');
});

test('what is told of an item is in the model, its dates with what is known of them', async () => {
  const portal = await playPortal({
    assets: [
      anAsset({
        id: '7',
        version: '9f2c',
        changedAtMs: Date.UTC(2025, 8, 10, 9),
        publishedAtMs: Date.UTC(2025, 8, 8, 23, 30),
        publishedDay: '2025-09-09',
        filmedFirstDay: '2025-09-01',
        filmedLastDay: '2025-09-03',
        embargoUntilMs: 5000,
        pageUrl: 'https://portal.example/video/7?utm_source=mail',
      }),
      anAsset({ id: '8', publishedDay: '2025-13-45', changedAtMs: 9e15, filmedFirstDay: '2025-09-01' }),
    ],
  });
  const assets = assetsOf(await openKind(createAccountPortalKind(), portal.url).read(null));
  // Published half past one in the night by the portal's own clock: its day, never that of another zone.
  expect(assets.get('7')?.dates).toMatchObject({
    filmed: { precision: 'day', firstDay: '2025-09-01', lastDay: '2025-09-03', atMs: null },
    event: null,
    published: { precision: 'moment', firstDay: '2025-09-09', atMs: Date.UTC(2025, 8, 8, 23, 30) },
    changed: { precision: 'moment', atMs: Date.UTC(2025, 8, 10, 9) },
  });
  expect(assets.get('7')).toMatchObject({ version: null, rights: { embargoUntilMs: 5000 } });
  expect(assets.get('7')?.aliases).toEqual([
    { scheme: 'page', value: 'https://portal.example/video/7' },
    { scheme: 'sha256', value: 'a'.repeat(64) },
  ]);
  expect(assets.get('8')?.dates).toMatchObject({
    filmed: { firstDay: '2025-09-01', lastDay: '2025-09-01' },
    published: null,
    changed: null,
  });
});

test('a file is not given out without an account, and a picture of another host is not fetched', async () => {
  const portal = await playPortal({ assets: [anAsset()] });
  const source = await openKind(createAccountPortalKind(), portal.url).open();
  const wanted = { externalId: '1-master', assetExternalId: '1', address: null };
  expect(await codeOf(source.renew(wanted, signal))).toBe('SIGN_IN_NEEDED');
  const elsewhere = portal.url.replace('127.0.0.1', 'localhost');
  expect(await codeOf(source.readPicture(`${elsewhere}/p.jpg`, signal))).toBe('ADDRESS_REFUSED');
  expect(await codeOf(source.readPicture('//pictures.example/p.jpg', signal))).toBe('ADDRESS_REFUSED');
});

test('an event that cannot be read costs itself, is told, and keeps nothing from being withdrawn', async () => {
  const odd = { ...anEvent(), id: 'summit', title: 5 } as unknown as ReturnType<typeof anEvent>;
  const portal = await playPortal({ assets: ids(3).map((id) => anAsset({ id })), events: [anEvent(), odd] });
  const core = await startCore();
  const sourceId = await addSource(core, portal.url);
  expect(await syncSummary(core, sourceId)).toMatchObject({
    added: 3,
    failed: 1,
    failures: [{ where: 'event summit', why: expect.stringContaining('title') }],
  });
  const [source] = (await core.client.sources.list()).sources;
  expect(source).toMatchObject({ state: 'ok', failedItems: 1 });
  // The portal has forgotten the mark, so that all of it is shown again, and one asset is not there any more.
  portal.assets = portal.assets.slice(0, 2);
  portal.answer = (asked, response) =>
    asked.query.get('changedSince') !== null && sendError(response, 400, 'CURSOR_INVALID');
  expect(await syncSummary(core, sourceId)).toMatchObject({ withdrawn: 1 });
});

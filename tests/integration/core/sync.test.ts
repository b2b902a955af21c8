import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Core } from '../../../electron/core/create-core.ts';
import { portalPaths } from '../../../shared/portal-api/paths.ts';
import { anAsset, anEvent } from '../../support/builders.ts';
import { startPortal } from '../../support/portal.ts';
import { playPortal, sendError, sendJson } from './played-portal.ts';
import { addSource, codeOf, startCore, syncAll, syncSummary } from './test-core.ts';

const ids = (count: number, from = 1): string[] => Array.from({ length: count }, (_, n) => String(from + n));
const titles = async (core: Core): Promise<string[]> =>
  (await core.client.catalogue.list({ limit: 500 })).items.map(({ title }) => title).sort();
const stateOf = async (core: Core) => (await core.client.sources.list({})).sources[0];

test('the first sync reads all, the next one nothing, and then what changed', async () => {
  const portal = await startPortal();
  const core = await startCore();
  try {
    const id = await addSource(core, portal.url);
    expect((await stateOf(core))?.state).toBe('never-synced');
    expect(await syncSummary(core, id)).toMatchObject({ added: 6, updated: 0, withdrawn: 0, failed: 0 });
    expect(await syncSummary(core, id)).toMatchObject({ added: 0, updated: 0, unchanged: 0, withdrawn: 0 });
    expect(await stateOf(core)).toMatchObject({ state: 'ok', reason: null, assets: 6 });
    const asset = (await core.client.catalogue.list({ status: 'usable' })).items[0];
    if (!asset) throw new Error('the portal has no usable asset');
    const detail = await core.client.catalogue.get({ id: asset.id });
    portal.touchAsset(detail.externalId, { title: 'Another title' });
    expect(await syncSummary(core, id)).toMatchObject({ added: 0, updated: 1, withdrawn: 0 });
    expect((await core.client.catalogue.get({ id: asset.id })).title).toBe('Another title');
    portal.withdrawAsset(detail.externalId);
    expect(await syncSummary(core, id)).toMatchObject({ added: 0, updated: 0, withdrawn: 1 });
    const tombstone = await core.client.catalogue.get({ id: asset.id });
    expect(tombstone).toMatchObject({
      status: 'withdrawn',
      synopsis: detail.synopsis,
      title: 'Another title',
    });
    expect((await core.client.catalogue.list({ query: '"another title"' })).total).toBe(1);
  } finally {
    await portal.close();
  }
});

test('what a whole reading no longer lists is withdrawn, and is back when it is listed again', async () => {
  const portal = await playPortal({ assets: ids(3).map((id) => anAsset({ id })) });
  const core = await startCore();
  const source = await addSource(core, portal.url);
  await syncSummary(core, source);
  const all = portal.assets;
  portal.assets = all.slice(1);
  portal.answer = (asked, response) =>
    asked.query.get('changedSince') !== null && sendError(response, 400, 'CURSOR_INVALID');
  expect(await syncSummary(core, source)).toMatchObject({ unchanged: 2, withdrawn: 1 });
  expect((await core.client.catalogue.list({ status: 'withdrawn' })).items.map(({ title }) => title)).toEqual(
    ['Asset 1'],
  );
  portal.assets = all;
  expect(await syncSummary(core, source)).toMatchObject({ unchanged: 2, updated: 1, withdrawn: 0 });
  expect((await core.client.catalogue.list({ status: 'withdrawn' })).total).toBe(0);
});

test('a source that is empty for once withdraws nothing and says so; it is believed when it stays empty', async () => {
  const portal = await playPortal({ assets: ids(30).map((id) => anAsset({ id })) });
  const core = await startCore();
  const source = await addSource(core, portal.url);
  await syncSummary(core, source);
  const all = portal.assets;
  portal.answer = (asked, response) =>
    asked.query.get('changedSince') !== null && sendError(response, 400, 'CURSOR_INVALID');
  portal.assets = [];
  const doubt = expect.stringContaining('30 of 30 items are not listed any more');
  expect(await syncSummary(core, source)).toMatchObject({ withdrawn: 0, doubt });
  expect(await stateOf(core)).toMatchObject({ state: 'ok', reason: doubt, assets: 30 });
  portal.assets = all;
  expect(await syncSummary(core, source)).toMatchObject({ unchanged: 30, withdrawn: 0, doubt: null });
  expect(await stateOf(core)).toMatchObject({ state: 'ok', reason: null });
  portal.assets = [];
  expect(await syncSummary(core, source)).toMatchObject({ withdrawn: 0, doubt });
  expect(await syncSummary(core, source)).toMatchObject({ withdrawn: 30, doubt: null });
  expect((await core.client.catalogue.list({ status: 'withdrawn' })).total).toBe(30);
});

test('cancelling stops at once, keeps what was read and does not blame the source', async () => {
  const portal = await playPortal({ assets: ids(6).map((id) => anAsset({ id })), pageSize: 2 });
  const core = await startCore();
  const source = await addSource(core, portal.url);
  const abort = new AbortController();
  portal.answer = (asked) => {
    if (asked.query.get('cursor') !== 'page:2') return false;
    abort.abort();
    return new Promise<boolean>(() => undefined);
  };
  expect(await codeOf(syncAll(core, source, abort.signal))).toBe('CANCELLED');
  expect((await core.client.catalogue.list({})).total).toBe(2);
  expect((await stateOf(core))?.state).not.toBe('unavailable');
  portal.answer = null;
  portal.asked.length = 0;
  await syncSummary(core, source);
  expect(
    portal.asked.filter(({ path }) => path === portalPaths.assets).map(({ query }) => query.get('cursor')),
  ).toEqual(['page:2', 'page:4']);
});

test('cancelling in the pause before another try does not blame the source either', async () => {
  const portal = await playPortal({ assets: [anAsset()] });
  const core = await startCore();
  const source = await addSource(core, portal.url);
  const abort = new AbortController();
  portal.answer = (asked, response) => {
    if (asked.path !== portalPaths.assets) return false;
    setTimeout(() => abort.abort(), 60);
    return sendJson(response, 500, {});
  };
  expect(await codeOf(syncAll(core, source, abort.signal))).toBe('CANCELLED');
  expect((await stateOf(core))?.state).toBe('never-synced');
});

test('a second sync of the same source is told of the first', async () => {
  const portal = await playPortal({ assets: [anAsset()] });
  const core = await startCore();
  const source = await addSource(core, portal.url);
  const both = await Promise.all([codeOf(syncAll(core, source)), codeOf(syncAll(core, source))]);
  expect(both.sort()).toEqual(['CONFLICT', 'no error']);
});

test('an asset whose day moves is listed at its new place, once', async () => {
  const portal = await playPortal({
    assets: [
      anAsset({ id: '1', publishedDay: '2025-09-08' }),
      anAsset({ id: '2', publishedDay: '2025-09-09' }),
    ],
  });
  const core = await startCore();
  const source = await addSource(core, portal.url);
  await syncSummary(core, source);
  portal.assets = [
    anAsset({ id: '1', publishedDay: '2025-09-08', filmedFirstDay: '2025-12-24' }),
    portal.assets[1],
  ];
  portal.answer = (asked, response) =>
    asked.query.get('changedSince') !== null && sendError(response, 400, 'CURSOR_INVALID');
  expect(await syncSummary(core, source)).toMatchObject({ updated: 1, unchanged: 1 });
  const { items, total } = await core.client.catalogue.list({});
  expect([total, ...items.map(({ title, day }) => `${title} ${day}`)]).toEqual([
    2,
    'Asset 1 2025-12-24',
    'Asset 2 2025-09-09',
  ]);
  expect((await core.client.catalogue.list({ query: 'synopsis' })).total).toBe(2);
  expect((await core.client.catalogue.list({ query: '2025-09' })).total).toBe(1);
});

test('a month ends where the next one begins', async () => {
  const portal = await playPortal({
    assets: [
      anAsset({ id: '1', publishedDay: '2025-02-28' }),
      anAsset({ id: '2', publishedDay: '2025-03-01' }),
      anAsset({ id: '3', publishedDay: '2025-03-03' }),
    ],
  });
  const core = await startCore();
  await syncSummary(core, await addSource(core, portal.url));
  const found = async (query: object): Promise<string[]> =>
    (await core.client.catalogue.list(query)).items.map(({ title }) => title);
  expect(await found({ query: '2025-02' })).toEqual(['Asset 1']);
  expect(await found({ dayTo: '2025-02-28' })).toEqual(['Asset 1']);
  expect(await found({ dayFrom: '2025-03-01' })).toEqual(['Asset 3', 'Asset 2']);
  expect(await found({ query: '2025-03', dayTo: '2025-03-02' })).toEqual(['Asset 2']);
  expect(await codeOf(found({ dayTo: '2025-02-31' }))).toBe('USAGE');
  expect(await codeOf(found({ cursor: 'x' }))).toBe('USAGE');
});

test('an asset is found by the title of its event, also when that changed or came later', async () => {
  const portal = await playPortal({ assets: [anAsset({ id: '1', eventId: 'ev-1' }), anAsset({ id: '2' })] });
  const core = await startCore();
  const source = await addSource(core, portal.url);
  const found = async (query: string): Promise<string[]> =>
    (await core.client.catalogue.list({ query })).items.map(({ title }) => title);
  await syncSummary(core, source);
  portal.events = [anEvent({ title: 'Winter session' })];
  await syncSummary(core, source);
  expect(await found('winter')).toEqual(['Asset 1']);
  portal.events = [anEvent({ title: 'Summer session' })];
  await syncSummary(core, source);
  expect(await found('winter')).toEqual([]);
  expect(await found('summer')).toEqual(['Asset 1']);
  expect(await found('wide hall')).toEqual(['Asset 2', 'Asset 1']);
  expect((await core.client.catalogue.list({})).items.map(({ eventTitle }) => eventTitle)).toContain(
    'Summer session',
  );
});

test('a catalogue that was deleted comes back with the same ids', async () => {
  const portal = await startPortal();
  try {
    const core = await startCore();
    const source = await addSource(core, portal.url);
    await syncSummary(core, source);
    const snapshot = async (one: Core) => {
      const { items } = await one.client.catalogue.list({ limit: 500 });
      const details = await Promise.all(items.map(({ id }) => one.client.catalogue.get({ id })));
      return { details, events: (await one.client.events.list({})).events };
    };
    const before = await snapshot(core);
    await core.close();
    for (const end of ['', '-wal', '-shm']) rmSync(join(core.home, `catalogue.db${end}`), { force: true });
    const again = await startCore({ home: core.home });
    expect((await again.client.catalogue.list({})).total).toBe(0);
    expect((await stateOf(again))?.id).toBe(source);
    await syncSummary(again, source);
    expect(await snapshot(again)).toEqual(before);
  } finally {
    await portal.close();
  }
});

test('the same portal at another address is the same source', async () => {
  const assets = [anAsset()];
  const first = await playPortal({ assets });
  const core = await startCore();
  const source = await addSource(core, first.url);
  await syncSummary(core, source);
  await first.close();
  const second = await playPortal({ assets });
  expect(await addSource(core, second.url)).toBe(source);
  expect(await syncSummary(core, source)).toMatchObject({ added: 0, withdrawn: 0 });
  expect((await core.client.sources.list({})).sources.map(({ url }) => url)).toEqual([second.url]);
});

test('a portal that moved to the address of another is known by what it says it is', async () => {
  const first = await playPortal({});
  const second = await playPortal({});
  Object.assign(first, { instanceId: 'first' });
  Object.assign(second, { instanceId: 'second' });
  const core = await startCore();
  // The one that only shares the address is the older row.
  const other = await addSource(core, second.url);
  const moved = await addSource(core, first.url);
  Object.assign(second, { instanceId: 'first' });
  expect(await addSource(core, second.url)).toBe(moved);
  expect(other).not.toBe(moved);
});

test('removing a source forgets its catalogue and nothing of another', async () => {
  const first = await playPortal({ assets: ids(3).map((id) => anAsset({ id })), events: [anEvent()] });
  const second = await playPortal({ assets: ids(2, 10).map((id) => anAsset({ id })) });
  Object.assign(second, { instanceId: 'another' });
  const core = await startCore();
  const [one, two] = [await addSource(core, first.url), await addSource(core, second.url)];
  await syncSummary(core, one);
  await syncSummary(core, two);
  await core.client.sources.remove({ id: one });
  expect(await titles(core)).toEqual(['Asset 10', 'Asset 11']);
  expect((await core.client.catalogue.list({ query: 'synopsis' })).total).toBe(2);
  expect((await core.client.events.list({})).events).toEqual([]);
  expect(await codeOf(core.client.sources.remove({ id: one }))).toBe('NOT_FOUND');
});

test('removing a source while it is read leaves nothing of it', async () => {
  const portal = await playPortal({ assets: ids(6).map((id) => anAsset({ id })), pageSize: 2 });
  const core = await startCore();
  const source = await addSource(core, portal.url);
  const stream = await core.client.catalogue.sync({ sourceId: source });
  await stream.next();
  await core.client.sources.remove({ id: source });
  expect(await codeOf(stream.next())).toBe('CANCELLED');
  expect((await core.client.catalogue.list({})).total).toBe(0);
});

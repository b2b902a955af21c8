import { expect, test } from 'vitest';
import type { Core } from '../../../electron/core/create-core.ts';
import { portalPaths } from '../../../shared/portal-api/paths.ts';
import { anAsset, anEvent, aRendition } from '../../support/builders.ts';
import { playPortal, sendError, sendJson } from './played-portal.ts';
import { addSource, codeOf, startCore, syncAll, syncSummary } from './test-core.ts';

const ids = (count: number, from = 1): string[] => Array.from({ length: count }, (_, n) => String(from + n));
const titles = async (core: Core): Promise<string[]> =>
  (await core.client.catalogue.list({ limit: 500 })).items.map(({ title }) => title).sort();
const stateOf = async (core: Core) => (await core.client.sources.list({})).sources[0];
test.each([
  ['no item at all', null],
  ['a missing title', { ...anAsset({ id: '2' }), title: undefined }],
  ['a wrong status', { ...anAsset({ id: '2' }), status: 'sold' }],
])('an item that is %s costs itself and withdraws nothing', async (_what, odd) => {
  const portal = await playPortal({ assets: ids(3).map((id) => anAsset({ id })) });
  const core = await startCore();
  const source = await addSource(core, portal.url);
  await syncSummary(core, source);
  portal.assets = [anAsset({ id: '1' }), odd];
  portal.answer = (asked, response) =>
    asked.query.get('changedSince') !== null && sendError(response, 400, 'CURSOR_INVALID');
  expect(await syncSummary(core, source)).toMatchObject({ unchanged: 1, failed: 1, withdrawn: 0 });
  expect(await titles(core)).toEqual(['Asset 1', 'Asset 2', 'Asset 3']);
});

test('days that no calendar has are not said, and what hangs on them still works', async () => {
  const portal = await playPortal({
    assets: [
      anAsset({ id: '1', publishedDay: '2025-13-45' }),
      anAsset({ id: '2', filmedFirstDay: '2025-02-30', filmedLastDay: '0000-00-00', eventId: 'ev-1' }),
    ],
    events: [
      anEvent({ id: 'ev-1', firstDay: '2025-09-31', lastDay: '2025-10-02' }),
      anEvent({ id: 'ev-2', title: 'Backwards', firstDay: '2025-09-08', lastDay: '2025-09-01' }),
    ],
  });
  const core = await startCore();
  const source = await addSource(core, portal.url);
  expect(await syncSummary(core, source)).toMatchObject({ added: 2, failed: 0 });
  const { items } = await core.client.catalogue.list({});
  expect(items.map(({ title, day }) => [title, day])).toEqual([
    ['Asset 2', '2025-09-08'],
    ['Asset 1', null],
  ]);
  const { events } = await core.client.events.list({});
  expect(events.map(({ title, firstDay, lastDay }) => [title, firstDay, lastDay])).toEqual([
    ['Backwards', '2025-09-08', '2025-09-08'],
    ['Winter session', null, null],
  ]);
  for (const { id } of events) await core.client.events.update({ id, summary: 'adopted' });
});

test('an event that cannot be read costs itself', async () => {
  const portal = await playPortal({ assets: [anAsset()], events: [anEvent()] });
  portal.events.push({ id: 'odd' }, null);
  const core = await startCore();
  await syncSummary(core, await addSource(core, portal.url));
  expect((await core.client.events.list({})).events).toHaveLength(1);
});

const changed = ['SOURCE_CHANGED', 'changed'] as const;
const unavailable = ['SOURCE_UNAVAILABLE', 'unavailable'] as const;
test.each([
  ['a page in HTML', { status: 200, body: '<html>Maintenance</html>' }, changed],
  ['an empty answer', { status: 200, body: '' }, unavailable],
  ['a bare null', { status: 200, body: 'null' }, changed],
  ['half a JSON text', { status: 200, body: '{"items": [' }, changed],
  ['another shape of data', { status: 200, body: '{"videos": []}' }, changed],
  ['a proxy error', { status: 502, body: 'Bad gateway' }, unavailable],
])(
  '%s instead of the catalogue is told with what came back, and changes nothing',
  async (_what, { status, body }, [code, state]) => {
    const portal = await playPortal({ assets: ids(3).map((id) => anAsset({ id })), events: [anEvent()] });
    const core = await startCore();
    const source = await addSource(core, portal.url);
    await syncSummary(core, source);
    portal.answer = (asked, response) => {
      if (asked.path !== portalPaths.assets) return false;
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
      return true;
    };
    expect(await codeOf(syncAll(core, source))).toBe(code);
    const after = await stateOf(core);
    expect(after?.state).toBe(state);
    expect(after?.reason).toContain(new URL(portal.url).host);
    expect(after?.evidence).toContain(`status ${status}`);
    expect(after?.evidence).toContain(body.replace(/<.*?>/g, ''));
    expect(after?.lastSyncAtMs).not.toBeNull();
    expect(await titles(core)).toEqual(['Asset 1', 'Asset 2', 'Asset 3']);
    portal.answer = null;
    await syncSummary(core, source);
    expect(await stateOf(core)).toMatchObject({ state: 'ok', reason: null, evidence: null });
  },
);

test.each([portalPaths.assets, portalPaths.events])(
  'two failures of %s in a row are got over',
  async (path) => {
    const portal = await playPortal({ assets: [anAsset()], events: [anEvent()] });
    const core = await startCore();
    const source = await addSource(core, portal.url);
    let failures = 2;
    portal.answer = (asked, response) => asked.path === path && failures-- > 0 && sendJson(response, 500, {});
    expect(await syncSummary(core, source)).toMatchObject({ added: 1, requests: 4 });
  },
);

test('a portal that is not there is a network failure, and the source says so', async () => {
  const portal = await playPortal({ assets: [anAsset()] });
  const core = await startCore();
  const source = await addSource(core, portal.url);
  await portal.close();
  expect(await codeOf(syncAll(core, source))).toBe('NETWORK_UNAVAILABLE');
  expect((await stateOf(core))?.reason).toContain('cannot be reached');
});

test('an empty catalogue is honest when the portal says it as the contract wants it', async () => {
  const portal = await playPortal({});
  const core = await startCore();
  const source = await addSource(core, portal.url);
  expect(await syncSummary(core, source)).toMatchObject({ added: 0, withdrawn: 0 });
});

test.each([
  ['the same page for ever', () => 'page:1'],
  ['two pages in a circle', (asked: number) => `page:${1 + (asked % 2)}`],
  ['ever new pages without an item', (asked: number) => `page:${asked + 1000}`],
  ['ever new pages of the same items', (asked: number) => `page:1:${asked}`],
])('%s end the sync and the next one begins anew', async (_what, next) => {
  const portal = await playPortal({ assets: ids(4).map((id) => anAsset({ id })), pageSize: 2 });
  const core = await startCore();
  const source = await addSource(core, portal.url);
  let asked = 0;
  portal.answer = ({ path, query }, response) => {
    if (path !== portalPaths.assets) return false;
    const from = Number(query.get('cursor')?.split(':')[1] ?? 0);
    const page = {
      items: portal.assets.slice(from, from + 2),
      nextCursor: next(++asked),
      changeCursor: 'c',
      total: 4,
      nowMs: 1,
    };
    return sendJson(response, 200, page);
  };
  expect(await codeOf(syncAll(core, source))).toBe('SOURCE_UNAVAILABLE');
  expect(asked).toBeLessThan(50);
  portal.answer = null;
  expect(await syncSummary(core, source)).toMatchObject({ withdrawn: 0, failed: 0 });
  expect(await titles(core)).toEqual(['Asset 1', 'Asset 2', 'Asset 3', 'Asset 4']);
});

test('a portal that knows no cursor it has given does not keep the sync busy for ever', async () => {
  const portal = await playPortal({ assets: ids(4).map((id) => anAsset({ id })), pageSize: 2 });
  const core = await startCore();
  const source = await addSource(core, portal.url);
  portal.answer = (asked, response) =>
    asked.query.get('cursor') !== null && sendError(response, 400, 'CURSOR_INVALID');
  expect(await codeOf(syncAll(core, source))).toBe('SOURCE_UNAVAILABLE');
  expect(portal.asked.length).toBeLessThan(20);
});

test('the same id twice in a page, and the same rendition in two assets, are taken as told', async () => {
  const twice = aRendition({ id: 'r1' });
  const portal = await playPortal({
    assets: [
      anAsset({ id: '1', title: 'First word' }),
      anAsset({ id: '1', title: 'Last word' }),
      anAsset({ id: '2', renditions: [twice, twice] }),
      anAsset({ id: '3', renditions: [twice] }),
    ],
  });
  const core = await startCore();
  const source = await addSource(core, portal.url);
  await syncSummary(core, source);
  expect(await titles(core)).toEqual(['Asset 2', 'Asset 3', 'Last word']);
});

test('a title of ten million characters, and a list without end, cost their asset and not the page', async () => {
  const portal = await playPortal({
    assets: [
      anAsset({ id: '1', title: 'x'.repeat(10_000_000) }),
      anAsset({ id: '2', keywords: Array.from({ length: 20_000 }, String) }),
      anAsset({ id: '3' }),
    ],
  });
  const core = await startCore();
  const source = await addSource(core, portal.url);
  expect(await syncSummary(core, source)).toMatchObject({ added: 1, failed: 2 });
  expect(await titles(core)).toEqual(['Asset 3']);
});

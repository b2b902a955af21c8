import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { portalPaths } from '../../../shared/portal-api/paths.ts';
import { anAsset, anEvent } from '../../support/builders.ts';
import { tempDir } from '../../support/temp.ts';
import { playPortal, type PlayedPortal } from './played-portal.ts';
import { runChild } from './run-child.ts';
import { addSource, startCore, syncSummary } from './test-core.ts';

const days = ['2025-09-08', '2025-09-09', '2024-02-29'];
const aPortal = (): Promise<PlayedPortal> =>
  playPortal({
    assets: Array.from({ length: 20 }, (_, n) =>
      anAsset({ id: String(n + 1), publishedDay: days[n % 3] ?? '', ...(n % 2 ? { eventId: 'ev-1' } : {}) }),
    ),
    events: [anEvent()],
    pageSize: 4,
  });

/** All that a sync has brought, without ids, which hang on the source's. */
function dump(home: string): unknown {
  const db = new Database(join(home, 'catalogue.db'), { readonly: true });
  onTestFinished(() => void db.close());
  return {
    assets: db
      .prepare(
        `SELECT a.row, a.external_id, title, day, status, hex(content_hash), event_id IS NULL
         FROM asset a JOIN asset_told t ON t.row = a.row ORDER BY a.row`,
      )
      .raw()
      .all(),
    renditions: db
      .prepare('SELECT external_id, position, file_name FROM rendition ORDER BY external_id')
      .raw()
      .all(),
    events: db.prepare('SELECT external_id, title FROM catalogue_event').raw().all(),
    found: db
      .prepare(`SELECT rowid FROM asset_fts WHERE asset_fts MATCH 'winter AND synopsis' ORDER BY rowid`)
      .raw()
      .all(),
    cursor: db.prepare('SELECT cursor, under_way FROM source_cursor').raw().all(),
    sound: db.pragma('integrity_check', { simple: true }),
  };
}

const assetPagesAsked = (portal: PlayedPortal): (string | null)[] =>
  portal.asked.filter(({ path }) => path === portalPaths.assets).map(({ query }) => query.get('cursor'));

async function uninterrupted(): Promise<unknown> {
  const portal = await aPortal();
  const core = await startCore();
  await syncSummary(core, await addSource(core, portal.url));
  await core.close();
  return dump(core.home);
}

test.each([
  ['between two pages', 'page:8', 'nothing'],
  ['at the first page', null, 'nothing'],
  ['in the middle of a page', 'page:8', 'half'],
  ['at the last page', 'page:16', 'half'],
])('a sync killed %s goes on there and comes to the same', async (_when, cursor, sent) => {
  const portal = await aPortal();
  const home = join(tempDir(), 'home');
  const reached = Promise.withResolvers<void>();
  portal.answer = (asked, response) => {
    if (asked.path !== portalPaths.assets || asked.query.get('cursor') !== cursor) return false;
    if (sent === 'half')
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"items":[{"id":"9",');
    setTimeout(reached.resolve, 30);
    return new Promise<boolean>(() => undefined);
  };
  const child = runChild('sync-source', [home, portal.url]);
  await reached.promise;
  await child.kill();
  portal.answer = null;
  portal.asked.length = 0;
  const core = await startCore({ home });
  const summary = await syncSummary(core, await addSource(core, portal.url));
  expect(assetPagesAsked(portal)[0]).toBe(cursor);
  expect(summary.withdrawn).toBe(0);
  await core.close();
  expect(dump(home)).toEqual(await uninterrupted());
});

test('syncs killed again and again at random still come to the same', async () => {
  const portal = await aPortal();
  const home = join(tempDir(), 'home');
  portal.answer = () => new Promise((resolve) => setTimeout(() => resolve(false), 15));
  for (const afterMs of [2, 17, 33]) {
    const child = runChild('sync-source', [home, portal.url]);
    await Promise.race([child.line('progress'), child.ended]);
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    await child.kill();
  }
  portal.answer = null;
  const core = await startCore({ home });
  const source = await addSource(core, portal.url);
  await syncSummary(core, source);
  await syncSummary(core, source);
  await core.close();
  expect(dump(home)).toEqual(await uninterrupted());
});

test('what could not be read before a kill is not withdrawn by the run that goes on', async () => {
  const portal = await aPortal();
  const home = join(tempDir(), 'home');
  const first = await startCore({ home });
  await syncSummary(first, await addSource(first, portal.url));
  await first.close();
  // A whole reading, whose first page holds an item that cannot be read, is killed at its second page.
  portal.assets[0] = { ...anAsset({ id: '1' }), title: 7 };
  const reached = Promise.withResolvers<void>();
  portal.answer = async (asked, response) => {
    if (asked.query.get('changedSince') !== null) {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end('{"error":{"code":"CURSOR_INVALID","message":"gone"}}');
      return true;
    }
    if (asked.query.get('cursor') !== 'page:4') return false;
    reached.resolve();
    return new Promise<boolean>(() => undefined);
  };
  const child = runChild('sync-source', [home, portal.url]);
  await reached.promise;
  await child.kill();
  portal.answer = null;
  const core = await startCore({ home });
  expect((await syncSummary(core, await addSource(core, portal.url))).withdrawn).toBe(0);
  expect((await core.client.catalogue.list({ status: 'withdrawn' })).total).toBe(0);
});

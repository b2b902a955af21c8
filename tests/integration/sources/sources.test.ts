import Database from 'better-sqlite3';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { userMigrations } from '../../../electron/core/storage/databases.ts';
import { openDatabase } from '../../../electron/core/storage/open-database.ts';
import { tempDir } from '../../support/temp.ts';
import { playPortal, sendJson } from '../core/played-portal.ts';
import { addSource, codeOf, startCore, syncAll, syncSummary, type TestCore } from '../core/test-core.ts';
import { portalPaths } from '../../../shared/portal-api/paths.ts';
import { anAsset } from '../../support/builders.ts';
import { createFeedKind } from '../../../electron/core/sources/feed/feed-kind.ts';
import { playServer } from './play-server.ts';
import { allRigs } from './all-rigs.ts';
import { someItems } from './played-items.ts';

const first = async (core: TestCore) => {
  const [source] = (await core.client.sources.list()).sources;
  if (!source) throw new Error('There is no source.');
  return source;
};
const rigOf = async (kind: string) => {
  const rig = (await allRigs()).find((one) => one.kind.kind === kind);
  if (!rig) throw new Error(`There is no rig of ${kind}.`);
  return rig;
};

test('a source is called and read as it is told', async () => {
  const portal = await playPortal({});
  const core = await startCore();
  const id = await addSource(core, portal.url);
  expect(await core.client.sources.update({ id, name: ' Desk ', everyMinutes: 60 })).toMatchObject({
    name: 'Desk',
    everyMinutes: 60,
  });
  expect(await core.client.sources.update({ id, everyMinutes: null })).toMatchObject({
    name: 'Desk',
    everyMinutes: null,
    nextSyncAtMs: null,
  });
  expect(await codeOf(core.client.sources.update({ id, everyMinutes: 0 }))).toBe('USAGE');
  expect(await codeOf(core.client.sources.update({ id: 'none' }))).toBe('NOT_FOUND');
  // What was told holds when the source is added again.
  await addSource(core, portal.url);
  expect(await first(core)).toMatchObject({ name: 'Desk', everyMinutes: null });
});

test('a key lies in the secret store and nowhere else, and goes with the source', async () => {
  const rig = await rigOf('dvids');
  const played = await rig.play(someItems(2));
  const core = await startCore();
  const key = rig.key ?? 'none';
  const { id } = await core.client.sources.add({ url: played.url, kind: 'dvids', key: ` ${key} ` });
  expect(await first(core)).toMatchObject({ takesKey: true, hasKey: true });
  await syncSummary(core, id);
  expect(await core.client.sources.update({ id, key: null })).toMatchObject({ hasKey: false });
  expect(await codeOf(syncAll(core, id))).toBe('KEY_NEEDED');
  const refused = await first(core);
  expect(refused).toMatchObject({ state: 'key-needed', hasKey: false, assets: 2 });
  expect(refused.reason).toBeTruthy();
  await core.client.sources.update({ id, key });
  await syncSummary(core, id);
  expect(await first(core)).toMatchObject({ state: 'ok', reason: null, hasKey: true });
  await core.client.sources.remove({ id });
  expect(readFileSync(join(core.home, 'secrets.json'), 'utf8')).not.toContain('source-key');
  await core.close();
  const files = ['user.db', 'catalogue.db', 'secrets.json'];
  expect(files.filter((file) => readFileSync(join(core.home, file)).includes(key))).toEqual([]);
});

test('two sources of one name are told apart, in lists and with their items', async () => {
  const assets = [anAsset({ id: '1', title: 'Convoy' })];
  const [one, two] = [await playPortal({ assets }), await playPortal({})];
  Object.assign(two, { instanceId: 'another' });
  const core = await startCore();
  const id = await addSource(core, one.url);
  expect((await first(core)).name).toBe('Played portal');
  await addSource(core, two.url);
  const names = (await core.client.sources.list()).sources.map(({ name }) => name);
  expect(names).toEqual([one, two].map(({ url }) => `Played portal (${new URL(url).host})`));
  await syncSummary(core, id);
  const [row] = (await core.client.catalogue.list({})).items;
  if (!row) throw new Error('There is one.');
  expect((await core.client.catalogue.get({ id: row.id })).sourceName).toContain('Played portal');
});

test('items that could not be read are told one by one, at most twenty, and counted with the source', async () => {
  const odd = Array.from({ length: 30 }, (_, n) => ({ ...anAsset({ id: String(n + 1) }), title: 7 }));
  const portal = await playPortal({ assets: [anAsset({ id: '99' })], pageSize: 10 });
  portal.assets.push(...odd);
  const core = await startCore();
  const id = await addSource(core, portal.url);
  const summary = await syncSummary(core, id);
  expect(summary).toMatchObject({ added: 1, failed: 30, stale: 0 });
  expect(summary.failures).toHaveLength(20);
  expect(summary.failures[0]).toEqual({ where: 'asset 1', why: expect.stringContaining('title') });
  expect(await first(core)).toMatchObject({ state: 'ok', failedItems: 30 });
  expect(await syncSummary(core, id)).toMatchObject({ failed: 0, failures: [] });
  expect(await first(core)).toMatchObject({ failedItems: 0 });
});

test('an older telling of an item is counted and changes nothing', async () => {
  const portal = await playPortal({ assets: [anAsset({ title: 'Newer', changedAtMs: 2000 })] });
  const core = await startCore();
  const id = await addSource(core, portal.url);
  await syncSummary(core, id);
  portal.answer = (asked, response) =>
    asked.query.get('changedSince') !== null &&
    sendJson(response, 200, {
      items: [anAsset({ title: 'Older', changedAtMs: 1000 })],
      nextCursor: null,
      changeCursor: 'c',
      total: 1,
      nowMs: 1,
    });
  expect(await syncSummary(core, id)).toMatchObject({ stale: 1, updated: 0 });
  expect((await core.client.catalogue.list({})).items.map(({ title }) => title)).toEqual(['Newer']);
});

test('a source that has moved for good is asked at its new address, once it was read there', async () => {
  const item = `<item><title>Convoy</title><guid isPermaLink="false">1</guid>
    <enclosure url="https://media.example/1.mp4" type="video/mp4" length="1000"/></item>`;
  let moved: number | null = null;
  let whole = true;
  const server = await playServer(({ path }) => {
    if (path === '/old.rss' && moved !== null)
      return { status: moved, contentType: 'text/plain', body: '', headers: { location: '/new.rss' } };
    const body = `<rss version="2.0"><channel><title>V</title><link>https://s.example</link><description>V</description>${item}</channel></rss>`;
    return { contentType: 'application/rss+xml', body: whole ? body : '<html>Sign in' };
  });
  const core = await startCore();
  const { id } = await core.client.sources.add({ url: `${server.url}/old.rss`, kind: createFeedKind().kind });
  await syncSummary(core, id);
  moved = 302;
  await syncSummary(core, id);
  expect((await first(core)).url).toBe(`${server.url}/old.rss`);
  moved = 301;
  whole = false;
  await codeOf(syncAll(core, id));
  expect((await first(core)).url).toBe(`${server.url}/old.rss`);
  whole = true;
  await syncSummary(core, id);
  expect(await first(core)).toMatchObject({ id, url: `${server.url}/new.rss`, state: 'ok' });
});

test('a failing source tells when it was last tried and last read well', async () => {
  const portal = await playPortal({ assets: [anAsset()] });
  const core = await startCore();
  const id = await addSource(core, portal.url);
  await syncSummary(core, id);
  const { lastSyncAtMs } = await first(core);
  portal.answer = ({ path }, response) =>
    path === portalPaths.assets && response.writeHead(503).end('Under maintenance') !== undefined;
  expect(await codeOf(syncAll(core, id))).toBe('SOURCE_UNAVAILABLE');
  const after = await first(core);
  expect(after).toMatchObject({ state: 'unavailable', lastSyncAtMs, assets: 1 });
  expect(after.evidence).toContain('Under maintenance');
  expect(after.lastTryAtMs).toBeGreaterThanOrEqual(lastSyncAtMs ?? Infinity);
});

test('sources of the version before keep what is known of them', () => {
  const file = join(tempDir(), 'user.db');
  const open = (migrations: typeof userMigrations) =>
    openDatabase({ file, synchronous: 'FULL', migrations, checkFirst: false, now: () => 1 });
  const old = open(userMigrations.slice(0, 4));
  const insert =
    old.prepare(`INSERT INTO source (id, kind, name, url, instance_id, insecure_http, allow_private,
    mailbox, state, reason, last_sync_at_ms, created_at_ms)
    VALUES (?, 'account-portal', ?, ?, ?, 0, 1, 'desk@portal.example', ?, ?, ?, 7)`);
  insert.run('a', 'One', 'https://one.example', 'i1', 'unavailable', 'It does not answer.', 5000);
  insert.run('b', 'Two', 'https://two.example', 'i2', 'never-synced', null, null);
  old.prepare(`INSERT INTO account (source_id, state) VALUES ('a', 'signed-in')`).run();
  old.close();
  open(userMigrations.slice(0, 5)).close();
  const db = new Database(file, { readonly: true });
  try {
    const health = db.prepare('SELECT * FROM source_health ORDER BY source_id').all();
    expect(health).toMatchObject([
      {
        source_id: 'a',
        state: 'unavailable',
        reason: 'It does not answer.',
        last_good_at_ms: 5000,
        every_minutes: 15,
      },
      { source_id: 'b', state: 'never-synced', reason: null, last_good_at_ms: null, failures_in_a_row: 0 },
    ]);
    expect(db.prepare('SELECT id, allow_private, mailbox, settings_json FROM source').all()).toMatchObject([
      { id: 'a', allow_private: 1, mailbox: 'desk@portal.example', settings_json: '{}' },
      { id: 'b' },
    ]);
    expect(db.prepare('SELECT state FROM account').pluck().all()).toEqual(['signed-in']);
    expect(db.pragma('foreign_key_check')).toEqual([]);
  } finally {
    db.close();
  }
});

import Database from 'better-sqlite3';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { portalPaths } from '../../../shared/portal-api/paths.ts';
import { anAsset } from '../../support/builders.ts';
import { tempDir } from '../../support/temp.ts';
import { playPortal, type PlayedPortal } from '../core/played-portal.ts';
import { aSchedule, aSource } from './a-schedule.ts';
import { addSource, startCore, syncAll, syncSummary, until, type TestCore } from '../core/test-core.ts';

const first = async (core: TestCore) => (await core.client.sources.list()).sources[0];
const readings = (portal: PlayedPortal): number =>
  portal.asked.filter(({ path }) => path === portalPaths.assets).length;

/** A home whose only source is due, and the portal it is of. */
async function aDueHome(portal: PlayedPortal): Promise<string> {
  const home = join(tempDir(), 'home');
  const core = await startCore({ home });
  await addSource(core, portal.url);
  await core.close();
  const db = new Database(join(home, 'user.db'));
  db.prepare('UPDATE source_health SET next_at_ms = 1').run();
  db.close();
  portal.asked.length = 0;
  return home;
}

test('a source that is due is read by itself, and then says when the next time is', async () => {
  const portal = await playPortal({ assets: [anAsset()] });
  const core = await startCore({ home: await aDueHome(portal), door: 'browser' });
  const before = Date.now();
  const read = await until(
    () => first(core),
    (source) => source?.state === 'ok',
  );
  expect(read?.assets).toBe(1);
  expect(read?.nextSyncAtMs).toBeGreaterThanOrEqual(before + 15 * 60_000 - 60_000);
  expect(read?.nextSyncAtMs).toBeLessThanOrEqual(Date.now() + 15 * 60_000);
  expect(readings(portal)).toBe(1);
});

test.each([
  ['a command that is given once', { door: 'cli' as const }],
  ['a core that is to be still', { door: 'browser' as const, still: true }],
])('%s reads nothing by itself and promises nothing', async (_what, how) => {
  const portal = await playPortal({ assets: [anAsset()] });
  const core = await startCore({ home: await aDueHome(portal), ...how });
  await sleep(200);
  expect(await first(core)).toMatchObject({ state: 'never-synced', nextSyncAtMs: null, everyMinutes: 15 });
  expect(portal.asked).toEqual([]);
});

test('a source that fails by itself says why and is left alone for longer each time', async () => {
  const portal = await playPortal({});
  portal.answer = ({ path }, response) =>
    path !== portalPaths.about && response.writeHead(503).end() !== undefined;
  const core = await startCore({ home: await aDueHome(portal), door: 'browser' });
  const failed = await until(
    () => first(core),
    (source) => source?.state === 'unavailable',
  );
  expect(failed?.reason).toContain('503');
  expect(failed?.nextSyncAtMs).toBeGreaterThan(Date.now() + 29 * 60_000);
  const id = failed?.id;
  if (id === undefined) throw new Error('There is a source.');
  await syncAll(core, id).catch(() => undefined);
  expect((await first(core))?.nextSyncAtMs).toBeGreaterThan(Date.now() + 59 * 60_000);
});

test('a person takes over from the schedule, and nothing is read twice at once', async () => {
  const portal = await playPortal({ assets: [anAsset()] });
  const home = await aDueHome(portal);
  const reached = Promise.withResolvers<void>();
  portal.answer = ({ path }) => {
    if (path !== portalPaths.assets) return false;
    reached.resolve();
    return new Promise<boolean>(() => undefined);
  };
  const core = await startCore({ home, door: 'browser' });
  await reached.promise;
  expect((await first(core))?.state).toBe('syncing');
  portal.answer = null;
  const id = (await first(core))?.id;
  if (id === undefined) throw new Error('There is a source.');
  expect(await syncSummary(core, id)).toMatchObject({ added: 1 });
  expect(await first(core)).toMatchObject({ state: 'ok', reason: null });
});

test('a core that is closed while it reads blames nobody, and the source is still due', async () => {
  const portal = await playPortal({ assets: [anAsset()] });
  const home = await aDueHome(portal);
  const reached = Promise.withResolvers<void>();
  portal.answer = ({ path }) => {
    if (path !== portalPaths.assets) return false;
    reached.resolve();
    return new Promise<boolean>(() => undefined);
  };
  const core = await startCore({ home, door: 'browser' });
  await reached.promise;
  await core.close();
  const db = new Database(join(home, 'user.db'), { readonly: true });
  onTestFinished(() => void db.close());
  expect(db.prepare('SELECT state, reason, next_at_ms, last_try_at_ms FROM source_health').get()).toEqual({
    state: 'never-synced',
    reason: null,
    next_at_ms: 1,
    last_try_at_ms: null,
  });
});

test('at most three are read at once, the one that waits longest first', async () => {
  const rig = aSchedule();
  for (let n = 0; n < 10; n++) rig.due.push(aSource({ id: `s${n}`, nextSyncAtMs: 1000 - n }));
  rig.due.push(aSource({ id: 'by hand', nextSyncAtMs: null, everyMinutes: null }));
  rig.schedule.start();
  await until(
    () => rig.begun.length,
    (count) => count === 10,
  );
  expect(rig.begun.slice(0, 3)).toEqual(['s9', 's8', 's7']);
  expect(rig.most).toBe(3);
});

test('a machine that slept for a week reads each source once, not once for each time that was missed', async () => {
  const rig = aSchedule();
  rig.due.push(aSource({ id: 'a', nextSyncAtMs: rig.nowMs + 60_000 }));
  rig.schedule.start();
  await sleep(60);
  expect(rig.begun).toEqual([]);
  rig.nowMs += 7 * 24 * 3_600_000;
  await until(
    () => rig.begun.length,
    (count) => count > 0,
  );
  await sleep(100);
  expect(rig.begun).toEqual(['a']);
});

test('a sync that comes to nothing at once is not begun again in the same breath', async () => {
  const rig = aSchedule(() => Promise.resolve());
  // It stays due whatever happens, as one whose state cannot be written.
  rig.due.push(Object.freeze(aSource({ id: 'a' })));
  rig.schedule.start();
  for (let n = 0; n < 10; n++) rig.schedule.look();
  await sleep(100);
  expect(rig.begun).toEqual(['a']);
  rig.nowMs += 25;
  await until(
    () => rig.begun.length,
    (count) => count === 2,
  );
});

test('a schedule that is closed waits for what it has begun, and begins nothing more', async () => {
  const rig = aSchedule(() => sleep(50));
  rig.due.push(aSource({ id: 'a' }), aSource({ id: 'b', nextSyncAtMs: null }));
  rig.schedule.start();
  await rig.schedule.close();
  expect(rig.due[0]?.nextSyncAtMs).toBeGreaterThan(1);
  rig.nowMs += 24 * 3_600_000;
  rig.schedule.look();
  expect(rig.begun.toSorted()).toEqual(['a', 'b']);
});

test('whoever tells the downloads that the network is back has the sources read, too', async () => {
  const portal = await playPortal({ assets: [anAsset()] });
  const home = await aDueHome(portal);
  const db = new Database(join(home, 'user.db'));
  db.prepare(`UPDATE source_health SET state = 'unavailable', next_at_ms = ?, failures_in_a_row = 5`).run(
    Date.now() + 30 * 60_000,
  );
  db.close();
  const core = await startCore({ home, door: 'browser' });
  await sleep(100);
  expect(portal.asked).toEqual([]);
  await core.client.downloads.wake({ why: 'online' });
  // Its moment comes within ten seconds.
  await expect.poll(async () => (await first(core))?.state, { timeout: 15_000 }).toBe('ok');
}, 20_000);

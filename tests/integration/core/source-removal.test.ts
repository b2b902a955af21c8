import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { portalPaths } from '../../../shared/portal-api/paths.ts';
import { anAsset, anEvent } from '../../support/builders.ts';
import { tempDir } from '../../support/temp.ts';
import { playPortal, type PlayedPortal } from './played-portal.ts';
import { runChild } from './run-child.ts';
import { addSource, codeOf, startCore, syncAll, syncSummary, until } from './test-core.ts';

const aPortal = (assets = 600): Promise<PlayedPortal> =>
  playPortal({
    assets: Array.from({ length: assets }, (_, n) => anAsset({ id: String(n + 1), eventId: 'ev-1' })),
    events: [anEvent()],
    pageSize: 300,
  });

/** A home with one source that was read, and nobody at work in it. */
async function aReadHome(portal: PlayedPortal): Promise<string> {
  const home = join(tempDir(), 'home');
  const core = await startCore({ home });
  await syncSummary(core, await addSource(core, portal.url));
  await core.close();
  return home;
}

/** How many rows of sources are left in either database. */
function leftIn(home: string): Record<string, unknown> {
  const count = (file: string, tables: readonly string[]): [string, unknown][] => {
    const db = new Database(join(home, file), { readonly: true });
    try {
      return tables.map((table) => [table, db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()]);
    } finally {
      db.close();
    }
  };
  return Object.fromEntries([
    ...count('user.db', ['source', 'source_health', 'account']),
    ...count('catalogue.db', ['source_cursor', 'asset', 'asset_told', 'rendition', 'catalogue_event']),
  ]);
}

const nothing: Record<string, unknown> = {
  source: 0,
  source_health: 0,
  account: 0,
  source_cursor: 0,
  asset: 0,
  asset_told: 0,
  rendition: 0,
  catalogue_event: 0,
};

test.each([0, 3, 10, 40, 150])(
  'a removal killed after %i ms is finished at the next start',
  async (afterMs) => {
    const home = await aReadHome(await aPortal());
    const whole = leftIn(home);
    const child = runChild('remove-source', [home]);
    await child.line('removing');
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    await child.kill();
    const core = await startCore({ home });
    const { sources } = await core.client.sources.list();
    // Killed before anything was written down, it was not asked for and all of it is there.
    const wanted = sources.length === 0 ? nothing : whole;
    await until(
      () => leftIn(home),
      (left) => left['source'] === wanted['source'],
    );
    await core.close();
    expect(leftIn(home)).toEqual(wanted);
  },
);

test('a core that is closed in the middle of a removal goes on with it, and shows the source no more', async () => {
  const portal = await aPortal();
  const home = await aReadHome(portal);
  const core = await startCore({ home });
  const [source] = (await core.client.sources.list()).sources;
  if (!source) throw new Error('There is no source.');
  const removing = core.client.sources.remove({ id: source.id }).catch(() => undefined);
  await until(
    async () => (await core.client.sources.list()).sources,
    (sources) => sources.length === 0,
  );
  await core.close();
  await removing;
  const again = await startCore({ home });
  expect((await again.client.sources.list()).sources).toEqual([]);
  await until(
    () => leftIn(home),
    (left) => left['source'] === 0,
  );
  expect((await again.client.catalogue.list({})).total).toBe(0);
  await again.close();
  expect(leftIn(home)).toEqual(nothing);
});

/** Writes a source down as one that a kill has left half-removed; what the catalogue has of it is whole. */
function leaveHalfRemoved(home: string): void {
  const db = new Database(join(home, 'user.db'));
  db.exec(
    `UPDATE source SET instance_id = NULL, settings_json = json_set(settings_json, '$.beingRemoved', 'yes')`,
  );
  db.close();
}

test('what is half-removed can be looked at, but neither read, changed nor scheduled', async () => {
  const portal = await aPortal(3);
  const home = await aReadHome(portal);
  leaveHalfRemoved(home);
  portal.asked.length = 0;
  const core = await startCore({ home, still: true });
  const [asset] = (await core.client.catalogue.list({ limit: 1 })).items;
  if (!asset) throw new Error('There is no asset.');
  const { sourceId, sourceName } = await core.client.catalogue.get({ id: asset.id });
  expect(sourceName).toBe('Played portal');
  expect(await codeOf(syncAll(core, sourceId))).toBe('NOT_FOUND');
  expect(await codeOf(core.client.sources.update({ id: sourceId, name: 'Mine' }))).toBe('NOT_FOUND');
  expect(portal.asked).toEqual([]);
  await core.client.sources.remove({ id: sourceId });
  await core.close();
  expect(leftIn(home)).toEqual(nothing);
});

test('a source that is added anew while its removal is unfinished is another one, and stays', async () => {
  const portal = await aPortal(3);
  const home = await aReadHome(portal);
  leaveHalfRemoved(home);
  const still = await startCore({ home, still: true });
  const fresh = await addSource(still, portal.url);
  await still.close();
  const core = await startCore({ home });
  await until(
    () => leftIn(home),
    (left) => left['source'] === 1,
  );
  expect((await core.client.sources.list()).sources.map(({ id }) => id)).toEqual([fresh]);
  expect((await syncSummary(core, fresh)).added).toBe(3);
});

test.each([
  ['the first page', null],
  ['a page in the middle', 'page:2'],
])('a source that is removed while %s is read is gone, and its sync ends', async (_what, cursor) => {
  const portal = await aPortal(6);
  portal.pageSize = 2;
  const core = await startCore();
  const id = await addSource(core, portal.url);
  const reached = Promise.withResolvers<void>();
  const late = Promise.withResolvers<boolean>();
  portal.answer = ({ path, query }) => {
    if (path !== portalPaths.assets || query.get('cursor') !== cursor) return false;
    reached.resolve();
    return late.promise;
  };
  const syncing = codeOf(syncAll(core, id));
  await reached.promise;
  await core.client.sources.remove({ id });
  // The answer comes when nobody waits for it any more.
  late.resolve(false);
  expect(['CANCELLED', 'CONFLICT', 'NOT_FOUND']).toContain(await syncing);
  expect((await core.client.sources.list()).sources).toEqual([]);
  await core.close();
  expect(leftIn(core.home)).toEqual(nothing);
});

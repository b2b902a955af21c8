import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { portalPaths } from '../../../shared/portal-api/paths.ts';
import { anAsset } from '../../support/builders.ts';
import { aNoticesArea, aSnapshot, aTelling } from './a-notices-area.ts';
import { aHeldPortal } from './a-held-portal.ts';
import { playPortal } from './played-portal.ts';
import { addSource, startCore, syncSummary, type TestCore } from './test-core.ts';

const agency = { id: 'source-1', name: 'Agency' };

/** An area that holds items of a source, each of which was told to it while it was there. */
function aHolder(held: number) {
  const rig = aNoticesArea();
  const ids = Array.from({ length: held }, (_, n) => `asset-${String(n).padStart(3, '0')}`);
  const area = rig.open();
  for (const id of ids) {
    rig.holdClip(id, agency.id);
    rig.catalogue.set(id, aTelling());
  }
  area.consider(ids);
  return { ...rig, ids, area, told: async () => (await area.list({ limit: 500 })).items };
}

test('what went while the catalogue was lost is told once, as a withdrawal', async () => {
  const { ids, area, catalogue, told, notified } = aHolder(3);
  const [gone = ''] = ids;
  catalogue.delete(gone);
  await area.considerMissing(agency);
  await area.considerMissing(agency);
  expect(await told()).toMatchObject([
    {
      assetId: gone,
      sourceId: agency.id,
      sourceName: 'Agency',
      title: 'Convoy',
      kind: 'withdrawn',
      severity: 'stop',
      changes: [{ field: 'status', before: 'usable', after: 'withdrawn' }],
      holders: [{ kind: 'clip', title: gone }],
    },
  ]);
  expect(notified).toHaveLength(1);
  catalogue.set(gone, aTelling());
  area.consider([gone]);
  expect((await told()).map(({ kind }) => kind)).toEqual(['usable-again', 'withdrawn']);
});

test('what its holders know as withdrawn or killed, and what another source carries, is not told', async () => {
  const { ids, area, catalogue, told, holdClip } = aHolder(3);
  const [withdrawn = '', killed = '', other = ''] = ids;
  catalogue.set(withdrawn, aTelling({ status: 'withdrawn' }));
  catalogue.set(killed, aTelling({ status: 'withheld', notice: { kind: 'kill', text: 'KILL' } }));
  area.consider(ids);
  const before = (await told()).length;
  for (const id of [withdrawn, killed]) catalogue.delete(id);
  holdClip('of another source', 'source-2');
  catalogue.delete(other);
  await area.considerMissing({ id: 'source-3', name: 'Elsewhere' });
  expect(await told()).toHaveLength(before);
  await area.considerMissing(agency);
  expect((await told()).map(({ assetId }) => assetId).slice(0, -before)).toEqual([other]);
});

test('a download that was told nothing since is held against what it kept; without a copy nothing is known', async () => {
  const { open, holdDownload } = aNoticesArea();
  holdDownload('kept', { snapshot: aSnapshot({ told: aTelling() }), sourceId: agency.id });
  holdDownload('old', { snapshot: aSnapshot(), sourceId: agency.id });
  holdDownload('none', { sourceId: agency.id });
  holdDownload('unwanted', {
    state: 'cancelled',
    snapshot: aSnapshot({ told: aTelling() }),
    sourceId: agency.id,
  });
  const area = open();
  await area.considerMissing(agency);
  expect((await area.list({ limit: 10 })).items).toMatchObject([{ assetId: 'kept', kind: 'withdrawn' }]);
});

test('more than half of what is held, and twenty at least, is not believed, but said of the source', async () => {
  const { ids, area, catalogue, told, open } = aHolder(39);
  for (const id of ids.slice(0, 20)) catalogue.delete(id);
  expect(await area.doubtOf(agency.id, false)).toBeNull();
  await area.considerMissing(agency);
  expect(await told()).toEqual([]);
  expect(await area.doubtOf(agency.id, false)).toContain('20 of the 39 items');
  // After a new start it is known by what stands with the source.
  const next = open();
  expect(await next.doubtOf(agency.id, false)).toBeNull();
  expect(await next.doubtOf(agency.id, true)).toContain('20 of the 39 items');
  catalogue.set(ids[0] ?? '', aTelling());
  expect(await next.doubtOf(agency.id, true)).toBeNull();
  await area.considerMissing(agency);
  expect(await told()).toHaveLength(19);
  expect(await area.doubtOf(agency.id, false)).toBeNull();
});

test('half of what is held is believed, however many', async () => {
  const { ids, area, catalogue, told } = aHolder(60);
  for (const id of ids.slice(0, 30)) catalogue.delete(id);
  await area.considerMissing(agency);
  expect(await told()).toHaveLength(30);
});

test('looking for what is missing ends with the area', async () => {
  const { ids, area, catalogue, asked, open } = aHolder(400);
  for (const id of ids.slice(0, 100)) catalogue.delete(id);
  asked.assets = 0;
  const looking = area.considerMissing(agency);
  await area.close();
  await looking;
  expect(asked.assets).toBeLessThan(400);
  expect((await open().list({ limit: 10 })).total).toBe(0);
});

function loseCatalogue(core: TestCore): void {
  for (const suffix of ['', '-wal', '-shm'])
    rmSync(join(core.home, `catalogue.db${suffix}`), { force: true });
}

test('an item that a portal withdrew and forgot while the catalogue was lost is told after the first reading', async () => {
  const { portal, core, sourceId, assets, hold } = await aHeldPortal();
  const [held, stays] = assets;
  if (!held || !stays) throw new Error('The portal offers too little.');
  await hold(held);
  await hold(stays);
  const { externalId, title } = await core.client.catalogue.get({ id: held });
  await core.client.notices.count();
  await core.close();
  loseCatalogue(core);
  portal.withdrawAsset(externalId);
  const again = await startCore({ home: core.home });
  await syncSummary(again, sourceId);
  await syncSummary(again, sourceId);
  expect((await again.client.notices.list({ limit: 10 })).items).toMatchObject([
    { assetId: held, title, kind: 'withdrawn', holders: [{ kind: 'clip' }] },
  ]);
});

/** A portal of which one item is on its way to this home, and a catalogue that was lost. */
async function aLostCatalogue() {
  const portal = await playPortal({ assets: ['1', '2', '3'].map((id) => anAsset({ id })) });
  const first = await startCore({ still: true });
  const sourceId = await addSource(first, portal.url);
  await syncSummary(first, sourceId);
  const { items } = await first.client.catalogue.list({ limit: 10 });
  const held = items.find(({ title }) => title === 'Asset 2');
  if (!held) throw new Error('The item is not there.');
  await first.client.downloads.add({ assetIds: [held.id], rendition: 'best' });
  await first.close();
  loseCatalogue(first);
  portal.assets.splice(1, 1);
  const core = await startCore({ home: first.home, still: true });
  const kinds = async () => (await core.client.notices.list({ limit: 10 })).items.map(({ kind }) => kind);
  return { portal, core, sourceId, held: held.id, kinds };
}

test('a reading in which an item could not be read tells nothing as gone', async () => {
  const { portal, core, sourceId, kinds } = await aLostCatalogue();
  portal.assets.push({ ...anAsset({ id: '9' }), title: 7 });
  expect(await syncSummary(core, sourceId)).toMatchObject({ added: 2, failed: 1 });
  expect(await kinds()).toEqual([]);
});

test('a reading that was cut short tells nothing as gone before it has come to its end', async () => {
  const { portal, core, sourceId, kinds } = await aLostCatalogue();
  portal.pageSize = 1;
  portal.answer = ({ path, query }, response) =>
    path === portalPaths.assets &&
    query.get('cursor') === 'page:1' &&
    response.writeHead(503).end() !== undefined;
  await expect(syncSummary(core, sourceId)).rejects.toThrow('503');
  expect(await kinds()).toEqual([]);
  portal.answer = null;
  await syncSummary(core, sourceId);
  expect(await kinds()).toEqual(['withdrawn']);
});

test('a source that shows almost nothing of what is held says so with its health, until it shows it again', async () => {
  const portal = await playPortal({
    assets: Array.from({ length: 30 }, (_, n) => anAsset({ id: String(n + 1) })),
  });
  const first = await startCore({ still: true });
  const sourceId = await addSource(first, portal.url);
  await syncSummary(first, sourceId);
  const { items } = await first.client.catalogue.list({ limit: 50 });
  await first.client.downloads.add({ assetIds: items.map(({ id }) => id), rendition: 'best' });
  await first.close();
  loseCatalogue(first);
  const all = portal.assets.splice(1);
  let core = await startCore({ home: first.home, still: true });
  const health = async () => (await core.client.sources.list()).sources[0];
  await syncSummary(core, sourceId);
  expect(await health()).toMatchObject({
    state: 'ok',
    reason: expect.stringContaining('29 of the 30 items'),
  });
  expect(await core.client.notices.count()).toEqual({ open: 0, stop: 0 });
  await core.close();
  core = await startCore({ home: first.home, still: true });
  await syncSummary(core, sourceId);
  expect(await health()).toMatchObject({
    state: 'ok',
    reason: expect.stringContaining('29 of the 30 items'),
  });
  // Changes bring back what was gone.
  portal.answer = ({ path, query }) => {
    if (path === portalPaths.assets && query.get('changedSince') !== null) query.delete('changedSince');
    return false;
  };
  portal.assets.push(...all);
  await syncSummary(core, sourceId);
  expect(await health()).toMatchObject({ state: 'ok', reason: null });
});

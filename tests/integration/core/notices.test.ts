import { readFileSync } from 'node:fs';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { anAsset } from '../../support/builders.ts';
import { playPortal } from './played-portal.ts';
import { addSource, startCore, syncSummary } from './test-core.ts';
import { aHeldPortal } from './a-held-portal.ts';

test('whoever holds what is withdrawn is told once, with the clip and its place, and the file stays', async () => {
  const { portal, core, assets, hold, sync } = await aHeldPortal();
  const [held, other] = assets;
  if (!held || !other) throw new Error('The portal offers too little.');
  await hold(held);
  const { items: clips } = await core.client.library.list({ limit: 1 });
  const path = clips[0]?.path ?? '';
  const before = readFileSync(path);
  for (const id of [held, other]) {
    portal.withdrawAsset((await core.client.catalogue.get({ id })).externalId);
  }
  await sync();
  const { total, items } = await core.client.notices.list({ limit: 10 });
  expect(total).toBe(1);
  expect(items).toMatchObject([
    {
      assetId: held,
      kind: 'withdrawn',
      severity: 'stop',
      changes: [{ field: 'status', before: 'usable', after: 'withdrawn' }],
      acknowledgedAtMs: null,
      holders: [{ kind: 'clip', id: clips[0]?.id, paths: [path] }],
    },
  ]);
  expect(await core.client.notices.count()).toEqual({ open: 1, stop: 1 });
  expect(readFileSync(path).equals(before)).toBe(true);

  await sync();
  expect((await core.client.notices.list({ limit: 10 })).total).toBe(1);
  const id = items[0]?.id ?? '';
  expect(await core.client.notices.acknowledge({ ids: [id], note: 'Taken off air.' })).toEqual({
    acknowledged: 1,
  });
  expect(await core.client.notices.acknowledge({ ids: [id] })).toEqual({ acknowledged: 0 });
  expect(await core.client.notices.count()).toEqual({ open: 0, stop: 0 });
  expect((await core.client.notices.list({ open: true, limit: 10 })).items).toEqual([]);
  expect((await core.client.notices.list({ clipId: clips[0]?.id, limit: 10 })).items).toMatchObject([
    { note: 'Taken off air.' },
  ]);
});

test('rights, texts and a file that changed are told with both sides; what is back is told too', async () => {
  const { portal, core, assets, hold, sync } = await aHeldPortal();
  const [held] = assets;
  if (!held) throw new Error('The portal offers nothing.');
  await hold(held);
  const { externalId, rights, synopsis, renditions } = await core.client.catalogue.get({ id: held });
  const portalRights = {
    usageText: rights.usageText ?? '',
    creditLine: rights.creditLine ?? '',
    editorialOnly: true,
    territories: null,
  };
  portal.touchAsset(externalId, { rights: { ...portalRights, thirdParty: 'Music to be cleared.' } });
  await sync();
  portal.touchAsset(externalId, { synopsis: 'Another synopsis.' });
  await sync();
  portal.touchAsset(externalId, { status: 'withheld' });
  await sync();
  portal.touchAsset(externalId, { status: 'usable' });
  await sync();
  const { items } = await core.client.notices.list({ assetId: held, limit: 10 });
  expect(items.map(({ kind }) => kind)).toEqual(['usable-again', 'withheld', 'text-changed', 'rights']);
  expect(items.at(-1)?.changes).toContainEqual({
    field: 'thirdParty',
    before: rights.thirdParty,
    after: 'Music to be cleared.',
  });
  expect(items.at(-2)?.changes).toEqual([
    { field: 'synopsis', before: synopsis, after: 'Another synopsis.' },
  ]);
  expect(renditions.length).toBeGreaterThan(0);
});

test('another name or place is told; the same people in another order are not', async () => {
  const portal = await playPortal({});
  const people = [{ name: 'Ada Lind', role: 'Speaker' }, { name: 'Bo Holm' }];
  portal.assets.push(anAsset({ people }));
  const core = await startCore({ still: true });
  const sourceId = await addSource(core, portal.url);
  await syncSummary(core, sourceId);
  const { items: assets } = await core.client.catalogue.list({ limit: 1 });
  await core.client.downloads.add({ assetIds: assets.map(({ id }) => id), rendition: 'best' });
  portal.answer = ({ query }) => {
    query.delete('changedSince');
    return false;
  };
  portal.assets[0] = anAsset({ version: 'v2', people: people.toReversed() });
  await syncSummary(core, sourceId);
  expect((await core.client.notices.list({ limit: 10 })).items).toEqual([]);
  portal.assets[0] = anAsset({
    version: 'v3',
    people: [{ name: 'Ada Lindh' }],
    place: 'Oslo',
    country: 'Norway',
  });
  await syncSummary(core, sourceId);
  const { items } = await core.client.notices.list({ limit: 10 });
  expect(items).toMatchObject([{ kind: 'text-changed', severity: 'know' }]);
  expect(items[0]?.changes).toEqual([
    { field: 'people', before: 'Ada Lind, Bo Holm', after: 'Ada Lindh' },
    { field: 'place', before: 'Tamrit', after: 'Oslo' },
    { field: 'country', before: 'Meridian', after: 'Norway' },
  ]);
});

test('a catalogue that was begun anew tells what changed meanwhile, and nothing else', async () => {
  const { portal, core, sourceId, assets, hold } = await aHeldPortal();
  const [held, untouched] = assets;
  if (!held || !untouched) throw new Error('The portal offers too little.');
  await hold(held);
  await hold(untouched);
  const { externalId } = await core.client.catalogue.get({ id: held });
  await core.close();
  for (const suffix of ['', '-wal', '-shm'])
    rmSync(join(core.home, `catalogue.db${suffix}`), { force: true });
  portal.touchAsset(externalId, { synopsis: 'Told while nobody listened.' });
  const again = await startCore({ home: core.home });
  await syncSummary(again, sourceId);
  const { items } = await again.client.notices.list({ limit: 10 });
  expect(items).toMatchObject([{ assetId: held, kind: 'text-changed' }]);
  expect(items).toHaveLength(1);
});

import { expect, test } from 'vitest';
import { aHeldPortal } from './a-held-portal.ts';
import { codeOf, startCore } from './test-core.ts';

const noLimits = {
  rendition: 'smallest',
  dir: null,
  fromDay: null,
  mostFiles: null,
  mostBytes: null,
  keepOut: true,
} as const;

test('a search is kept with what it finds, changed, looked at and forgotten', async () => {
  const { core, portal, sync } = await aHeldPortal();
  const { savedSearches, catalogue } = core.client;
  const { total } = await catalogue.list({ limit: 1 });
  const kept = await savedSearches.save({ name: 'All', filter: {} });
  expect(kept).toMatchObject({ total, fresh: 0, hasRule: false });
  const narrowed = await savedSearches.save({ id: kept.id, name: 'Usable', filter: { status: 'usable' } });
  expect(narrowed).toMatchObject({ id: kept.id, name: 'Usable' });
  expect(narrowed.total).toBeLessThanOrEqual(total);
  await sync();
  expect((await savedSearches.list()).searches).toHaveLength(1);
  await savedSearches.seen({ id: kept.id });
  await savedSearches.remove({ id: kept.id });
  expect((await savedSearches.list()).searches).toEqual([]);
  expect(await codeOf(savedSearches.remove({ id: kept.id }))).toBe('NOT_FOUND');
  expect(await codeOf(savedSearches.save({ id: kept.id, name: 'x', filter: {} }))).toBe('NOT_FOUND');
  expect(portal.counters.linksIssued).toBe(0);
});

test('a rule takes what its preview has shown, once, and what was cancelled stays out', async () => {
  const { core, assets } = await aHeldPortal();
  const { rules, savedSearches, downloads } = core.client;
  const { id: searchId } = await savedSearches.save({ name: 'Usable', filter: { status: 'usable' } });
  const preview = await rules.preview({ ...noLimits, searchId });
  expect(preview.files).toBe(preview.items.length);
  expect(preview.files + preview.noFile).toBe(assets.length);
  expect(preview.bytes).toBe(preview.items.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0));

  const rule = await rules.save({ ...noLimits, searchId, enabled: true });
  await rules.run();
  const taken = await downloads.list({});
  expect(new Set(taken.downloads.map(({ assetId }) => assetId))).toEqual(
    new Set(preview.items.map(({ assetId }) => assetId)),
  );
  expect((await rules.list()).rules).toMatchObject([
    { id: rule.id, enabled: true, takenFiles: preview.files, takenBytes: preview.bytes, reason: null },
  ]);
  await downloads.cancel({ ids: taken.downloads.slice(0, 2).map(({ id }) => id) });
  await rules.run();
  expect((await rules.preview({ ...noLimits, searchId })).files).toBe(0);
  expect((await downloads.list({})).downloads.length).toBeLessThanOrEqual(taken.downloads.length);
});

test('the limits of a day hold, and what waits is said', async () => {
  const { core } = await aHeldPortal();
  const { rules, savedSearches, downloads } = core.client;
  const { id: searchId } = await savedSearches.save({ name: 'Usable', filter: { status: 'usable' } });
  const all = await rules.preview({ ...noLimits, searchId });
  const two = await rules.preview({ ...noLimits, searchId, mostFiles: 2 });
  expect(two).toMatchObject({ files: 2, beyondLimit: all.files - 2 });
  const small = all.items.map(({ sizeBytes }) => sizeBytes ?? 0).toSorted((a, b) => a - b)[0] ?? 0;
  const one = await rules.preview({ ...noLimits, searchId, mostBytes: small });
  expect(one.bytes).toBeLessThanOrEqual(small);
  await rules.save({ ...noLimits, searchId, mostFiles: 2, enabled: true });
  await rules.run();
  await rules.run();
  expect((await downloads.list({})).downloads).toHaveLength(2);
  expect((await rules.list()).rules[0]?.reason).toContain(`${all.files - 2} more wait`);
});

test('days, what is not released, and a rule without its search', async () => {
  const { core } = await aHeldPortal();
  const { rules, savedSearches } = core.client;
  const { id: searchId } = await savedSearches.save({ name: 'All', filter: {} });
  const all = await rules.preview({ ...noLimits, searchId });
  expect(all.notReleased).toBeGreaterThan(0);
  expect(await rules.preview({ ...noLimits, searchId, fromDay: '2999-01-01' })).toMatchObject({ files: 0 });
  expect(await codeOf(rules.preview({ ...noLimits, searchId: 'none' }))).toBe('NOT_FOUND');
  await rules.save({ ...noLimits, searchId, enabled: false });
  await savedSearches.remove({ id: searchId });
  expect((await rules.list()).rules).toEqual([]);
});

test('a core that is to be still takes nothing by itself', async () => {
  const { core } = await aHeldPortal();
  const { id: searchId } = await core.client.savedSearches.save({ name: 'All', filter: {} });
  await core.close();
  const still = await startCore({ home: core.home, still: true });
  await still.client.rules.save({ ...noLimits, searchId, enabled: true });
  await new Promise((resolve) => {
    setTimeout(resolve, 300);
  });
  expect((await still.client.downloads.list({})).downloads).toEqual([]);
});

test('the board holds what can be had and is neither here nor on its way', async () => {
  const { core, assets, hold } = await aHeldPortal();
  const [held] = assets;
  if (!held) throw new Error('The portal offers nothing.');
  await hold(held);
  const ids = async (filter: object): Promise<string[]> =>
    (await core.client.catalogue.list({ ...filter, limit: 100 })).items.map(({ id }) => id);
  const board = await ids({ status: 'usable', holding: 'none' });
  expect(new Set([...board, held])).toEqual(new Set(assets));
  expect(await ids({ holding: 'here' })).toEqual([held]);
  expect(await ids({ query: 'is:held' })).toEqual([held]);
  expect(new Set(await ids({ query: 'is:new' }))).toEqual(new Set(board));
  expect(await ids({ addedSinceMs: Date.now() + 60_000 })).toEqual([]);
});

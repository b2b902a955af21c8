import { expect, test } from 'vitest';
import { aRulesArea, noLimits } from './a-rules-area.ts';

const hourMs = 3_600_000;
const some = (count: number, sizeBytes: number | null = 100) =>
  Array.from({ length: count }, (_, n) => ({ id: `asset-${n}`, sizeBytes }));

test('what the limit of files leaves for later is taken when 24 hours have passed, and nothing twice', async () => {
  const { world, on, run } = await aRulesArea();
  world.assets = some(5);
  expect(await on({ mostFiles: 2 })).toMatchObject({
    takenFiles: 2,
    reason: expect.stringContaining('3 more'),
  });
  world.nowMs += 23 * hourMs;
  expect((await run()).takenFiles).toBe(2);
  world.nowMs += hourMs;
  expect((await run()).takenFiles).toBe(4);
  world.nowMs += 24 * hourMs;
  expect(await run()).toMatchObject({ takenFiles: 5, takenBytes: 500, reason: null });
  expect(world.wanted).toEqual(['asset-0', 'asset-1', 'asset-2', 'asset-3', 'asset-4']);
});

test('the limit of bytes holds; what is too large leaves its place to what still fits', async () => {
  const { world, on, preview } = await aRulesArea();
  world.assets = [
    { id: 'large', sizeBytes: 900 },
    { id: 'larger than a day', sizeBytes: 5000 },
    { id: 'small', sizeBytes: 100 },
    { id: 'next', sizeBytes: 1 },
  ];
  expect(await preview({ mostBytes: 1000 })).toMatchObject({ files: 2, bytes: 1000, beyondLimit: 2 });
  expect((await on({ mostBytes: 1000 })).reason).toBe(
    '1 more wait for the limit of the rule. 1 are larger than the rule may take in a day, and are never taken.',
  );
  expect(world.wanted).toEqual(['large', 'small']);
});

test("what its rights forbid to use is not taken, takes nobody's place, and is taken when it may be used", async () => {
  const { world, on, preview, run } = await aRulesArea();
  world.assets = some(3);
  world.blocked.add('asset-0');
  expect(await preview({ mostFiles: 2 })).toMatchObject({ files: 2, notReleased: 1, beyondLimit: 0 });
  expect(await on()).toMatchObject({ takenFiles: 2, reason: null });
  world.blocked.clear();
  await run();
  expect(world.wanted).toEqual(['asset-1', 'asset-2', 'asset-0']);
});

test('a rule whose search finds more than a run looks through says so', async () => {
  const { world, on } = await aRulesArea();
  world.assets = Array.from({ length: 20_001 }, (_, n) => ({
    id: `asset-${n}`,
    status: 'withdrawn' as const,
  }));
  expect((await on()).reason).toContain('more than the newest 20000');
});

test('a size that is known only roughly counts, and one that the download has learnt does from then on', async () => {
  const { world, on, run, preview, alter } = await aRulesArea();
  world.assets = [{ id: 'rounded', sizeBytes: null, aboutBytes: 600 }, ...some(3, null)];
  expect(await preview({ mostBytes: 1000 })).toMatchObject({ files: 4, bytes: 600, unknownSizes: 3 });
  const { items } = await preview({ mostBytes: 1000 });
  expect(items[0]).toEqual({
    assetId: 'rounded',
    title: 'rounded',
    day: null,
    fileName: 'rounded.mp4',
    sizeBytes: null,
  });
  await on({ mostBytes: 1000, mostFiles: 2 });
  alter(`UPDATE download SET size_bytes = 390 WHERE asset_id = 'asset-0'`);
  world.assets.push({ id: 'eleven', sizeBytes: 11 }, { id: 'ten', sizeBytes: 10 });
  world.assets = world.assets.filter(({ sizeBytes }) => sizeBytes !== null);
  expect(await on({ mostBytes: 1000 })).toMatchObject({ takenBytes: 1000, takenFiles: 3 });
  expect(world.wanted).toEqual(['rounded', 'asset-0', 'ten']);
  expect((await run()).reason).toContain('1 more wait');
});

test('what is older or has no day is left alone from a day on', async () => {
  const { world, on, preview } = await aRulesArea();
  world.assets = [
    { id: 'that day', day: '2025-09-08', sizeBytes: 1 },
    { id: 'before', day: '2025-09-07', sizeBytes: 1 },
    { id: 'no day', day: null, sizeBytes: 1 },
  ];
  expect(await preview({ fromDay: '2025-09-08' })).toMatchObject({ files: 1, tooOld: 2 });
  await on({ fromDay: '2025-09-08' });
  expect(world.wanted).toEqual(['that day']);
});

test('what is not released or has no file is taken once it is and has', async () => {
  const { world, on, run, preview } = await aRulesArea();
  world.assets = [
    { id: 'embargoed', status: 'embargoed', sizeBytes: 1 },
    { id: 'withdrawn', status: 'withdrawn', sizeBytes: 1 },
    { id: 'no file' },
  ];
  expect(await preview()).toMatchObject({ files: 0, notReleased: 2, noFile: 1 });
  expect(await on()).toMatchObject({ takenFiles: 0, reason: null });
  world.assets = [
    { id: 'embargoed', sizeBytes: 1 },
    { id: 'withdrawn', status: 'withdrawn', sizeBytes: 1 },
    { id: 'no file', sizeBytes: 1 },
  ];
  await run();
  expect(world.wanted).toEqual(['embargoed', 'no file']);
});

test('what was cancelled or deleted stays out until it is wanted again', async () => {
  const { world, alter, download, on, preview, run } = await aRulesArea();
  world.assets = [...some(2), { id: 'deleted', sizeBytes: 1 }, { id: 'here', sizeBytes: 1 }];
  download('asset-0', 'cancelled');
  alter(`INSERT INTO clip (id, fingerprint, size_bytes, title, asset_id, created_at_ms)
    VALUES ('a', 'a', 1, 'a', 'deleted', 1), ('b', 'b', 1, 'b', 'here', 1);
    INSERT INTO clip_place (clip_id, path, size_bytes, modified_at_ms, present) VALUES ('b', '/x/b.mp4', 1, 1, 1)`);
  expect(await preview()).toMatchObject({ files: 1, deleted: 2, here: 1 });
  await on();
  expect(world.wanted).toEqual(['asset-1']);
  // What the rule itself has taken is not fetched again either when its download is gone without a trace.
  alter(`DELETE FROM download WHERE asset_id = 'asset-1'`);
  await run();
  expect(world.wanted).toEqual(['asset-1']);
  expect(await preview({ keepOut: false })).toMatchObject({ files: 3, deleted: 0, here: 1 });
  await on({ keepOut: false });
  expect(world.wanted.slice(1)).toEqual(['asset-0', 'asset-1', 'deleted']);
});

test('what another source carries too is here when it is here as that', async () => {
  const { world, download, preview } = await aRulesArea();
  world.assets = some(3);
  world.twins.set('asset-0', ['twin-0']).set('asset-1', ['twin-1']).set('asset-2', ['twin-2']);
  download('twin-0', 'running');
  download('twin-1', 'cancelled');
  expect(await preview()).toMatchObject({ files: 1, here: 1, deleted: 1 });
});

test('a refusal is the reason of the rule, keeps nothing else back and loses nothing', async () => {
  const { world, on, run } = await aRulesArea();
  world.assets = some(3);
  world.refuse = (id) => (id === 'asset-1' ? 'Sign in first.' : null);
  expect(await on()).toMatchObject({ takenFiles: 2, reason: 'Sign in first.' });
  world.refuse = () => {
    throw new Error('The disk is full.');
  };
  expect(await run()).toMatchObject({ takenFiles: 2, reason: 'The disk is full.' });
  world.refuse = () => null;
  expect(await run()).toMatchObject({ takenFiles: 3, reason: null });
  expect(world.wanted).toEqual(['asset-0', 'asset-2', 'asset-1']);
});

test('two runs at once and a run after a restart take nothing twice', async () => {
  const { world, rules, open, on } = await aRulesArea();
  await on();
  world.assets = some(40);
  await Promise.all([rules.run(), rules.run(), rules.run()]);
  await rules.close();
  await open().run();
  expect(world.wanted).toHaveLength(40);
  expect(new Set(world.wanted).size).toBe(40);
});

test.for(['off', 'narrowed', 'removed', 'forgotten'] as const)(
  'a rule that is %s in the middle of a run takes nothing more',
  async (change) => {
    const { world, rules, searches, searchId, on } = await aRulesArea();
    const { id } = await on();
    world.assets = some(10);
    const changes = {
      off: () => rules.save({ ...noLimits, searchId, enabled: false }),
      narrowed: () => rules.save({ ...noLimits, searchId, mostFiles: 4, enabled: true }),
      removed: () => rules.remove(id),
      forgotten: () => searches.remove(searchId),
    };
    world.refuse = (asset) => {
      if (asset === 'asset-3') changes[change]();
      return null;
    };
    await rules.run();
    expect(world.wanted).toHaveLength(4);
  },
);

test('a rule is not made for a search that is not there, nor removed when it is not', async () => {
  const { rules } = await aRulesArea();
  const save = () => rules.save({ ...noLimits, searchId: 'none', enabled: true });
  expect(save).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  expect(() => rules.remove('none')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  expect(rules.list()).toEqual([]);
});

test('more is found than one page, and no more is looked through than a run may', async () => {
  const { world, preview } = await aRulesArea();
  world.assets = some(20_500, 1);
  const wide = await preview();
  expect(wide).toMatchObject({ files: 20_000, bytes: 20_000, more: true });
  expect(wide.items).toHaveLength(50);
  world.assets = some(1201, 1);
  expect(await preview()).toMatchObject({ files: 1201, more: false });
});

test('a rule that was begun looks by itself when the catalogue has changed', async () => {
  const { world, rules, searchId } = await aRulesArea();
  rules.save({ ...noLimits, searchId, enabled: true });
  world.assets = some(1);
  rules.wake();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(world.wanted).toEqual([]);
  rules.start();
  await expect.poll(() => world.wanted, { timeout: 5000 }).toEqual(['asset-0']);
  world.assets = some(2);
  rules.wake();
  await expect.poll(() => world.wanted, { timeout: 5000 }).toEqual(['asset-0', 'asset-1']);
});

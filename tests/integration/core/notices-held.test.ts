import { expect, test } from 'vitest';
import { aNoticesArea, aSnapshot, aTelling } from './a-notices-area.ts';
import type { NoticesArea } from '../../../electron/core/notices/notices.ts';

const item = '0198a000-0000-7000-8000-00000000000a';
const twin = '0198a000-0000-7000-8000-00000000000b';

async function kindsOf(area: NoticesArea): Promise<string[]> {
  return (await area.list({ limit: 100 })).items.map(({ kind }) => kind);
}

test('what nobody holds tells nothing, nor does what was cancelled or failed', async () => {
  const { catalogue, open, holdDownload, notified } = aNoticesArea();
  holdDownload(item, { state: 'cancelled' });
  holdDownload(item, { state: 'failed' });
  catalogue.set(item, aTelling({ status: 'withdrawn' }));
  const area = open();
  area.consider([item]);
  expect(await area.list({ limit: 10 })).toEqual({ total: 0, items: [], cursor: null });
  expect(notified).toEqual([]);
});

test.for(['queued', 'running', 'waiting', 'paused', 'verifying'])(
  'a download that is %s is a holder',
  async (state) => {
    const { catalogue, open, holdDownload } = aNoticesArea();
    holdDownload(item, { state, snapshot: aSnapshot({ told: aTelling() }) });
    catalogue.set(item, aTelling({ status: 'withheld' }));
    const area = open();
    area.consider([item]);
    expect((await area.list({ limit: 10 })).items).toMatchObject([
      { kind: 'withheld', severity: 'stop', holders: [{ kind: 'download', state }] },
    ]);
  },
);

test('what a sync had read when it was killed is told at the next start, and once', async () => {
  const { catalogue, open, holdClip, asked } = aNoticesArea();
  holdClip(item);
  catalogue.set(item, aTelling());
  open().consider([item]);
  catalogue.set(item, aTelling({ status: 'withdrawn', notice: { kind: 'kill', text: 'KILL: a minor' } }));
  const next = open();
  // Whoever asks first is not told that there is nothing.
  expect(await next.count()).toEqual({ open: 1, stop: 1 });
  expect((await next.list({ limit: 10 })).items).toMatchObject([{ kind: 'killed', text: 'KILL: a minor' }]);
  await open().catchUp();
  expect(await kindsOf(open())).toEqual(['killed']);
  const looked = asked.assets;
  await next.catchUp();
  expect(asked.assets).toBe(looked);
});

test('catching up goes through all that is held, twins included, and can be ended', async () => {
  const rig = aNoticesArea();
  const ids = Array.from({ length: 320 }, (_, n) => `asset-${n}`);
  for (const id of ids) {
    rig.holdClip(id);
    rig.catalogue.set(id, aTelling({ status: 'withdrawn' }));
  }
  rig.twins.set('asset-7', [twin]);
  rig.twins.set(twin, ['asset-7']);
  rig.catalogue.set(twin, aTelling({ status: 'withdrawn' }));
  const ended = rig.open();
  const looking = ended.catchUp();
  await ended.close();
  await looking;
  expect(rig.asked.assets).toBeLessThan(320);
  expect(await rig.open().count()).toEqual({ open: 321, stop: 321 });
});

test('an old download without a whole copy is told of what was written down alone', async () => {
  const { catalogue, open, holdDownload } = aNoticesArea();
  // As an older Rushes wrote it: rights that it did not ask for are not among them.
  const rights = {
    usageText: 'For news',
    creditLine: null,
    editorialOnly: null,
    thirdParty: null,
    embargoUntilMs: null,
    expiresAtMs: null,
    territories: null,
  };
  holdDownload(item, { snapshot: aSnapshot({ rights }) });
  const rich = { ...aTelling().rights, copyright: '© Agency', licenceUrl: 'https://agency.example/terms' };
  catalogue.set(item, aTelling({ rights: rich, texts: { title: 'Another title' } }));
  const area = open();
  area.consider([item]);
  expect(await kindsOf(area)).toEqual([]);
  catalogue.set(item, aTelling({ rights: { ...rich, territories: 'Not Norway' }, texts: {} }));
  area.consider([item]);
  expect((await area.list({ limit: 10 })).items).toMatchObject([
    { kind: 'rights', changes: [{ field: 'territories', before: null, after: 'Not Norway' }] },
  ]);
});

test('a copy that cannot be read is none, and a told one that cannot be read falls back to it', async () => {
  const { alter, catalogue, open, holdDownload } = aNoticesArea();
  holdDownload(item, { snapshot: { told: 7 } });
  catalogue.set(item, aTelling());
  const area = open();
  area.consider([item]);
  alter(`UPDATE told_asset SET told_json = '{"status":"of another version"}'`);
  catalogue.set(item, aTelling({ status: 'withdrawn' }));
  area.consider([item]);
  expect(await kindsOf(area)).toEqual(['withdrawn']);
});

test('a twin of what is held tells of itself, and not that its own words are other ones', async () => {
  const { catalogue, twins, open, holdDownload } = aNoticesArea();
  holdDownload(item, { snapshot: aSnapshot({ told: aTelling() }) });
  twins.set(twin, [item]);
  twins.set(item, [twin]);
  const ofTwin = aTelling({
    version: '77',
    texts: { title: 'CONVOI', synopsis: 'Des véhicules', shotlist: null, transcript: null },
    rights: { ...aTelling().rights, usageText: 'Libre' },
    files: { master: '99 bytes' },
  });
  catalogue.set(item, aTelling());
  catalogue.set(twin, ofTwin);
  const area = open();
  area.consider([item, twin]);
  expect(await kindsOf(area)).toEqual([]);
  // Both sources call a file "master": only that of the source it was taken from can have been replaced.
  catalogue.set(twin, { ...ofTwin, files: { master: '100 bytes' } });
  area.consider([twin]);
  expect(await kindsOf(area)).toEqual([]);
  catalogue.set(twin, { ...ofTwin, notice: { kind: 'kill', text: 'KILL' }, status: 'withdrawn' });
  area.consider([twin]);
  const { items } = await area.list({ assetId: item as never, limit: 10 });
  expect(items).toMatchObject([{ assetId: twin, kind: 'killed', title: 'CONVOI' }]);
});

test('whoever takes an item again begins with what it is then', async () => {
  const { alter, catalogue, open, holdDownload } = aNoticesArea();
  holdDownload(item, { snapshot: aSnapshot({ told: aTelling() }) });
  catalogue.set(item, aTelling());
  const area = open();
  area.consider([item]);
  alter(`UPDATE download SET state = 'cancelled'`);
  const changed = aTelling({ texts: { ...aTelling().texts, synopsis: 'The second text' } });
  catalogue.set(item, changed);
  area.consider([item]);
  holdDownload(item, { snapshot: aSnapshot({ told: changed }) });
  catalogue.set(item, { ...changed, status: 'withheld' });
  area.consider([item]);
  catalogue.set(item, changed);
  area.consider([item]);
  expect(await kindsOf(area)).toEqual(['usable-again', 'withheld']);
});

test('texts and rights that a withdrawn item has lost are no news, neither when they go nor when they are back', async () => {
  const { catalogue, open, holdDownload } = aNoticesArea();
  holdDownload(item, { snapshot: aSnapshot({ told: aTelling() }) });
  const area = open();
  const tell = (change: Parameters<typeof aTelling>[0]): void => {
    catalogue.set(item, aTelling(change));
    area.consider([item]);
  };
  const lost = { texts: { title: 'Convoy', synopsis: null, shotlist: null, transcript: null }, files: {} };
  tell({ status: 'withdrawn' });
  tell({ status: 'withdrawn', ...lost, rights: { ...aTelling().rights, usageText: null } });
  // It is listed again, without a file yet: that is not back.
  tell({ status: 'expected', ...lost });
  tell({ status: 'expected', ...lost });
  tell({});
  expect(await kindsOf(area)).toEqual(['usable-again', 'withdrawn']);
  tell({ status: 'withdrawn' });
  tell({ texts: { ...aTelling().texts, synopsis: 'Mended meanwhile' } });
  const [mended, again] = (await area.list({ limit: 2 })).items;
  expect([again?.kind, mended?.kind]).toEqual(['usable-again', 'text-changed']);
  expect(mended?.changes).toEqual([
    { field: 'synopsis', before: 'Vehicles cross the bridge', after: 'Mended meanwhile' },
  ]);
});

test('a hash that is told for the first time replaces no file; another hash does', async () => {
  const { catalogue, open, holdDownload } = aNoticesArea();
  holdDownload(item, { snapshot: aSnapshot({ told: aTelling() }) });
  const area = open();
  for (const fact of ['md5 0af0', 'md5 0af0', 'md5 1111']) {
    catalogue.set(item, aTelling({ files: { master: fact } }));
    area.consider([item]);
  }
  expect((await area.list({ limit: 10 })).items).toMatchObject([
    { kind: 'file-replaced', changes: [{ before: 'md5 0af0', after: 'md5 1111' }] },
  ]);
});

test('pages go through all notices once; many are seen at a time; a cursor of nobody is refused', async () => {
  const { catalogue, open, holdClip, clock, notified } = aNoticesArea();
  const area = open();
  const ids = Array.from({ length: 25 }, (_, n) => `asset-${n}`);
  for (const id of ids) {
    holdClip(id);
    catalogue.set(id, aTelling({ status: 'withdrawn' }));
  }
  area.consider(ids);
  const seen: string[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < 10; pages++) {
    const page = await area.list({ limit: 7, cursor });
    expect(page.total).toBe(25);
    seen.push(...page.items.map(({ id }) => id));
    if (page.cursor === null) break;
    cursor = page.cursor;
  }
  expect(new Set(seen).size).toBe(25);
  expect(notified).toHaveLength(25);
  clock.nowMs = 5000;
  expect(area.acknowledge([...seen.slice(0, 20), 'none'], 'Seen by the desk')).toEqual({ acknowledged: 20 });
  expect(await area.count()).toEqual({ open: 5, stop: 5 });
  expect((await area.list({ open: true, limit: 50 })).total).toBe(5);
  expect((await area.list({ limit: 1 })).items[0]).toMatchObject({
    acknowledgedAtMs: 5000,
    note: 'Seen by the desk',
  });
  await expect(area.list({ limit: 1, cursor: 'x' })).rejects.toMatchObject({ code: 'USAGE' });
});

import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ClipId, EventId } from '../../../shared/contract/values.ts';
import { anAsset, anEvent } from '../../support/builders.ts';
import { goodPassword, makeAccount, startPortal } from '../../support/portal.ts';
import { tempDir } from '../../support/temp.ts';
import { playPortal } from './played-portal.ts';
import { addSource, codeOf, startCore, syncSummary, until, type TestCore } from './test-core.ts';

/** A core with clips of one word each. */
async function aLibrary(...names: string[]) {
  const dir = tempDir();
  for (const name of names) {
    writeFileSync(join(dir, name), name);
    utimesSync(join(dir, name), 1, 1);
  }
  const core = await startCore();
  await core.client.library.addRoot({ path: dir });
  const { items } = await core.client.library.list({});
  const ids = names.map((name) => items.find(({ fileName }) => fileName === name)?.id as ClipId);
  const get = (id: ClipId | undefined) => core.client.library.get({ id: id as ClipId });
  return { core, tags: core.client.tags, ids, get };
}

test('a batch is one step back and one step forward', async () => {
  const { tags, ids, get } = await aLibrary('a.mp4', 'b.mp4', 'c.mp4');
  await tags.apply({ clipIds: [ids[0] as ClipId], add: ['old'], rating: 2 });
  const batch = await tags.apply({
    clipIds: ids,
    add: ['speech', 'hall'],
    remove: ['old'],
    rating: 5,
    label: 'red',
    note: 'wide',
  });
  expect(batch).toMatchObject({ changed: 3, undo: expect.any(String) });
  for (const id of ids)
    expect(await get(id)).toMatchObject({ tags: ['hall', 'speech'], rating: 5, label: 'red', note: 'wide' });
  expect(await tags.undo()).toMatchObject({ changed: 3 });
  expect(await get(ids[0])).toMatchObject({ tags: ['old'], rating: 2, label: null, note: '' });
  expect(await get(ids[2])).toMatchObject({ tags: [], rating: 0 });
  expect(await tags.undo()).toMatchObject({ changed: 1 });
  expect(await get(ids[0])).toMatchObject({ tags: [], rating: 0 });
  expect(await tags.undo()).toEqual({ changed: 0, undo: null });
  expect(await tags.redo()).toMatchObject({ changed: 1 });
  expect(await tags.redo()).toMatchObject({ changed: 3 });
  expect(await tags.redo()).toEqual({ changed: 0, undo: null });
  expect(await get(ids[1])).toMatchObject({ tags: ['hall', 'speech'], rating: 5 });
});

test('a new change ends the way forward', async () => {
  const { tags, ids, get } = await aLibrary('a.mp4');
  await tags.apply({ clipIds: ids, add: ['one'] });
  await tags.undo();
  await tags.apply({ clipIds: ids, add: ['two'] });
  expect(await tags.redo()).toEqual({ changed: 0, undo: null });
  expect((await get(ids[0])).tags).toEqual(['two']);
});

test('what changes nothing is no step, and a clip named twice is one', async () => {
  const { tags, ids } = await aLibrary('a.mp4');
  const [id] = ids as [ClipId];
  expect(await tags.apply({ clipIds: [id, id, id], add: ['one'] })).toMatchObject({ changed: 1 });
  expect(await tags.apply({ clipIds: [id], add: ['one'], remove: ['never'] })).toEqual({
    changed: 0,
    undo: null,
  });
  expect(await tags.undo()).toMatchObject({ changed: 1 });
});

test.each([
  ['an unknown clip', (ids: ClipId[]) => ({ clipIds: [...ids, 'nobody' as ClipId], add: ['x'] })],
  ['an unknown event', (ids: ClipId[]) => ({ clipIds: ids, eventId: 'nothing' as EventId, add: ['x'] })],
])('%s changes nothing at all', async (_what, change) => {
  const { tags, ids, get } = await aLibrary('a.mp4', 'b.mp4');
  expect(await codeOf(tags.apply(change(ids)))).toBe('NOT_FOUND');
  expect((await get(ids[0])).tags).toEqual([]);
  expect((await tags.list({})).tags).toEqual([]);
  expect(await tags.undo()).toEqual({ changed: 0, undo: null });
});

test('tags that differ in case or in how an accent is written are one', async () => {
  const { tags, ids, get } = await aLibrary('a.mp4', 'b.mp4');
  await tags.apply({ clipIds: [ids[0] as ClipId], add: ['Élysée', ' ÉLYSÉE '] });
  await tags.apply({ clipIds: [ids[1] as ClipId], add: ['E\u0301lyse\u0301e'] });
  expect((await tags.list({})).tags).toEqual([{ name: 'Élysée', clips: 2 }]);
  await tags.apply({ clipIds: ids, remove: ['élysée'] });
  expect((await get(ids[0])).tags).toEqual([]);
  expect((await tags.list({})).tags).toEqual([{ name: 'Élysée', clips: 0 }]);
});

test('a day is set, found and cleared', async () => {
  const { core, tags, ids, get } = await aLibrary('a.mp4');
  await tags.apply({ clipIds: ids, day: '2025-09-08' });
  expect((await core.client.library.list({ query: '2025-09' })).total).toBe(1);
  expect((await core.client.library.list({ query: '2025-10' })).total).toBe(0);
  await tags.apply({ clipIds: ids, day: null });
  expect((await get(ids[0])).day).toBeNull();
  for (const day of ['2025-13-01', '08.09.2025', ''])
    expect(await codeOf(tags.apply({ clipIds: ids, day }))).not.toBe('no error');
});

test('a clip is found by its tag, event, place, note and the words of its file name', async () => {
  const { core, tags, ids } = await aLibrary('TAMRIT_opening-speech_C0001.mp4', 'other.mp4');
  const event = await core.client.events.create({
    title: 'Winter session',
    place: 'Harbour hall',
    firstDay: '2025-09-08',
  });
  await tags.apply({ clipIds: [ids[0] as ClipId], add: ['close-up'], eventId: event.id, note: 'Zoë smiles' });
  const found = async (query: string) =>
    (await core.client.library.list({ query })).items.map(({ fileName }) => fileName);
  for (const query of [
    'close-up',
    'winter',
    'harbour',
    'zoe',
    'speech',
    'tamrit open',
    'c0001',
    '"opening speech"',
  ])
    expect([query, await found(query)]).toEqual([query, ['TAMRIT_opening-speech_C0001.mp4']]);
  expect(await found('winter -speech')).toEqual([]);
  await core.client.events.update({ id: event.id, title: 'Summer session' });
  expect(await found('winter')).toEqual([]);
  expect(await found('summer')).toHaveLength(1);
  const hits = await core.client.search.find({ query: 'summer' });
  expect(hits.items.map(({ kind }) => kind).sort()).toEqual(['clip', 'event']);
  expect((await core.client.library.list({ tag: 'CLOSE-UP' })).total).toBe(1);
  expect((await core.client.library.list({ eventId: event.id })).total).toBe(1);
});

test('an event of the catalogue that was used outlives the catalogue', async () => {
  const portal = await playPortal({ assets: [anAsset({ eventId: 'ev-1' })], events: [anEvent()] });
  const { core, tags, ids } = await aLibrary('a.mp4');
  await syncSummary(core, await addSource(core, portal.url));
  const [told] = (await core.client.events.list({})).events;
  await tags.apply({ clipIds: ids, eventId: told?.id ?? '' });
  expect((await core.client.events.list({})).events).toHaveLength(1);
  expect(await core.client.events.get({ id: told?.id as EventId })).toMatchObject({ assets: 1, clips: 1 });
  await core.close();
  rmSync(join(core.home, 'catalogue.db'));
  const again = await startCore({ home: core.home });
  expect((await again.client.events.list({})).events).toMatchObject([{ ...told, assets: 0, clips: 1 }]);
  expect((await again.client.library.list({ query: 'winter' })).total).toBe(1);
});

test('a catalogue deleted and synced again still knows its downloads, clips and tags', async () => {
  const portal = await startPortal();
  onTestFinished(() => portal.close());
  const dir = tempDir();
  const options = { downloadDir: dir };
  const core = await startCore(options);
  const sourceId = await addSource(core, portal.url);
  await syncSummary(core, sourceId);
  await makeAccount(portal, 'editor@newsroom.example');
  await core.client.account.login({ sourceId, email: 'editor@newsroom.example', password: goodPassword });
  const asset = (await core.client.catalogue.list({ status: 'usable' })).items[0];
  if (!asset) throw new Error('no usable asset');
  await core.client.downloads.add({ assetIds: [asset.id], rendition: 'smallest' });
  await until(
    async () => (await core.client.downloads.list({})).downloads[0]?.state,
    (state) => state === 'complete',
  );
  // A download is complete a moment before its clip is in the library.
  const clip = await until(
    async () => (await core.client.library.list({})).items[0],
    (found) => found !== undefined,
  );
  await core.client.tags.apply({ clipIds: [clip?.id as ClipId], add: ['kept'], note: 'mine' });
  const state = async (one: TestCore) => {
    const {
      steps: _steps,
      posterAtMs: _poster,
      ...kept
    } = (await one.client.library.list({})).items[0] as never as Record<string, unknown>;
    return {
      asset: await one.client.catalogue.get({ id: asset.id }),
      downloads: (await one.client.downloads.list({})).downloads,
      clip: { ...kept, hasPoster: null, stripFrames: null, durationMs: null },
      tags: await one.client.tags.list({}),
    };
  };
  await until(
    async () => (await core.client.library.list({})).items[0]?.steps.map((step) => step.state),
    (states) => !states?.includes('todo') && !states?.includes('running'),
  );
  const before = await state(core);
  expect(before.asset.holding.state).toBe('held');
  await core.close();
  rmSync(join(core.home, 'catalogue.db'));
  const again = await startCore({ home: core.home, ...options });
  expect((await again.client.catalogue.list({})).total).toBe(0);
  await syncSummary(again, sourceId);
  expect(await state(again)).toEqual(before);
  await again.client.sources.remove({ id: sourceId });
  expect((await again.client.catalogue.list({})).total).toBe(0);
  expect((await again.client.library.list({ query: 'kept' })).total).toBe(1);
  expect((await again.client.downloads.list({})).downloads).toHaveLength(1);
});

test.each([[{ firstDay: '2025-09-10', lastDay: '2025-09-08' }], [{ lastDay: '2025-09-08' }]])(
  'an event that ends before it begins is refused: %o',
  async (days) => {
    const core = await startCore();
    expect(await codeOf(core.client.events.create({ title: 'x', ...days }))).toBe('USAGE');
    const { id } = await core.client.events.create({ title: 'x' });
    expect(await codeOf(core.client.events.update({ id, ...days }))).toBe('USAGE');
    expect(await core.client.events.get({ id })).toMatchObject({ firstDay: null, lastDay: null });
    expect((await core.client.events.list({})).events).toHaveLength(1);
  },
);

test('an event of one day says so, and what is left out of a change stays', async () => {
  const core = await startCore();
  const one = await core.client.events.create({ title: ' Winter ', firstDay: '2025-09-08', place: 'Tamrit' });
  expect(one).toMatchObject({ title: 'Winter', lastDay: '2025-09-08', origin: 'person' });
  expect(await core.client.events.update({ id: one.id, summary: 'Talks' })).toMatchObject({
    place: 'Tamrit',
    lastDay: '2025-09-08',
  });
  expect(await core.client.events.update({ id: one.id, firstDay: null, lastDay: null })).toMatchObject({
    firstDay: null,
  });
  expect(await codeOf(core.client.events.create({ title: '   ' }))).not.toBe('no error');
  expect(await codeOf(core.client.events.get({ id: 'nothing' }))).toBe('NOT_FOUND');
});

test('events told and own are one list without doubles, newest first, found whatever the accents', async () => {
  const portal = await playPortal({
    events: [
      anEvent({ id: 'a', title: 'Zoë in Tamrit', firstDay: '2025-01-01', lastDay: '2025-01-31' }),
      anEvent({ id: 'b', title: 'Told' }),
    ],
  });
  const core = await startCore();
  await syncSummary(core, await addSource(core, portal.url));
  const list = async (query?: string) =>
    (await core.client.events.list(query === undefined ? {} : { query })).events.map(({ title }) => title);
  await core.client.events.create({ title: 'Own', firstDay: '2026-01-01', place: 'Élysée' });
  await core.client.events.create({ title: 'Without a day' });
  expect(await list()).toEqual(['Own', 'Told', 'Zoë in Tamrit', 'Without a day']);
  const [, told] = (await core.client.events.list({})).events;
  await core.client.events.update({ id: told?.id as EventId, title: 'Told, and changed' });
  expect(await list()).toEqual(['Own', 'Told, and changed', 'Zoë in Tamrit', 'Without a day']);
  expect(await list('zoe tamrit')).toEqual(['Zoë in Tamrit']);
  expect(await list('ELYSEE')).toEqual(['Own']);
  expect(await list('"in tamrit"')).toEqual(['Zoë in Tamrit']);
  expect(await list('tamrit -zoe')).toEqual(['Told, and changed']);
  expect(await list('2025-01-15')).toEqual(['Zoë in Tamrit']);
  expect(await list('2026-01')).toEqual(['Own']);
  const page = await core.client.search.find({ query: 'tamrit', in: 'events', limit: 1 });
  expect(page).toMatchObject({ total: 2, cursor: '1' });
  for (const cursor of ['x', '-1', '1.5'])
    expect(await codeOf(core.client.search.find({ query: 'tamrit', in: 'events', cursor }))).toBe('USAGE');
});

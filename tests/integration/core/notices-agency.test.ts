import { expect, test } from 'vitest';
import { ninjsItem, ninjsPage } from '../sources/rigs/agency-feed-rig.ts';
import { playServer, type PlayServer } from '../sources/play-server.ts';
import { changed, someItems } from '../sources/played-items.ts';
import type { PlayedItem } from '../sources/kind-rig.ts';
import { addSource, startCore, syncSummary } from './test-core.ts';

/** An agency that tells some items, with whatever a test adds to them. */
async function anAgency(items: readonly PlayedItem[]) {
  const told = { items, extra: new Map<string, object>() };
  const server: PlayServer = await playServer((asked, base) => {
    const reply = ninjsPage({ items: told.items, pageSize: 100 }, asked, base);
    if (!reply) return null;
    const sorted = told.items.toSorted((a, b) => b.changedAtMs - a.changedAtMs);
    const listed = sorted.map((item) => ({ ...ninjsItem(item, base), ...told.extra.get(item.id) }));
    return { ...reply, body: JSON.stringify({ _items: listed, _links: {} }) };
  });
  return Object.assign(told, { url: `${server.url}/items` });
}

test('an agency that corrects and then kills what is on its way tells its holder both, in its own words', async () => {
  const [first, second] = someItems(2) as [PlayedItem, PlayedItem];
  const agency = await anAgency([first, second]);
  const core = await startCore({ still: true });
  const sourceId = await addSource(core, agency.url);
  await syncSummary(core, sourceId);
  const { items } = await core.client.catalogue.list({ query: `"${first.title}"`, limit: 5 });
  const assetId = items[0]?.id;
  if (assetId === undefined) throw new Error('The agency offers nothing.');
  await core.client.downloads.add({ assetIds: [assetId], rendition: 'best' });

  const corrected = changed(first, { synopsis: 'Footage: vehicles cross the new bridge at dawn.' });
  const corrects = {
    signals: [{ uri: 'http://cv.iptc.org/newscodes/signal/correction', name: 'correction' }],
    ednote: 'Corrects the name of the bridge.',
  };
  agency.items = [corrected, changed(second, { synopsis: 'Nobody here holds it.' })];
  agency.extra.set(first.id, corrects);
  await syncSummary(core, sourceId);
  const [correction] = (await core.client.notices.list({ limit: 10 })).items;
  expect(correction).toMatchObject({
    assetId,
    kind: 'corrected',
    severity: 'look',
    text: expect.stringContaining('Corrects the name of the bridge'),
    holders: [{ kind: 'download', title: first.title }],
  });
  expect(correction?.changes.map(({ field }) => field)).toEqual(['version', 'synopsis']);

  agency.items = [changed(corrected, { withdrawn: true }), ...agency.items.slice(1)];
  agency.extra.set(first.id, { ednote: 'KILL: wrong identification.' });
  await syncSummary(core, sourceId);
  await syncSummary(core, sourceId);
  const { total, items: all } = await core.client.notices.list({ limit: 10 });
  expect(total).toBe(2);
  expect(all[0]).toMatchObject({
    kind: 'killed',
    severity: 'stop',
    text: expect.stringContaining('KILL: wrong identification.'),
  });
  expect(await core.client.notices.count()).toEqual({ open: 2, stop: 1 });
  // Nothing of it is touched: a person decides.
  expect((await core.client.downloads.list({})).downloads).toHaveLength(1);
});

test('what is taken from one source is told by another one that carries it too, and it is not taken from there', async () => {
  const items = someItems(2);
  const [ours, theirs] = [await anAgency(items), await anAgency(items)];
  const core = await startCore({ still: true });
  const { client } = core;
  const sourceId = await addSource(core, ours.url);
  const other = await addSource(core, theirs.url);
  for (const id of [sourceId, other]) await syncSummary(core, id);
  const find = async (source: typeof other) => {
    const found = await client.catalogue.list({ sourceId: source, limit: 10 });
    return found.items.find(({ title }) => title === items[0]?.title);
  };
  const [held, twin] = [await find(sourceId), await find(other)];
  if (!held || !twin) throw new Error('The sources offer too little.');
  await client.downloads.add({ assetIds: [held.id], rendition: 'best' });

  const { id: searchId } = await client.savedSearches.save({
    name: 'Theirs',
    filter: { sourceId: other },
  });
  const wish = { rendition: 'best', dir: null, fromDay: null, mostFiles: null, mostBytes: null } as const;
  expect(await client.rules.preview({ ...wish, searchId, keepOut: true })).toMatchObject({
    files: 1,
    here: 1,
  });

  theirs.items = items.map((item, n) => (n === 0 ? changed(item, { withdrawn: true }) : item));
  await syncSummary(core, other);
  expect((await client.notices.list({ assetId: held.id, limit: 10 })).items).toMatchObject([
    { kind: 'killed', assetId: twin.id, holders: [{ kind: 'download' }] },
  ]);
});

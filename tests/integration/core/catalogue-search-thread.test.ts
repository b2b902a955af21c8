import { expect, onTestFinished, test } from 'vitest';
import {
  createCatalogueSearch,
  type CatalogueSearch,
} from '../../../electron/core/catalogue/search/catalogue-search.ts';
import { catalogueMigrations } from '../../../electron/core/storage/databases.ts';
import { openDatabase } from '../../../electron/core/storage/open-database.ts';
import { stableId } from '../../../electron/core/stable-id.ts';
import { aSearchedCatalogue, rigSources } from '../../support/catalogue-rig.ts';
import { aDate, anItem } from '../../support/source-items.ts';

const workers = {
  real: new URL('../../../electron/core/catalogue/search/search-worker.ts', import.meta.url),
  dying: new URL('../../support/dying-search-worker.ts', import.meta.url),
};
const [portal] = rigSources;
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const titled = (title: string, day = '2025-09-08') =>
  anItem(title, {
    title,
    dates: { filmed: aDate(day, 'day'), event: null, published: null, changed: null },
  });

function aSearch(workerUrl = workers.real) {
  const rig = aSearchedCatalogue();
  const db = openDatabase({
    file: rig.file,
    synchronous: 'NORMAL',
    migrations: catalogueMigrations,
    checkFirst: false,
    now: () => 1,
  });
  onTestFinished(() => void db.close());
  const search: CatalogueSearch = createCatalogueSearch({
    db,
    file: rig.file,
    workerUrl,
    log: quiet,
    sourceNames: () => rigSources,
  });
  onTestFinished(() => search.close());
  return { search, tell: rig.tell };
}

test('pages, facets and names come from the thread, and plain pages go on at any depth', async () => {
  const { search, tell } = aSearch();
  tell([titled('harbour', '2025-09-08'), titled('summit', '2025-09-09'), titled('both', '2025-09-07')]);
  expect((await search.find({ query: 'harb' }, { limit: 10 })).rows.map(({ title }) => title)).toEqual([
    'harbour',
  ]);
  expect((await search.facets({ status: 'usable' })).total).toBe(3);
  expect(await search.suggest({ field: 'person', text: 'a', limit: 3 })).toEqual([]);
  const first = await search.find({ query: ' ' }, { limit: 2 });
  expect(first).toMatchObject({ total: 3, exact: true, rows: [{ title: 'summit' }, { title: 'harbour' }] });
  const second = await search.find({}, { limit: 2, cursor: first.cursor ?? '' });
  expect(second).toMatchObject({ cursor: null, rows: [{ title: 'both' }] });
});

test('what changed is counted and found as soon as it was told', async () => {
  const { search, tell } = aSearch();
  search.rowsChanged(tell([titled('one')]));
  expect((await search.find({}, { limit: 5 })).total).toBe(1);
  search.rowsChanged(tell([titled('two')]));
  expect((await search.find({}, { limit: 5 })).total).toBe(2);
  expect((await search.find({ query: 'two' }, { limit: 5 })).rows).toHaveLength(1);
  search.setHeld([stableId(portal.id, 'asset', 'two')]);
  expect((await search.find({ holding: 'here' }, { limit: 5 })).rows.map(({ title }) => title)).toEqual([
    'two',
  ]);
  search.assetsChanged([stableId(portal.id, 'asset', 'two'), 'unknown']);
  expect((await search.facets({ query: 'two' })).exact).toBe(true);
});

test('a newer question of the same asker overtakes those that have not begun, and no others', async () => {
  const { search, tell } = aSearch();
  tell([titled('harbour')]);
  const asked = ['h', 'ha', 'har', 'harb'].map((query) =>
    search.find({ query }, { limit: 5, asker: 'field' }),
  );
  const other = search.facets({ query: 'h' }, { asker: 'facets' });
  const ends = await Promise.allSettled(asked);
  expect(ends.at(-1)).toMatchObject({ status: 'fulfilled', value: { total: 1 } });
  const overtaken = ends.filter(({ status }) => status === 'rejected');
  expect(overtaken.length).toBeGreaterThan(0);
  for (const one of overtaken) expect(one).toMatchObject({ reason: { code: 'CANCELLED' } });
  expect((await other).total).toBe(1);
});

test('a question that is given up is not begun', async () => {
  const { search, tell } = aSearch();
  tell([titled('harbour')]);
  const giveUp = new AbortController();
  const asked = search.find({ query: 'h' }, { limit: 5, signal: giveUp.signal });
  giveUp.abort();
  await expect(asked).rejects.toMatchObject({ code: 'CANCELLED' });
  await expect(search.find({ query: 'h' }, { limit: 5, signal: giveUp.signal })).rejects.toMatchObject({
    code: 'CANCELLED',
  });
});

test('a thread that dies fails what it was asked, and the next question starts another one', async () => {
  const { search, tell } = aSearch(workers.dying);
  tell([titled('harbour')]);
  search.setHeld([stableId(portal.id, 'asset', 'harbour')]);
  await expect(search.find({ query: 'die' }, { limit: 5 })).rejects.toMatchObject({
    code: 'CORE_UNAVAILABLE',
  });
  expect((await search.find({ query: 'is:held' }, { limit: 5 })).rows).toHaveLength(1);
});

test('a closed search refuses, and closing does not wait for what was never asked', async () => {
  const { search } = aSearch();
  await search.close();
  await expect(search.find({ query: 'h' }, { limit: 5 })).rejects.toMatchObject({ code: 'CORE_UNAVAILABLE' });
});

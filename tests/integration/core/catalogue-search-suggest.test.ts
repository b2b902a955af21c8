import { expect, onTestFinished, test } from 'vitest';
import { complete, completionAt } from '../../../shared/domain/search/completion.ts';
import { aSearchedCatalogue } from '../../support/catalogue-rig.ts';
import { startPortal } from '../../support/portal.ts';
import { aFile, anItem } from '../../support/source-items.ts';
import { addSource, startCore, syncSummary } from './test-core.ts';

const titled = (title: string, facts: Parameters<typeof anItem>[1] = {}) =>
  anItem(title, { title, synopsis: null, renditions: [aFile(title, { fileName: 'x.mp4' })], ...facts });

test('an asset that has a name twice counts once, and spellings that are found alike are one name', () => {
  const { tell, engine } = aSearchedCatalogue();
  tell([
    titled('a', { people: [{ name: 'Ann Jones', role: 'chair' }, { name: 'Ann Jones' }] }),
    titled('b', { keywords: ['Défense', 'defense'] }),
    titled('c', { keywords: ['Défense'] }),
    titled('d', { keywords: ['defense', 'other'] }),
    titled('e', { keywords: ['Défense'] }),
    titled('f', { keywords: ['Défense'] }),
  ]);
  expect(engine.suggest({ field: 'person', text: 'jo', limit: 5 })).toEqual([
    { value: 'Ann Jones', count: 1 },
  ]);
  expect(engine.suggest({ field: 'tag', text: 'def', limit: 5 })).toEqual([{ value: 'Défense', count: 5 }]);
});

test('what has no word to be found by is not offered', () => {
  const { tell, engine } = aSearchedCatalogue();
  tell([titled('a', { place: '—' }), titled('b', { place: 'Oslo' })]);
  expect(engine.suggest({ field: 'place', text: '', limit: 5 })).toEqual([{ value: 'Oslo', count: 1 }]);
});

test('a name that is offered finds, once completed, as many as was said', () => {
  const { tell, engine, titles } = aSearchedCatalogue();
  tell([
    titled('a', { people: [{ name: 'Zoë "Zo" Smith' }], place: 'St. John’s', keywords: ['-live', 'OR'] }),
    titled('b', { people: [{ name: 'Zoë "Zo" Smith' }], place: '東京都', keywords: ['red  line'] }),
    titled('c', { people: [{ name: 'Smith Zoë' }], place: 'Ålesund (N)', organisations: ['U.N.'] }),
  ]);
  for (const field of ['person', 'place', 'tag', 'organisation'] as const) {
    const offered = engine.suggest({ field, text: '', limit: 10 });
    expect(offered.length).toBeGreaterThan(0);
    for (const { value, count } of offered) {
      for (const typed of [`${field}:`, `-nothing ${field}:"`, `${field}:(`]) {
        const at = completionAt(typed, typed.length);
        if (at === null) throw new Error(typed);
        const query = complete(typed, at, value).text;
        expect({ query, found: titles(query).length }).toEqual({ query, found: count });
      }
    }
  }
});

test('the call completes names of a synced catalogue, and one that was given up is cancelled', async () => {
  const portal = await startPortal({ items: 40 });
  onTestFinished(() => portal.close());
  const core = await startCore();
  await syncSummary(core, await addSource(core, portal.url));
  const { suggest } = core.client.catalogue;
  const { items } = await suggest({ field: 'country', text: '', limit: 3 });
  expect(items).toHaveLength(3);
  const [first] = items;
  const begun = await suggest({ field: 'country', text: first?.value.slice(0, 3).toUpperCase() ?? '' });
  expect(begun.items).toContainEqual(first);
  await expect(
    suggest({ field: 'country', text: 'a' }, { signal: AbortSignal.abort() }),
  ).rejects.toMatchObject({ code: 'CANCELLED' });
});

test('more than twenty, or a field without names, is refused', async () => {
  const core = await startCore();
  const { suggest } = core.client.catalogue;
  await expect(suggest({ field: 'person', text: '', limit: 21 })).rejects.toMatchObject({ code: 'USAGE' });
  await expect(suggest({ field: 'title' as 'person', text: '', limit: 1 })).rejects.toMatchObject({
    code: 'USAGE',
  });
});

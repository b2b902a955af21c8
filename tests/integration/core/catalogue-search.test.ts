import { expect, test } from 'vitest';
import { stableId } from '../../../electron/core/stable-id.ts';
import { run } from '../../../electron/core/catalogue/catalogue-writer.ts';
import { facetsBelowSql } from '../../../electron/core/catalogue/search/facet-repo.ts';
import { aSearchedCatalogue, rigSources } from '../../support/catalogue-rig.ts';
import { aDate, aFile, anItem } from '../../support/source-items.ts';

const [portal, feed] = rigSources;
const on = (day: string, precision: 'day' | 'month' | 'year' = 'day') => ({
  filmed: aDate(day, precision),
  event: null,
  published: null,
  changed: null,
});
const titled = (title: string, facts: Parameters<typeof anItem>[1] = {}) =>
  anItem(title, { title, synopsis: null, renditions: [aFile(title, { fileName: 'x.mp4' })], ...facts });

test('words are found in every script, however they are written', () => {
  const { tell, titles } = aSearchedCatalogue();
  tell([
    titled('Łódź harbour'),
    titled('الرئيس أَحْمَد في القاهرة'),
    titled('Переговоры в Киеве, ёлка'),
    titled('Ο Οδυσσεύς στην Αθήνα'),
    titled('İstanbul Straße'),
    titled('東京オリンピック開催'),
    titled('हिन्दी समाचार'),
  ]);
  for (const [query, count] of [
    ['lodz', 1],
    ['احمد ', 1],
    ['قاهره', 0],
    ['القاهره', 1],
    ['елка', 1],
    ['ΑΘΗΝΑ ', 1],
    ['οδυσσευς', 1],
    ['istanbul strasse', 1],
    ['開催', 1],
    ['催開', 0],
    ['हिन्दी ', 1],
    ['हन', 0],
  ] as const)
    expect({ query, count: titles(query).length }).toEqual({ query, count });
});

test('the last word is found by its beginning, one letter included, the others whole', () => {
  const { tell, titles } = aSearchedCatalogue();
  tell([titled('Summit opens'), titled('Summits close'), titled('S is a letter'), titled('Harbour')]);
  expect(titles('s')).toHaveLength(3);
  expect(titles('summ')).toHaveLength(2);
  expect(titles('summit ')).toEqual(['Summit opens']);
  expect(titles('summ opens')).toEqual([]);
  expect(titles('summit o')).toEqual(['Summit opens']);
});

test('phrases, exclusion, alternatives and brackets do what they say', () => {
  const { tell, titles } = aSearchedCatalogue();
  tell([
    titled('winter session opens'),
    titled('session of winter'),
    titled('summer harbour'),
    titled('harbour'),
  ]);
  expect(titles('"winter session"')).toEqual(['winter session opens']);
  expect(titles('winter -opens ')).toEqual(['session of winter']);
  expect(titles('-session ').sort()).toEqual(['harbour', 'summer harbour']);
  expect(titles('opens OR summer ').sort()).toEqual(['summer harbour', 'winter session opens']);
  expect(titles('(winter OR summer) harbour ')).toEqual(['summer harbour']);
  expect(titles('harbour OR -session ').sort()).toEqual(['harbour', 'summer harbour']);
});

test('a field finds what stands in it and not what stands elsewhere', () => {
  const { tell, titles } = aSearchedCatalogue();
  const events = [
    {
      externalId: 'e',
      title: 'Harbour summit',
      firstDay: null,
      lastDay: null,
      place: null,
      people: [],
      organisations: [],
      summary: null,
      pageUrl: null,
    },
  ];
  tell(
    [
      titled('in the event', { eventExternalId: 'e' }),
      titled('harbour in the title'),
      titled('of a person', { people: [{ name: 'Ann Harbour', role: 'Minister' }] }),
      titled('of a place', { place: 'Harbour Town', country: 'Côte d’Ivoire' }),
      titled('of an organisation', { organisations: ['Harbour Police'] }),
      titled('of a tag', { keywords: ['harbour'] }),
      titled('of a file', { renditions: [aFile('1', { fileName: 'HARBOUR_2025.mp4' })] }),
      titled('of a shotlist', { shotlist: '00:00 Harbour, wide' }),
    ],
    { events },
  );
  expect(titles('harbour ')).toHaveLength(8);
  expect(titles('event:harb')).toEqual(['in the event']);
  expect(titles('event:"harbour summit"')).toEqual(['in the event']);
  expect(titles('event:summit -event:harbour ')).toEqual([]);
  expect(titles('title:harbour ')).toEqual(['harbour in the title']);
  expect(titles('person:harbour ')).toEqual(['of a person']);
  expect(titles('place:harbour ')).toEqual(['of a place']);
  expect(titles('country:cote')).toEqual(['of a place']);
  expect(titles('org:harbour ')).toEqual(['of an organisation']);
  expect(titles('tag:harbour ')).toEqual(['of a tag']);
  expect(titles('file:harbour ')).toEqual(['of a file']);
  expect(titles('shotlist:harbour has:shotlist')).toEqual(['of a shotlist']);
  expect(titles('has:person OR has:organisation')).toHaveLength(2);
});

test('facts are asked for by words or beside them', () => {
  const { tell, titles, engine } = aSearchedCatalogue();
  tell([
    titled('a', { status: 'expected', renditions: [], language: 'en-gb', dates: on('2025-09-08') }),
    titled('b', { versionKind: 'b-roll', language: 'fr', dates: on('2025-08-31') }),
    titled('c', {
      notice: { kind: 'kill', text: null },
      status: 'withdrawn',
      dates: on('2025-09-01', 'month'),
    }),
    titled('d', { dates: { filmed: null, event: null, published: null, changed: null } }),
  ]);
  expect(titles('is:expected')).toEqual(['a']);
  expect(titles('version:b-roll')).toEqual(['b']);
  expect(titles('language:en')).toEqual(['a']);
  expect(titles('language:French')).toEqual(['b']);
  expect(titles({ language: 'en' })).toEqual([]);
  expect(titles({ language: 'en-gb' })).toEqual(['a']);
  expect(titles('is:killed')).toEqual(['c']);
  expect(titles('has:file').sort()).toEqual(['b', 'c', 'd']);
  expect(titles('-has:day').sort()).toEqual(['c', 'd']);
  // What is only known to the month is in the month, and in no day of it.
  expect(titles('2025-09')).toEqual(['a', 'c']);
  expect(titles('day:2025-09-01..2025-09-30')).toEqual(['a', 'c']);
  expect(titles('2025-09-01')).toEqual([]);
  expect(titles('day:..2025-08')).toEqual(['b']);
  expect(titles({ dayFrom: '2025-09-01', dayTo: '2025-08-01' })).toEqual([]);
  const held = stableId(portal.id, 'asset', 'b');
  engine.setHeld([held, 'unknown']);
  expect(titles('is:held')).toEqual(['b']);
  expect(titles('is:new')).toEqual(['d']);
  expect(titles({ holding: 'none' })).toEqual(['a', 'c', 'd']);
});

test('a source is asked for by its name, and shows what is listed under its twin elsewhere', () => {
  const { tell, titles, engine, ask } = aSearchedCatalogue();
  const aliases = [{ scheme: 'guid', value: 'same' }];
  tell([titled('told first', { aliases })]);
  const changed = tell([titled('told twice', { aliases })], { sourceId: feed.id });
  engine.rowsChanged(changed);
  expect(titles('told')).toHaveLength(1);
  expect(titles('source:harbour told')).toEqual(['told twice']);
  expect(titles({ sourceId: feed.id })).toEqual(['told twice']);
  expect(titles('source:nobody')).toEqual([]);
  expect(engine.countAll()).toEqual({ total: 1, exact: true });
  const facets = engine.facets(ask('source:feed'));
  expect(facets.groups.find(({ field }) => field === 'source')?.values).toEqual([
    { value: feed.id, label: feed.name, count: 1 },
  ]);
});

test('facets count all hits, by month newest first, by the rest most frequent first', () => {
  const { tell, engine, ask } = aSearchedCatalogue();
  tell([
    titled('a harbour', { country: 'Malta', dates: on('2025-09-08') }),
    titled('b harbour', { country: 'Malta', dates: on('2025-09-09') }),
    titled('c harbour', { country: 'Chad', dates: on('2024-12-31') }),
    titled('d harbour', { dates: on('2025-01-01', 'year') }),
    titled('e', { country: 'Peru' }),
  ]);
  const { total, exact, groups } = engine.facets(ask('harbour '));
  expect({ total, exact }).toEqual({ total: 4, exact: true });
  const of = (name: string) =>
    groups.find(({ field }) => field === name)?.values.map(({ value, count }) => [value, count]);
  expect(of('country')).toEqual([
    ['Malta', 2],
    ['Chad', 1],
  ]);
  expect(of('month')).toEqual([
    ['2025-09', 2],
    ['2024-12', 1],
  ]);
  expect(of('status')).toEqual([['usable', 4]]);
});

test('two words are ranked, one is listed by date, and either can be asked for', () => {
  const { tell, engine, ask } = aSearchedCatalogue();
  tell([
    titled('old: harbour summit', { dates: on('2020-01-01') }),
    titled('in passing', { dates: on('2025-01-01'), transcript: 'summit somewhere at a harbour' }),
    titled('named', { dates: on('2024-01-01'), keywords: ['harbour', 'summit'] }),
  ]);
  const find = (query: string, order?: 'newest' | 'relevance') => {
    const found = engine.find({ ...ask(query), page: { limit: 10, order } });
    return [found.order, ...found.rows.map(({ title }) => title)];
  };
  expect(find('harbour summit ')).toEqual(['relevance', 'old: harbour summit', 'named', 'in passing']);
  expect(find('harbour summit ', 'newest')).toEqual(['newest', 'in passing', 'named', 'old: harbour summit']);
  expect(find('harbour ')).toEqual(['newest', 'in passing', 'named', 'old: harbour summit']);
  expect(find('harbour ', 'relevance')[1]).toBe('old: harbour summit');
  expect(find('harbour OR is:new', 'relevance')[0]).toBe('newest');
});

test('what is written is found as soon as it is told, and what is not told makes counts inexact', () => {
  const { tell, engine, ask, titles, settle, writer } = aSearchedCatalogue();
  tell([titled('harbour one')]);
  expect(titles('harbour ')).toEqual(['harbour one']);
  engine.rowsChanged([]);
  expect(engine.facets(ask('harbour '))).toMatchObject({ total: 1, exact: true });
  const changed = tell([titled('harbour two', { dates: on('2026-01-01') })]);
  expect(engine.facets(ask('')).exact).toBe(false);
  engine.rowsChanged(changed);
  expect(engine.facets(ask(''))).toMatchObject({ total: 2, exact: true });
  expect(titles('harbour ')).toEqual(['harbour two', 'harbour one']);
  // Another day: it moves, and stands at its old place no longer.
  engine.rowsChanged(tell([titled('harbour two', { dates: on('2019-01-01') })]));
  expect(titles('harbour ')).toEqual(['harbour one', 'harbour two']);
  run(writer.removeSource(portal.id));
  engine.rowsChanged('all');
  settle();
  expect(titles('harbour ')).toEqual([]);
  expect(engine.facets(ask(''))).toMatchObject({ total: 0, exact: true });
});

test('a commit that nobody told of is found out after a while', () => {
  const { tell, engine, ask, settle } = aSearchedCatalogue();
  settle();
  tell([titled('harbour')]);
  expect(engine.facets(ask('harbour'))).toMatchObject({ total: 0, exact: false });
  // The clock of the rig goes on by one with every look at it.
  for (let looks = 0; looks < 40_000 && !engine.isCurrent(); looks++) engine.goOn();
  expect(engine.facets(ask('harbour'))).toMatchObject({ total: 1, exact: true });
});

test('a page asked for while the table is being read is a page of hits', () => {
  const { tell, engine, ask } = aSearchedCatalogue();
  tell([titled('harbour one'), titled('harbour two'), titled('else')]);
  const found = engine.find({ ...ask('harbour '), page: { limit: 1 } });
  expect(found).toMatchObject({ exact: false, total: 1, order: 'newest' });
  expect(found.cursor).toBe(String(found.rows[0]?.row));
});

test('names that begin as typed are completed from the newest assets', () => {
  const { tell, engine } = aSearchedCatalogue();
  tell([
    titled('a', { people: [{ name: 'Zoë Smith' }, { name: 'Ann Jones' }], place: 'Malta' }),
    titled('b', { people: [{ name: 'Zoë Smith' }], keywords: ['zoo'] }),
  ]);
  expect(engine.suggest({ field: 'person', text: 'zoe', limit: 5 })).toEqual([
    { value: 'Zoë Smith', count: 2 },
  ]);
  expect(engine.suggest({ field: 'person', text: 'sm zo', limit: 5 })).toHaveLength(1);
  expect(engine.suggest({ field: 'person', text: '', limit: 1 })).toEqual([{ value: 'Zoë Smith', count: 2 }]);
  expect(engine.suggest({ field: 'tag', text: 'zo', limit: 5 })).toEqual([{ value: 'zoo', count: 1 }]);
  expect(engine.suggest({ field: 'place', text: '"*', limit: 5 })).toEqual([{ value: 'Malta', count: 1 }]);
});

test('what lists are narrowed by is read from its index and not from the table', () => {
  const { explain } = aSearchedCatalogue();
  expect(explain(facetsBelowSql, 1e15, 10)).toEqual([
    'SEARCH asset USING COVERING INDEX asset_by_facets (row<?)',
  ]);
});

import {
  array,
  assert,
  constantFrom,
  integer,
  letrec,
  option,
  property,
  record,
  type Arbitrary,
} from 'fast-check';
import { expect, test } from 'vitest';
import { ftsColumns, type FtsColumn } from '../../../electron/core/catalogue/search/fts-columns.ts';
import type { SourceAsset } from '../../../electron/core/sources/source-model.ts';
import { foldText, wordsOf } from '../../../shared/domain/fold-text.ts';
import { parseQuery } from '../../../shared/domain/search/parse-query.ts';
import type { SearchNode, TextField } from '../../../shared/domain/search/search-node.ts';
import { standsIn } from '../../../shared/domain/search/stands-in.ts';
import { aSearchedCatalogue, rigSources } from '../../support/catalogue-rig.ts';
import { aDate, anItem } from '../../support/source-items.ts';

const [portal, feed] = rigSources;
const words = ['harbour', 'harm', 'ha', 'h', 'Élysée', 'summit', 'sum', 'سلام', 'день', 'of'] as const;
const word = constantFrom(...words);
const text = array(word, { minLength: 1, maxLength: 5 }).map((all) => all.join(' '));
const days = ['2025-09-08', '2025-09-30', '2025-10-01', '2024-12-31'] as const;

const anAsset = record({
  number: integer({ min: 0, max: 60 }),
  sourceId: constantFrom(portal.id, feed.id),
  title: text,
  synopsis: option(text, { nil: null }),
  shotlist: option(text, { nil: null }),
  country: option(constantFrom('Malta', 'Chad'), { nil: null }),
  people: array(
    word.map((name) => ({ name })),
    { maxLength: 2 },
  ),
  status: constantFrom('usable', 'expected', 'embargoed'),
  day: option(constantFrom(...days), { nil: null }),
});
type Made = typeof anAsset extends Arbitrary<infer T> ? T : never;

const { query } = letrec<{ query: string; operand: string }>((tie) => ({
  query: array(record({ glue: constantFrom(' ', ' AND ', ' OR ', ' -', ' NOT '), operand: tie('operand') }), {
    minLength: 1,
    maxLength: 4,
  }).map((all) => all.map(({ glue, operand }, index) => (index === 0 ? '' : glue) + operand).join('')),
  operand: constantFrom<'word' | 'group'>('word', 'word', 'word', 'group').chain((kind) =>
    kind === 'group' ? tie('query').map((inner) => `(${inner})`) : operand,
  ),
}));
const operand = constantFrom(
  ...words,
  '"harbour summit"',
  'title:h',
  'person:harm ',
  'shotlist:sum ',
  'country:mal',
  'status:expected',
  'has:shotlist',
  'has:country',
  'has:file',
  'is:new',
  'source:feed',
  'day:2025-09',
  'day:..2025',
  '2025-10-01',
);

const columnOf: Partial<Record<TextField, FtsColumn>> = {
  title: 'title',
  shotlist: 'shotlist',
  person: 'people',
  country: 'country',
};

/** The same question, asked of one asset the slow way. */
function holdsOf(node: SearchNode, made: Made): boolean {
  switch (node.kind) {
    case 'text': {
      const { title, synopsis, shotlist, people, country } = made;
      const columns = ftsColumns(
        {
          title,
          synopsis,
          shotlist,
          people,
          country,
          teaser: null,
          transcript: null,
          organisations: [],
          place: null,
          eventTitle: null,
          keywords: [],
          fileNames: [],
        },
        foldText,
      );
      const column = node.field === null ? undefined : columnOf[node.field];
      const texts = column === undefined ? Object.values(columns) : [columns[column]];
      const phrase = { words: wordsOf(foldText(node.text)), prefix: node.prefix };
      return texts.some((one) => standsIn(wordsOf(one), phrase));
    }
    case 'days':
      return made.day !== null && (node.from ?? '') <= made.day && made.day <= (node.to ?? '9999');
    case 'status':
      return node.anyOf.includes(made.status);
    case 'source':
      return made.sourceId === feed.id;
    case 'has':
      return node.what === 'shotlist'
        ? made.shotlist !== null
        : node.what === 'country' && made.country !== null;
    case 'is':
      return made.status === 'usable';
    case 'and':
      return node.of.every((one) => holdsOf(one, made));
    case 'or':
      return node.of.some((one) => holdsOf(one, made));
    case 'not':
      return !holdsOf(node.of, made);
    default:
      throw new Error(`The test does not make ${node.kind}.`);
  }
}

const dates = (day: string | null): SourceAsset['dates'] => ({
  filmed: day === null ? null : aDate(day, 'day'),
  event: null,
  published: null,
  changed: null,
});

test('whatever is asked, and whatever has changed, all that fits is found and counted and nothing else', () => {
  const { engine, tell, ask, findAll, settle } = aSearchedCatalogue();
  const known = new Map<string, Made>();
  let version = 1;
  const round = property(
    array(anAsset, { maxLength: 12 }),
    array(query, { minLength: 1, maxLength: 4 }),
    (assets, queries) => {
      version++;
      for (const source of rigSources) {
        const told = new Map(
          assets.filter(({ sourceId }) => sourceId === source.id).map((made) => [made.number, made]),
        );
        const items = [...told.values()].map(({ number, sourceId, day, ...facts }) => {
          known.set(`${source.id}/${number}`, { number, sourceId, day, ...facts });
          return anItem(String(number), {
            ...facts,
            version: String(version),
            dates: dates(day),
            renditions: [],
          });
        });
        engine.rowsChanged(tell(items, { sourceId: source.id }));
      }
      for (const typed of queries) {
        const node = parseQuery(typed);
        const fitting = [...known.values()].filter((made) => node === null || holdsOf(node, made));
        const wanted = fitting.map(({ title }) => title).sort();
        for (const order of ['newest', 'relevance'] as const) {
          const rows = findAll(typed, { order, limit: 5 });
          const numbers = rows.map(({ row }) => row);
          expect(new Set(numbers).size).toBe(rows.length);
          expect({ typed, titles: rows.map(({ title }) => title).sort() }).toEqual({ typed, titles: wanted });
          expect(order === 'relevance' || isFalling(numbers)).toBe(true);
        }
        settle();
        const facets = engine.facets(ask(typed));
        expect({ typed, total: facets.total, exact: facets.exact }).toEqual({
          typed,
          total: wanted.length,
          exact: true,
        });
        const statuses = facets.groups.find(({ field }) => field === 'status')?.values ?? [];
        expect(statuses.reduce((sum, { count }) => sum + count, 0)).toBe(wanted.length);
      }
    },
  );
  assert(round, { numRuns: 120, endOnFailure: true });
  expect(known.size).toBeGreaterThan(50);
});

function isFalling(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => index === 0 || number < (numbers[index - 1] ?? 0));
}

import { join } from 'node:path';
import {
  array,
  assert,
  boolean,
  constantFrom,
  integer,
  option,
  property,
  record,
  shuffledSubarray,
} from 'fast-check';
import { expect, test } from 'vitest';
import {
  createCatalogueWriter,
  run,
  type CatalogueWriter,
} from '../../../electron/core/catalogue/catalogue-writer.ts';
import { tellingOf } from '../../../electron/core/catalogue/telling.ts';
import type { SourceAsset, SourceEvent } from '../../../electron/core/sources/source-model.ts';
import { catalogueMigrations } from '../../../electron/core/storage/databases.ts';
import { openDatabase, type Connection } from '../../../electron/core/storage/open-database.ts';
import { aDate, aFile, anItem } from '../../support/source-items.ts';
import { tempDir } from '../../support/temp.ts';

const sources = ['1', '2', '3'].map((n) => `0198a000-0000-7000-8000-00000000000${n}`);
const days = ['2025-09-08', '2025-09-09', '2025-10-01'];
const aliases = ['a', 'b', 'c', 'd'].map((value) => ({ scheme: 'guid', value }));
const words = ['council', 'summit', 'αυγή', 'arrival'];

/** One telling: which item of which source, how new, and what of it differs from telling to telling. */
const telling = record({
  source: integer({ min: 0, max: 2 }),
  item: integer({ min: 0, max: 1 }),
  age: integer({ min: 0, max: 99 }),
  isTombstone: boolean(),
  word: integer({ min: 0, max: 3 }),
  day: integer({ min: 0, max: 2 }),
  aliases: shuffledSubarray(aliases, { maxLength: 2 }),
  files: shuffledSubarray(['f', 'g', 'h'], { maxLength: 2 }),
  event: option(constantFrom('e', 'f')),
});
type Told = (typeof telling)['generate'] extends (...args: never[]) => { value: infer T } ? T : never;

/** How a source stamps what it tells: by numbers, by times, or by both. A telling of one age is always the same. */
function assetOf(told: Told): SourceAsset {
  const { source, item, age } = told;
  const changed = source === 0 ? null : { ...aDate('2025-09-08'), atMs: 1_757_000_000_000 + age };
  return anItem(`item-${item}`, {
    version: source === 1 ? null : `v${age}`,
    status: told.isTombstone ? 'withdrawn' : 'usable',
    statusReason: told.isTombstone ? `gone at ${age}` : null,
    notice: told.isTombstone && age % 2 === 0 ? { kind: 'kill', text: `kill ${age}` } : null,
    title: told.isTombstone ? '' : `${words[told.word]} told ${age}`,
    synopsis: told.isTombstone ? null : `Synopsis ${age}`,
    aliases: told.isTombstone ? [] : told.aliases,
    dates: { filmed: null, event: null, published: aDate(days[told.day] ?? ''), changed },
    eventExternalId: told.event,
    renditions: told.isTombstone ? [] : told.files.map((name) => aFile(name, { sizeBytes: age })),
  });
}

const event = (externalId: string): SourceEvent => ({
  externalId,
  title: `Happening ${externalId}`,
  firstDay: null,
  lastDay: null,
  place: null,
  people: [],
  organisations: [],
  summary: null,
  pageUrl: null,
});

function open(file: string): Connection {
  return openDatabase({
    file,
    synchronous: 'NORMAL',
    migrations: catalogueMigrations,
    checkFirst: false,
    now: () => 1,
  });
}

/** Tells all in this order, in pages of this length, events somewhere between; then ends the runs. */
function tell(writer: CatalogueWriter, all: readonly Told[], pageLength: number): void {
  for (const sourceId of sources) writer.begin(sourceId);
  const page = { run: 1, failures: 0, cursor: 'c', nowMs: 5 };
  for (let at = 0; at < all.length; at += pageLength) {
    for (const [index, sourceId] of sources.entries()) {
      const tellings = all
        .slice(at, at + pageLength)
        .filter(({ source }) => source === index)
        .map((told) => tellingOf(assetOf(told)));
      writer.writePage({ ...page, sourceId, tellings, events: [] });
    }
    if (at % 2 === 0) run(writer.fillTexts());
  }
}

/** Every table but for the numbers of rows, the index by its words. */
function stateOf(db: Connection): Record<string, unknown[]> {
  db.exec("CREATE VIRTUAL TABLE temp.word USING fts5vocab('main', 'asset_fts', 'instance')");
  const read = (sql: string): unknown[] => db.prepare(sql).all();
  const state = {
    asset: read('SELECT * FROM asset ORDER BY id').map((one) => ({ ...(one as object), row: null })),
    told: read('SELECT * FROM asset_told ORDER BY source_id, external_id').map((one) => ({
      ...(one as object),
      number: null,
      row: null,
    })),
    toldRows: read('SELECT a.id FROM asset_told t JOIN asset a ON a.row = t.row ORDER BY a.id'),
    alias: read('SELECT * FROM asset_alias'),
    rendition: read(
      'SELECT a.id, r.* FROM rendition r JOIN asset a ON a.row = r.asset_row ORDER BY a.id, r.position',
    ).map((one) => ({ ...(one as object), asset_row: null })),
    event: read('SELECT * FROM catalogue_event ORDER BY id'),
    cursor: read('SELECT * FROM source_cursor ORDER BY source_id'),
    todo: read('SELECT * FROM fts_todo'),
    words: read(
      'SELECT term, col, offset, a.id FROM temp.word w LEFT JOIN asset a ON a.row = w.doc ORDER BY 1, 2, 3, 4',
    ),
  };
  db.exec('DROP TABLE temp.word');
  return state;
}

test('whatever the order in which pages and versions come, all tables end the same', () => {
  const dir = tempDir();
  let files = 0;
  const outcomeOf = (
    all: readonly Told[],
    pageLength: number,
    eventsAt: number,
  ): Record<string, unknown[]> => {
    const db = open(join(dir, `${files++}.db`));
    try {
      const writer = createCatalogueWriter(db);
      const events = (): void => {
        for (const sourceId of sources) writer.begin(sourceId);
        for (const sourceId of sources)
          writer.writePage({
            sourceId,
            run: 1,
            tellings: [],
            events: [event('e'), event('f')],
            failures: 0,
            cursor: 'c',
            nowMs: 5,
          });
      };
      tell(writer, all.slice(0, eventsAt), pageLength);
      events();
      tell(writer, all.slice(eventsAt), pageLength);
      for (const sourceId of sources)
        writer.finishRun({ sourceId, run: 1, ends: 'everything', cursor: 'end', nowMs: 5 });
      return stateOf(db);
    } finally {
      db.close();
    }
  };
  assert(
    property(
      array(telling, { minLength: 1, maxLength: 20 }).chain((all) => {
        const distinct = [
          ...new Map(all.map((told) => [`${told.source} ${told.item} ${told.age}`, told])).values(),
        ];
        return record({
          orders: array(shuffledSubarray(distinct, { minLength: distinct.length }), {
            minLength: 2,
            maxLength: 3,
          }),
          pageLength: integer({ min: 1, max: 5 }),
          eventsAt: integer({ min: 0, max: 20 }),
        });
      }),
      ({ orders, pageLength, eventsAt }) => {
        const [first, ...others] = orders.map((order, n) =>
          outcomeOf(order, pageLength + n, (eventsAt * (n + 1)) % 21),
        );
        for (const other of others) expect(other).toEqual(first);
        expect(first?.['words']?.every((word) => (word as { id: unknown }).id !== null)).toBe(true);
      },
    ),
    { numRuns: 120 },
  );
});

test('a page that is read twice, in part or whole, ends the same as one that is read once', () => {
  const dir = tempDir();
  let files = 0;
  assert(
    property(array(telling, { minLength: 2, maxLength: 10 }), integer({ min: 1, max: 9 }), (all, cut) => {
      const once = open(join(dir, `${files++}.db`));
      const twice = open(join(dir, `${files++}.db`));
      try {
        const distinct = [
          ...new Map(all.map((told) => [`${told.source} ${told.item} ${told.age}`, told])).values(),
        ];
        for (const [db, parts] of [
          [once, [distinct]],
          [twice, [distinct.slice(0, cut), distinct]],
        ] as const) {
          const writer = createCatalogueWriter(db);
          for (const part of parts) tell(writer, part, 20);
          run(writer.fillTexts());
        }
        expect(stateOf(twice)).toEqual(stateOf(once));
      } finally {
        once.close();
        twice.close();
      }
    }),
    { numRuns: 60 },
  );
});

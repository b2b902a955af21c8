import { join } from 'node:path';
import {
  array,
  assert,
  integer,
  oneof,
  property,
  record,
  shuffledSubarray,
  type Arbitrary,
} from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { createCatalogueReadRepo } from '../../../electron/core/catalogue/catalogue-read-repo.ts';
import { createCatalogueWriter, run } from '../../../electron/core/catalogue/catalogue-writer.ts';
import { tellingOf } from '../../../electron/core/catalogue/telling.ts';
import { stableId } from '../../../electron/core/stable-id.ts';
import { catalogueMigrations } from '../../../electron/core/storage/databases.ts';
import { openDatabase, type Connection } from '../../../electron/core/storage/open-database.ts';
import { anItem } from '../../support/source-items.ts';
import { tempDir } from '../../support/temp.ts';

const sourceIds = Array.from({ length: 60 }, (_, n) => `0198a000-0000-7000-8000-0000000000${String(n + 10)}`);
const guid = (value: string) => ({ scheme: 'guid', value });
const idOf = (source: number, item: string): string => stableId(sourceIds[source] ?? '', 'asset', item);

function aCatalogue(file = join(tempDir(), 'catalogue.db')) {
  const db = openDatabase({
    file,
    synchronous: 'NORMAL',
    migrations: catalogueMigrations,
    checkFirst: false,
    now: () => 1,
  });
  const writer = createCatalogueWriter(db);
  let version = 0;
  const tell = (source: number, item: string, names: readonly string[]) => {
    const sourceId = sourceIds[source] ?? '';
    const { run: number } = writer.begin(sourceId);
    const asset = anItem(item, { version: String(++version), aliases: names.map(guid) });
    const page = { sourceId, run: number, tellings: [tellingOf(asset)], events: [] };
    return writer.writePage({ ...page, failures: 0, cursor: 'c', nowMs: 1 });
  };
  const removeSource = (source: number): void => run(writer.removeSource(sourceIds[source] ?? ''));
  return { db, tell, removeSource };
}

function twinsIn(db: Connection): Record<string, string> {
  const rows = db.prepare('SELECT id, twin_of FROM asset WHERE twin_of IS NOT NULL').raw().all();
  return Object.fromEntries(rows as [string, string][]);
}

/** What has to stand in twin_of, found the plain way: every pair is looked at, again and again until nothing changes. */
function expected(
  told: ReadonlyMap<string, { source: number; names: readonly string[] }>,
): Record<string, string> {
  const all = [...told].map(([id, one]) => ({ id, ...one, group: id }));
  const identifies = (name: string): boolean => {
    const carriers = all.filter(({ names }) => names.includes(name)).map(({ source }) => source);
    return new Set(carriers).size === carriers.length;
  };
  for (let changed = true; changed;) {
    changed = false;
    for (const a of all)
      for (const b of all)
        if (a.group < b.group && a.names.some((name) => b.names.includes(name) && identifies(name))) {
          b.group = a.group;
          changed = true;
        }
  }
  const twins: Record<string, string> = {};
  for (const { id, group } of all) {
    const members = all.filter((one) => one.group === group).sort((a, b) => a.source - b.source);
    const leader = members[0]?.id;
    const isItem = new Set(members.map(({ source }) => source)).size === members.length;
    if (isItem && leader !== undefined && leader !== id) twins[id] = leader;
  }
  return twins;
}

type Step =
  | { kind: 'tell'; source: number; item: number; names: string[] }
  | { kind: 'remove'; source: number };
const source = integer({ min: 0, max: 3 });
const step: Arbitrary<Step> = oneof(
  {
    weight: 12,
    arbitrary: record({
      source,
      item: integer({ min: 0, max: 3 }),
      names: shuffledSubarray(['a', 'b', 'c', 'd', 'e', 'f'], { maxLength: 3 }),
    }).map((one) => ({ kind: 'tell' as const, ...one })),
  },
  { weight: 1, arbitrary: source.map((one) => ({ kind: 'remove' as const, source: one })) },
);

test('after every telling and removal, twins are what the names say and nothing else', () => {
  const dir = tempDir();
  let files = 0;
  assert(
    property(array(step, { minLength: 1, maxLength: 25 }), (steps) => {
      const { db, tell, removeSource } = aCatalogue(join(dir, `${files++}.db`));
      const told = new Map<string, { source: number; names: readonly string[] }>();
      try {
        for (const one of steps) {
          if (one.kind === 'remove') {
            removeSource(one.source);
            for (const [id, { source: of }] of told) if (of === one.source) told.delete(id);
          } else {
            tell(one.source, String(one.item), one.names);
            told.set(idOf(one.source, String(one.item)), one);
          }
          expect(twinsIn(db)).toEqual(expected(told));
        }
      } finally {
        db.close();
      }
    }),
    { numRuns: 150 },
  );
});

test('an item of three sources is told once, under the source that was added first, and knows its twins', () => {
  const { db, tell } = aCatalogue();
  onTestFinished(() => void db.close());
  tell(2, 'z', ['n1']);
  tell(1, 'y', ['n1', 'n2']);
  const { touched } = tell(0, 'x', ['n2']);
  expect(twinsIn(db)).toEqual({ [idOf(1, 'y')]: idOf(0, 'x'), [idOf(2, 'z')]: idOf(0, 'x') });
  expect(touched.map(({ id }) => id).sort()).toEqual([idOf(1, 'y'), idOf(2, 'z')].sort());
  const read = createCatalogueReadRepo(db);
  expect(
    read
      .twins(idOf(2, 'z'))
      .map(({ id }) => id)
      .sort(),
  ).toEqual([idOf(0, 'x'), idOf(1, 'y')].sort());
  expect(read.twins(idOf(0, 'x'))).toHaveLength(2);
});

test('a name that two items of one source carry identifies nothing any more, until one of them lets go', () => {
  const { db, tell } = aCatalogue();
  onTestFinished(() => void db.close());
  tell(0, 'x', ['n']);
  tell(1, 'y', ['n']);
  expect(Object.keys(twinsIn(db))).toHaveLength(1);
  tell(1, 'other', ['n']);
  expect(twinsIn(db)).toEqual({});
  tell(1, 'other', []);
  expect(twinsIn(db)).toEqual({ [idOf(1, 'y')]: idOf(0, 'x') });
});

test('a name that more than fifty sources carry identifies nothing', () => {
  const { db, tell } = aCatalogue();
  onTestFinished(() => void db.close());
  for (let n = 0; n < 50; n++) tell(n, 'x', ['n']);
  expect(Object.keys(twinsIn(db))).toHaveLength(49);
  tell(50, 'x', ['n']);
  expect(twinsIn(db)).toEqual({});
  tell(50, 'x', []);
  expect(Object.keys(twinsIn(db))).toHaveLength(49);
});

test('a chain of names without an end links nothing, and is not walked for ever', () => {
  const { db, tell } = aCatalogue();
  onTestFinished(() => void db.close());
  for (let n = 0; n < 300; n++) tell(n % 2, `x${n}`, [`n${n}`, `n${n + 1}`]);
  expect(twinsIn(db)).toEqual({});
});

import { expect, test } from 'vitest';
import {
  createCatalogueReadRepo,
  type AssetFilter,
} from '../../../electron/core/catalogue/catalogue-read-repo.ts';
import { createCatalogueWriter } from '../../../electron/core/catalogue/catalogue-writer.ts';
import { tellingOf } from '../../../electron/core/catalogue/telling.ts';
import { createEventsRepo } from '../../../electron/core/events/events-repo.ts';
import { createJobsRepo } from '../../../electron/core/jobs/jobs-repo.ts';
import { createClipsReadRepo } from '../../../electron/core/library/clips-read-repo.ts';
import { toSourceAsset } from '../../../electron/core/sources/account-portal/portal-mapping.ts';
import { catalogueMigrations, userMigrations } from '../../../electron/core/storage/databases.ts';
import type { PortalAsset } from '../../../shared/portal-api/asset.ts';
import { anAsset } from '../../support/builders.ts';
import { planOf, watchedDatabase } from './watched-database.ts';

const sourceId = '0198a000-0000-7000-8000-000000000001';

function aCatalogue(assets: readonly PortalAsset[]) {
  const { db, statements } = watchedDatabase(catalogueMigrations);
  const writer = createCatalogueWriter(db);
  const { run } = writer.begin(sourceId);
  const add = (more: readonly PortalAsset[]): void => {
    const tellings = more.map(toSourceAsset).map(tellingOf);
    writer.writePage({ sourceId, run, tellings, events: [], failures: 0, cursor: null, nowMs: 1 });
    for (const _ of writer.fillTexts());
  };
  add(assets);
  return { db, statements, add, read: createCatalogueReadRepo(db) };
}

const dayOf = (n: number): string => `2025-09-${String((n % 28) + 1).padStart(2, '0')}`;
const many = (count: number): PortalAsset[] =>
  Array.from({ length: count }, (_, n) =>
    anAsset({
      id: String(n + 1),
      publishedDay: dayOf(n * 5),
      versionKind: n % 3 === 0 ? 'b-roll' : 'master',
      status: n % 5 === 0 ? 'embargoed' : 'usable',
      ...(n % 4 === 0 ? { eventId: 'ev-1' } : {}),
    }),
  );
const all: AssetFilter = { match: null };

test.each([1, 2, 7, 50, 500])(
  'pages of %i hold every asset exactly once, newest first, while others come in',
  (limit) => {
    const { read, add } = aCatalogue(many(120));
    const known = new Set(read.list(all, { before: null, limit: 1000 }).map(({ id }) => id));
    const seen: { id: string; day: string | null }[] = [];
    let before: number | null = null;
    for (let pages = 0; pages < 1000; pages++) {
      const page = read.list(all, { before, limit });
      seen.push(...page);
      before = page.at(-1)?.row ?? null;
      if (page.length < limit) break;
      if (pages < 40) add([anAsset({ id: String(1000 + pages), publishedDay: dayOf(pages) })]);
    }
    const wanted = seen.filter(({ id }) => known.has(id));
    expect(wanted).toHaveLength(120);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    const days = seen.map(({ day }) => day ?? '');
    expect(days).toEqual([...days].sort().reverse());
  },
);

test('filters hold together, and the count is of the same', () => {
  const { read } = aCatalogue(many(120));
  const eventId =
    read.list(all, { before: null, limit: 500 }).find((row) => row.event_id !== null)?.event_id ?? '';
  const filter: AssetFilter = {
    match: '"synopsis"',
    sourceId,
    eventId,
    dayFrom: '2025-09-05',
    dayTo: '2025-09-20',
    versionKind: 'master',
    status: 'usable',
  };
  const rows = read.list(filter, { before: null, limit: 500 });
  const expected = many(120).filter(
    (asset) =>
      asset.eventId !== undefined &&
      asset.publishedDay >= '2025-09-05' &&
      asset.publishedDay <= '2025-09-20' &&
      asset.versionKind === 'master' &&
      asset.status === 'usable',
  );
  expect(expected.length).toBeGreaterThan(3);
  expect(rows.map(({ title }) => title).sort()).toEqual(expected.map(({ title }) => title).sort());
  expect(read.count(filter)).toBe(expected.length);
});

test.each([
  ['newest first', all, /SCAN a\b|SEARCH a USING INTEGER PRIMARY KEY/],
  ['of a source', { ...all, sourceId }, /SEARCH a USING INDEX asset_by_source \(source_id=\?/],
  ['of an event', { ...all, eventId: 'x' }, /SEARCH a USING INDEX asset_by_event \(event_id=\?/],
  [
    'of some days',
    { ...all, dayFrom: '2025-09-01', dayTo: '2025-09-30' },
    /SEARCH a USING INTEGER PRIMARY KEY \(rowid>\? AND rowid<\?\)/,
  ],
  ['of a status', { ...all, status: 'usable' as const }, /SEARCH a USING INDEX asset_by_status \(status=\?/],
  [
    'of a version',
    { ...all, versionKind: 'b-roll' as const },
    /SEARCH a USING INDEX asset_by_version \(version_kind=\?/,
  ],
  ['by words', { ...all, match: '"synopsis"' }, /SEARCH a USING INTEGER PRIMARY KEY \(rowid=\?\)/],
])('a list %s is read in order, without a sort and without a look at all', (_what, filter, way) => {
  const { db, read, statements } = aCatalogue(many(30));
  for (const before of [null, 2 ** 50]) {
    read.list(filter, { before, limit: 10 });
    const sql = statements.at(-1) ?? '';
    const values = {
      match: '"synopsis"',
      sourceId,
      eventId: 'x',
      status: 'usable',
      versionKind: 'b-roll',
      rowFrom: 1,
      rowTo: 2 ** 50,
      before,
      limit: 10,
    };
    const named = Object.fromEntries(Object.entries(values).filter(([name]) => sql.includes(`:${name}`)));
    const plan = planOf(db, sql, named);
    expect(plan).toMatch(way);
    expect(plan).not.toContain('TEMP B-TREE');
    // The order of the table itself may be walked; a page ends it. An index that is walked whole may not.
    expect(before !== null && /SCAN a\b/.test(plan)).toBe(false);
  }
});

test('counting assets never reads their texts', () => {
  const { db, read, statements } = aCatalogue(many(30));
  const filters = [
    { status: 'usable' },
    { versionKind: 'b-roll' },
    { status: 'usable', versionKind: 'b-roll' },
  ];
  for (const filter of filters) {
    read.count({ ...all, ...filter } as AssetFilter);
    expect(planOf(db, statements.at(-1) ?? '', filter)).toMatch(/USING COVERING INDEX/);
  }
  const user = watchedDatabase(userMigrations);
  statements.length = 0;
  createEventsRepo({ user: user.db, catalogue: db });
  const counts = statements.filter((sql) => sql.includes('count(*)'));
  expect(counts).toHaveLength(2);
  for (const sql of counts)
    expect(planOf(db, sql, sql.includes('?') ? ['x'] : [])).toMatch(/USING COVERING INDEX asset_by_event/);
});

test('what stands beside an asset is found by its keys and never by a look at all', () => {
  const { db, statements } = aCatalogue(many(30));
  const asked = [
    { part: 'JOIN rendition r', values: ['x'] },
    { part: 't.twin_of = coalesce', values: { id: 'x' } },
    { part: 'story = ?', values: [sourceId, 's', 'x'] },
  ];
  for (const { part, values } of asked) {
    const plan = planOf(db, statements.find((sql) => sql.includes(part)) ?? '', values);
    expect(plan).toMatch(/SEARCH/);
    expect(plan).not.toMatch(/\bSCAN\b/);
  }
});

test('what a sync asks for each item is found by its keys', () => {
  const { db, statements } = aCatalogue(many(30));
  const one = (part: string): string => statements.find((sql) => sql.includes(part)) ?? '';
  const asked: [sql: string, values: unknown[] | Record<string, unknown>, way: RegExp][] = [
    [
      one('AND content_hash = ?'),
      [1, 'x', 'x', ''],
      /SEARCH asset_told USING INDEX .*\(source_id=\? AND external_id=\?\)/,
    ],
    [one('AS hasLapsed'), ['x', 'x'], /SEARCH t USING INDEX .*\(source_id=\? AND external_id[=>]\?\)/],
    [
      one('t.seen_run <> :run'),
      { sourceId: 'x', run: 1, after: '' },
      /SEARCH t USING INDEX .*\(source_id=\? AND external_id[=>]\?\)/,
    ],
    [
      one('value = ? LIMIT ?'),
      ['guid', 'x', 2],
      /SEARCH asset_alias USING PRIMARY KEY \(scheme=\? AND value=\?\)/,
    ],
    [one('SELECT max(row)'), [1, 2], /SEARCH asset USING .*row(id)?>\? AND row(id)?<\?/],
    [one('FROM fts_todo t'), [], /SCAN t\b/],
  ];
  for (const [sql, values, way] of asked) {
    const plan = planOf(db, sql, values);
    expect(plan).toMatch(way);
    expect(plan).not.toContain('TEMP B-TREE');
  }
});

test('the job whose turn it is, and the time of the next, are found without looking at all jobs', () => {
  const { db, statements } = watchedDatabase(userMigrations);
  const jobs = createJobsRepo(db);
  for (let n = 0; n < 50; n++) jobs.add([{ kind: 'probe', key: String(n), title: 'x', payload: {} }], n);
  const [turn = '', due = ''] = [
    'ORDER BY priority DESC, created_at_ms, id LIMIT 1',
    'min(not_before_ms)',
  ].map((part) => statements.find((sql) => sql.trim().endsWith(part) || sql.includes(`SELECT ${part}`)));
  const plan = planOf(db, turn, { kind: 'probe', now: 1, except: '[]' });
  expect(plan).toMatch(/SEARCH job USING INDEX job_by_turn \(kind=\?\)/);
  expect(plan).not.toContain('TEMP B-TREE');
  expect(planOf(db, due, [1])).toMatch(/USING COVERING INDEX job_by_state/);
});

test('a list of clips, newest first, is read in order and without a sort', () => {
  const { db, statements } = watchedDatabase(userMigrations);
  const read = createClipsReadRepo(db);
  read.list({ match: null }, { after: null, limit: 10 });
  expect(planOf(db, statements.at(-1) ?? '', { limit: 10 })).toMatch(/USING INDEX clip_by_day/);
  read.list({ match: null }, { after: { day: '2025-09-08', row: 5 }, limit: 10 });
  const plan = planOf(db, statements.at(-1) ?? '', { afterDay: '2025-09-08', afterRow: 5, limit: 10 });
  expect(plan).toMatch(/SEARCH c USING INDEX clip_by_day/);
  expect(plan).not.toContain('TEMP B-TREE');
});

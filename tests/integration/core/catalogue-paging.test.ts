import { expect, test } from 'vitest';
import { createCatalogueReadRepo } from '../../../electron/core/catalogue/catalogue-read-repo.ts';
import { createCatalogueWriter } from '../../../electron/core/catalogue/catalogue-writer.ts';
import { createPageRepo } from '../../../electron/core/catalogue/search/page-repo.ts';
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
  return { db, statements, add, read: createCatalogueReadRepo(db), pages: createPageRepo(db) };
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
test.each([1, 2, 7, 50, 500])(
  'pages of %i hold every asset exactly once, newest first, while others come in',
  (limit) => {
    const { pages, add } = aCatalogue(many(120));
    const known = new Set(pages.newest(Number.MAX_SAFE_INTEGER, 1000).map(({ id }) => id));
    const seen: { id: string; day: string | null }[] = [];
    let below = Number.MAX_SAFE_INTEGER;
    for (let count = 0; count < 1000; count++) {
      const page = pages.newest(below, limit);
      seen.push(...page);
      below = page.at(-1)?.row ?? 0;
      if (page.length < limit) break;
      if (count < 40) add([anAsset({ id: String(1000 + count), publishedDay: dayOf(count) })]);
    }
    const wanted = seen.filter(({ id }) => known.has(id));
    expect(wanted).toHaveLength(120);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    const days = seen.map(({ day }) => day ?? '');
    expect(days).toEqual([...days].sort().reverse());
  },
);

test('a page is read in the order of the table, without a sort and without a look at all', () => {
  const { db, pages, read, statements } = aCatalogue(many(30));
  expect(pages.newest(2 ** 60, 10)).toHaveLength(10);
  const newest = statements.find((sql) => sql.includes('WHERE row < ?')) ?? '';
  const plan = planOf(db, newest, [2 ** 60, 10]);
  expect(plan).toMatch(/SEARCH asset USING COVERING INDEX asset_by_facets \(row<\?\)/);
  expect(plan).not.toContain('TEMP B-TREE');
  const usable = read.newestUsable(3);
  expect(usable).toEqual(
    pages
      .newest(2 ** 60, 100)
      .filter(({ status }) => status === 'usable')
      .slice(0, 3)
      .map(({ id }) => id),
  );
});

test('counting the assets of events never reads their texts', () => {
  const { db, statements } = aCatalogue(many(30));
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

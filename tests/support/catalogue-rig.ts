import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createCatalogueWriter, run } from '../../electron/core/catalogue/catalogue-writer.ts';
import { createSearchEngine, type FoundPage } from '../../electron/core/catalogue/search/search-engine.ts';
import type { CatalogueQuery } from '../../electron/core/catalogue/search/plan.ts';
import { tellingOf } from '../../electron/core/catalogue/telling.ts';
import type { SourceAsset, SourceEvent } from '../../electron/core/sources/source-model.ts';
import { catalogueMigrations } from '../../electron/core/storage/databases.ts';
import { openDatabase, type Connection } from '../../electron/core/storage/open-database.ts';
import { tempDir } from './temp.ts';

/** The sources of a rig, by name. */
export const rigSources = [
  { id: '0198a000-0000-7000-8000-000000000001', name: 'Portal of the Alliance' },
  { id: '0198a000-0000-7000-8000-000000000002', name: 'Harbour Feed' },
] as const;
const [portal] = rigSources;

/** A catalogue on the disk that can be written to and searched. */
export function aSearchedCatalogue() {
  const file = join(tempDir(), 'catalogue.db');
  const open = (): Connection => {
    const db = openDatabase({
      file,
      synchronous: 'NORMAL',
      migrations: catalogueMigrations,
      checkFirst: false,
      now: () => 1,
    });
    onTestFinished(() => void db.close());
    return db;
  };
  const db = open();
  const writer = createCatalogueWriter(db);
  let nowMs = 1000;
  /** Writes items with their search text; returns the rows that changed, former ones included. */
  const tell = (
    assets: readonly SourceAsset[],
    { sourceId = portal.id, events = [] }: { sourceId?: string; events?: readonly SourceEvent[] } = {},
  ): number[] => {
    const state = writer.begin(sourceId);
    nowMs += 1000;
    const tellings = assets.map(tellingOf);
    const page = { sourceId, run: state.run, tellings, events, failures: 0, cursor: 'c', nowMs };
    const { changed, touched } = writer.writePage(page);
    run(writer.fillTexts());
    const rows = changed.flatMap(({ row, formerRow }) => (formerRow === null ? [row] : [row, formerRow]));
    return [...rows, ...touched.map(({ row }) => row)];
  };
  let clockMs = 0;
  const engine = createSearchEngine({ db: open(), streams: open(), now: () => clockMs++ });
  onTestFinished(() => engine.close());
  const ask = (query: string | CatalogueQuery) => ({
    query: typeof query === 'string' ? { query } : query,
    sourceNames: rigSources,
  });
  /** All pages of a query. */
  const findAll = (
    query: string | CatalogueQuery,
    page: { limit?: number; order?: 'newest' | 'relevance' } = {},
  ): FoundPage['rows'] => {
    const rows: FoundPage['rows'] = [];
    let cursor: string | null | undefined;
    for (let pages = 0; cursor !== null; pages++) {
      if (pages > 2000) throw new Error('The pages do not end.');
      const found = engine.find({
        ...ask(query),
        page: { limit: 7, ...page, cursor },
      });
      rows.push(...found.rows);
      cursor = found.cursor;
    }
    return rows;
  };
  const titles = (query: string | CatalogueQuery): string[] =>
    findAll(query, { order: 'newest' }).map(({ title }) => title);
  const settle = (): void => {
    while (engine.goOn());
  };
  /** How SQLite would go about a statement. */
  const explain = (sql: string, ...values: readonly unknown[]): string[] =>
    (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[]).map(
      ({ detail }) => detail,
    );
  const countMatches = (match: string): number =>
    db.prepare('SELECT count(*) FROM asset_fts WHERE asset_fts MATCH ?').pluck().get(match) as number;
  return { file, explain, countMatches, writer, engine, tell, ask, findAll, titles, settle };
}

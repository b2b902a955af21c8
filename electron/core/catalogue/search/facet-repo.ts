import type { Connection } from '../../storage/open-database.ts';
import { traitsSql } from './traits.ts';

/** Row, source, status, version kind, event, country, language, 1 for a twin, when it was added, traits. */
export type FacetRow = readonly [
  row: number,
  source: string,
  status: string,
  version: string,
  event: string | null,
  country: string | null,
  language: string | null,
  twin: number,
  addedAtMs: number,
  traits: number,
];

const columns = `row, source_id, status, version_kind, event_id, country, language, twin_of IS NOT NULL,
  added_at_ms, ${traitsSql}`;

/** The next rows below one, read from the index alone. */
export const facetsBelowSql = `SELECT ${columns} FROM asset INDEXED BY asset_by_facets WHERE row < ? ORDER BY row DESC LIMIT ?`;

/** Reads of catalogue.db what the table in memory holds. */
export function createFacetRepo(db: Connection) {
  const below = db.prepare(facetsBelowSql).raw();
  const one = db.prepare(`SELECT ${columns} FROM asset WHERE row = ?`).raw();
  const rowOfAsset = db.prepare('SELECT row FROM asset WHERE id = ?').pluck();
  const title = db.prepare('SELECT title FROM catalogue_event WHERE id = ?').pluck();
  const titles = db.prepare('SELECT id, title FROM catalogue_event').raw();
  const unindexed = db.prepare('SELECT EXISTS (SELECT 1 FROM fts_todo)').pluck();
  return {
    /** The next rows below one, newest first. */
    readBelow: (row: number, limit: number): FacetRow[] => below.all(row, limit) as FacetRow[],
    find: (row: number): FacetRow | null => (one.get(row) as FacetRow | undefined) ?? null,
    rowOf: (assetId: string): number | undefined => rowOfAsset.get(assetId) as number | undefined,
    eventTitle: (eventId: string): string | undefined => title.get(eventId) as string | undefined,
    eventTitles: (): ReadonlyMap<string, string> => new Map(titles.all() as [string, string][]),
    /** Whether texts wait to be indexed: then words do not find everything yet. */
    hasUnindexed: (): boolean => unindexed.get() === 1,
    /** Another number than before when anyone else has written. */
    version: (): number => Number(db.pragma('data_version', { simple: true })),
  };
}
export type FacetRepo = ReturnType<typeof createFacetRepo>;

import type { Connection } from '../../storage/open-database.ts';
import type { AssetListRow } from '../catalogue-read-repo.ts';
import { traitBits, traitsSql } from './traits.ts';

// All of it stands in the index, a dozen assets a page of the file; the table itself has about one.
const columns = `row, id, source_id, title, day, status, version_kind, place, duration_ms, event_id,
  (SELECT e.title FROM catalogue_event e WHERE e.id = asset.event_id) AS event_title,
  (${traitsSql}) & ${traitBits.picture} <> 0 AS has_picture`;
const fromIndex = 'FROM asset INDEXED BY asset_by_facets';

/** Reads the rows that a page of a list paints. */
export function createPageRepo(db: Connection) {
  const one = db.prepare(`SELECT ${columns} ${fromIndex} WHERE row = ?`);
  const newest = db.prepare(
    `SELECT ${columns} ${fromIndex} WHERE row < ? AND twin_of IS NULL ORDER BY row DESC LIMIT ?`,
  );
  const matching = db
    .prepare(
      `SELECT f.rowid FROM asset_fts f JOIN asset a ON a.row = f.rowid
       WHERE f.asset_fts MATCH ? AND f.rowid < ? AND (a.twin_of IS NULL OR ?) ORDER BY f.rowid DESC LIMIT ?`,
    )
    .pluck();
  const countAll = db
    .prepare('SELECT (SELECT count(*) FROM asset) - (SELECT count(*) FROM asset WHERE twin_of IS NOT NULL)')
    .pluck();
  /** The rows of these numbers in their order; one that is gone is left out. */
  const rows = (numbers: readonly number[]): AssetListRow[] =>
    numbers.flatMap((number) => (one.get(number) as AssetListRow | undefined) ?? []);
  return {
    rows,
    /** The next rows below a number, newest first, without those that are listed under their twin. */
    newest: (below: number, limit: number): AssetListRow[] => newest.all(below, limit) as AssetListRow[],
    /** The same of those that match, for the time in which the table in memory is not read yet. */
    matching: (match: string, page: { below: number; limit: number; withTwins: boolean }): AssetListRow[] =>
      rows(matching.all(match, page.below, page.withTwins ? 1 : 0, page.limit) as number[]),
    countAll: (): number => countAll.get() as number,
  };
}
export type PageRepo = ReturnType<typeof createPageRepo>;

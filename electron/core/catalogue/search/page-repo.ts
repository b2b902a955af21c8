import type { Connection } from '../../storage/open-database.ts';
import type { AssetListRow } from '../catalogue-read-repo.ts';

const columns = `a.row, a.id, a.source_id, a.title, a.day, a.status, a.version_kind, a.place, a.duration_ms,
  a.event_id, e.title AS event_title, a.picture_url IS NOT NULL AS has_picture`;
const assets = 'asset a LEFT JOIN catalogue_event e ON e.id = a.event_id';

/** Reads the rows that a page of a list paints. */
export function createPageRepo(db: Connection) {
  const one = db.prepare(`SELECT ${columns} FROM ${assets} WHERE a.row = ?`);
  const newest = db.prepare(
    `SELECT ${columns} FROM ${assets} WHERE a.row < ? AND a.twin_of IS NULL ORDER BY a.row DESC LIMIT ?`,
  );
  const matching = db.prepare(
    `SELECT ${columns} FROM asset_fts f JOIN asset a ON a.row = f.rowid
     LEFT JOIN catalogue_event e ON e.id = a.event_id
     WHERE f.asset_fts MATCH ? AND f.rowid < ? AND (a.twin_of IS NULL OR ?)
     ORDER BY f.rowid DESC LIMIT ?`,
  );
  const countAll = db
    .prepare('SELECT (SELECT count(*) FROM asset) - (SELECT count(*) FROM asset WHERE twin_of IS NOT NULL)')
    .pluck();
  return {
    /** The rows of these numbers in their order; one that is gone is left out. */
    rows: (numbers: readonly number[]): AssetListRow[] =>
      numbers.flatMap((number) => (one.get(number) as AssetListRow | undefined) ?? []),
    /** The next rows below a number, newest first, without those that are listed under their twin. */
    newest: (below: number, limit: number): AssetListRow[] => newest.all(below, limit) as AssetListRow[],
    /** The same of those that match, for the time in which the table in memory is not read yet. */
    matching: (match: string, page: { below: number; limit: number; withTwins: boolean }): AssetListRow[] =>
      matching.all(match, page.below, page.withTwins ? 1 : 0, page.limit) as AssetListRow[],
    countAll: (): number => countAll.get() as number,
  };
}
export type PageRepo = ReturnType<typeof createPageRepo>;

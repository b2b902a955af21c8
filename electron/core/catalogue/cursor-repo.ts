import type { Connection } from '../storage/open-database.ts';

/** Where a source's sync stands. */
export interface CursorState {
  /** What to ask for changes since; null reads all. */
  readonly changeCursor: string | null;
  /** The page to go on with, in a run that was cut short; null between runs. */
  readonly pageCursor: string | null;
  /** Becomes `changeCursor` when the run has read everything. */
  readonly nextChangeCursor: string | null;
  readonly run: number;
  readonly fullRun: boolean;
}

/** The source_cursor table of catalogue.db: it goes with the catalogue, so that a new one is read from the start. */
export function createCursorRepo(db: Connection) {
  const find = db.prepare(`
    SELECT change_cursor AS changeCursor, page_cursor AS pageCursor, next_change_cursor AS nextChangeCursor,
      run, full_run AS fullRun FROM source_cursor WHERE source_id = ?`);
  const put = db.prepare(`
    INSERT OR REPLACE INTO source_cursor (source_id, change_cursor, page_cursor, next_change_cursor, run, full_run)
    VALUES (:sourceId, :changeCursor, :pageCursor, :nextChangeCursor, :run, :fullRun)`);
  return {
    find: (sourceId: string): CursorState | null => {
      const found = find.get(sourceId) as (Omit<CursorState, 'fullRun'> & { fullRun: number }) | undefined;
      return found ? { ...found, fullRun: found.fullRun === 1 } : null;
    },
    put: (sourceId: string, cursor: CursorState): void =>
      void put.run({ ...cursor, sourceId, fullRun: cursor.fullRun ? 1 : 0 }),
  };
}

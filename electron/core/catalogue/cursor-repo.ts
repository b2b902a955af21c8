import type { Connection } from '../storage/open-database.ts';

/** Where a source's sync stands. */
export interface SyncState {
  /** Where to go on: in the middle of a run that was cut short, else with the changes since the last whole one. */
  readonly cursor: string | null;
  readonly run: number;
  readonly underWay: boolean;
  /** Items of this run, or of the last one, that could not be read. */
  readonly failed: number;
  /** The last whole run, when it missed so much that it was not believed. */
  readonly doubtedRun: number | null;
}

/** The source_cursor table of catalogue.db: it goes with the catalogue, so that a new one is read from the start. */
export function createCursorRepo(db: Connection) {
  const find = db.prepare(
    `SELECT cursor, run, under_way AS underWay, failed, doubted_run AS doubtedRun FROM source_cursor
     WHERE source_id = ? AND run >= 0`,
  );
  const put =
    db.prepare(`INSERT OR REPLACE INTO source_cursor (source_id, cursor, run, under_way, failed, doubted_run)
    VALUES (:sourceId, :cursor, :run, :underWay, :failed, :doubtedRun)`);
  const remove = db.prepare('DELETE FROM source_cursor WHERE source_id = ?');
  const beingRemoved = db.prepare('SELECT source_id FROM source_cursor WHERE run < 0').pluck();
  return {
    find: (sourceId: string): SyncState | null => {
      const found = find.get(sourceId) as (Omit<SyncState, 'underWay'> & { underWay: number }) | undefined;
      return found ? { ...found, underWay: found.underWay === 1 } : null;
    },
    put: (sourceId: string, state: SyncState): void =>
      void put.run({ ...state, sourceId, underWay: state.underWay ? 1 : 0 }),
    /** From here on the source has no run, and its removal is taken up again after a kill. */
    markBeingRemoved: (sourceId: string): void =>
      void put.run({ sourceId, cursor: null, run: -1, underWay: 0, failed: 0, doubtedRun: null }),
    beingRemoved: (): string[] => beingRemoved.all() as string[],
    remove: (sourceId: string): void => void remove.run(sourceId),
  };
}

import type { DownloadPriority } from '../../../shared/contract/downloads.ts';
import type { Connection } from '../storage/open-database.ts';
import { priorityNumber, urgentTurn } from './download-row.ts';
import type { Place } from './queue-repo.ts';

/** What can be said of a wish later. */
export interface WishChange {
  readonly priority?: DownloadPriority | undefined;
  readonly neededByMs?: number | null | undefined;
  readonly maxRate?: number | null | undefined;
}

/** What orders the queue, as it is written to the download table. */
export function createOrderRepo(db: Connection) {
  const put = db.prepare(`
    UPDATE download SET queue_rank = :queueRank, priority = :priority,
      turn = iif(turn = ${urgentTurn}, turn, :priority) WHERE id = :id`);
  const priority = db.prepare(`
    UPDATE download SET priority = :priority, turn = iif(turn = ${urgentTurn}, turn, :priority) WHERE id = :id`);
  const neededBy = db.prepare('UPDATE download SET needed_by_ms = ?, turn = priority WHERE id = ?');
  const maxRate = db.prepare('UPDATE download SET max_rate = ? WHERE id = ?');
  const urgent = db.prepare(`UPDATE download SET turn = iif(?, ${urgentTurn}, priority) WHERE id = ?`);
  const forget = db.prepare(`
    UPDATE download SET forgotten = 1
    WHERE id = ? AND forgotten = 0 AND state IN ('complete', 'cancelled', 'failed')`);
  const forgetEnded = db.prepare(`
    UPDATE download SET forgotten = 1 WHERE forgotten = 0 AND state IN ('complete', 'cancelled')`);
  const recall = db.prepare('UPDATE download SET forgotten = 0 WHERE id = ?');
  const changeAll = db.transaction((ids: readonly string[], to: WishChange) => {
    for (const id of ids) {
      if (to.priority !== undefined) priority.run({ id, priority: priorityNumber(to.priority) });
      if (to.neededByMs !== undefined) neededBy.run(to.neededByMs, id);
      if (to.maxRate !== undefined) maxRate.run(to.maxRate === null ? null : Math.ceil(to.maxRate), id);
    }
  });
  const putAll = db.transaction((moved: readonly Place[]) => {
    for (const one of moved) put.run({ ...one, priority: priorityNumber(one.priority) });
  });
  const setAllUrgent = db.transaction((changes: ReadonlyArray<{ id: string; isUrgent: boolean }>) => {
    for (const { id, isUrgent } of changes) urgent.run(isUrgent ? 1 : 0, id);
  });
  const forgetAll = db.transaction((ids: readonly string[]) =>
    ids.reduce((sum, id) => sum + forget.run(id).changes, 0),
  );
  return {
    put: (moved: readonly Place[]): void => putAll(moved),
    change: (ids: readonly string[], to: WishChange): void => changeAll(ids, to),
    setUrgent: (changes: ReadonlyArray<{ readonly id: string; readonly isUrgent: boolean }>): void =>
      setAllUrgent(changes),
    /** Takes ended downloads off the list; how many were on it. */
    forget: (ids: readonly string[]): number => forgetAll(ids),
    forgetEnded: (): number => forgetEnded.run().changes,
    /** Puts one back on the list. */
    recall: (id: string): void => void recall.run(id),
  };
}

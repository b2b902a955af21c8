import { priorityNumber, urgentTurn, type DownloadRow } from '../download-row.ts';
import type { Running } from '../running.ts';

/** What is known when someone may have to make room. */
export interface Rivals {
  /** The turn of the one that waits first. */
  readonly turn: number;
  /** All that run, with their rows as they are now; every place is taken. */
  readonly running: ReadonlyArray<
    Pick<Running, 'fetching' | 'startedAt' | 'abort'> & {
      readonly row: Pick<DownloadRow, 'id' | 'priority' | 'urgent' | 'queueRank'>;
    }
  >;
  /** How long one must have run before a deadline may end it, in milliseconds. */
  readonly settledMs: number;
  readonly now: number;
}

/**
 * Which running download gives its place to one that waits, or null: the last in the queue of those of a lower turn,
 * and only for one of high priority or in danger of being late. Within a turn nobody is stopped for the sake of
 * another, so a drag reorders what waits and nothing jumps to and fro.
 */
export function whoYields({ turn, running, settledMs, now }: Rivals): string | null {
  if (turn < 1) return null;
  // One that is stopping already is about to leave a place.
  if (running.some(({ abort }) => abort.signal.aborted)) return null;
  const losers = running.filter(
    ({ row, fetching, startedAt }) =>
      fetching && turnOf(row) < turn && (turn < urgentTurn || now - startedAt >= settledMs),
  );
  const [last] = losers.toSorted(
    ({ row: one }, { row: other }) => turnOf(one) - turnOf(other) || other.queueRank - one.queueRank,
  );
  return last?.row.id ?? null;
}

function turnOf({ priority, urgent }: Pick<DownloadRow, 'priority' | 'urgent'>): number {
  return urgent ? urgentTurn : priorityNumber(priority);
}

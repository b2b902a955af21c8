import type { createCursorRepo, SyncState } from './cursor-repo.ts';
import type { createRemovals, Doubt } from './removals.ts';

/** A run that has come to its end. */
export interface RunToFinish {
  readonly sourceId: string;
  readonly run: number;
  readonly ends: 'everything' | 'changes';
  readonly cursor: string | null;
  readonly nowMs: number;
}

/** What came of the end of a run. */
export interface FinishedRun {
  /** The ids of what the source no longer lists. */
  readonly withdrawn: string[];
  /** Why nothing was withdrawn, though the run was whole. */
  readonly doubt: Doubt | null;
}

/**
 * Ends runs. When one has shown everything, what it did not show is withdrawn, unless an item of it could not be read:
 * that may be one that is still listed. Every page of a run carries its number, also over kills, so what the run has
 * shown is known.
 *
 * A run that misses most of what was known is believed when the next whole one misses it too, which is read from the
 * beginning. An empty answer of a server that is being repaired, or another account, would else withdraw everything.
 */
export function createEndOfRuns(deps: {
  readonly cursors: ReturnType<typeof createCursorRepo>;
  readonly removals: ReturnType<typeof createRemovals>;
}) {
  const { cursors, removals } = deps;
  return (state: SyncState, end: RunToFinish): FinishedRun => {
    const isWhole = end.ends === 'everything' && state.failed === 0;
    const doubt = isWhole && state.doubtedRun === null ? removals.doubtOf(end) : null;
    const withdrawn = isWhole && doubt === null ? removals.withdrawUnseen(end) : [];
    const doubtedRun = doubt !== null ? state.run : isWhole ? null : state.doubtedRun;
    const cursor = doubt === null ? end.cursor : null;
    cursors.put(end.sourceId, { ...state, cursor, underWay: false, doubtedRun });
    return { withdrawn, doubt };
  };
}

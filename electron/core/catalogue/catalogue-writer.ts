import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { SourceEvent } from '../sources/source-model.ts';
import { atomic } from '../storage/atomic.ts';
import type { Connection } from '../storage/open-database.ts';
import { createAssetWriter } from './asset-writer.ts';
import { createCursorRepo, type SyncState } from './cursor-repo.ts';
import { blankOutcome, type PageOutcome } from './page-outcome.ts';
import { createEndOfRuns, type FinishedRun, type RunToFinish } from './end-of-run.ts';
import { createRemovals } from './removals.ts';
import { createSearchTextRepo } from './search-text-repo.ts';
import { createSlices } from './slices.ts';
import type { Telling } from './telling.ts';
import { createTextUpkeep } from './text-upkeep.ts';
import { createTwinLinks } from './twin-links.ts';

/** How many rows may wait for their search text while a page follows on a page. */
const mostWaiting = 20_000;
/** What a source told in one go. */
export interface PageToWrite {
  readonly sourceId: string;
  readonly run: number;
  readonly tellings: readonly Telling[];
  readonly events: readonly SourceEvent[];
  /** Items that could not be read. */
  readonly failures: number;
  /** Where to go on behind this page; null leaves it, for a page that is to be read again after a kill. */
  readonly cursor: string | null;
  readonly nowMs: number;
}

/**
 * Writes what sources tell into catalogue.db. Plain and synchronous; what takes long comes as steps, between which
 * something else may be written.
 *
 * No transaction takes longer than some tens of milliseconds. A page is written in as many as it takes, the last of
 * them with its cursor: after a kill in between the page is read again, and ends the same.
 */
export function createCatalogueWriter(db: Connection) {
  const texts = createSearchTextRepo(db);
  const twins = createTwinLinks(db);
  const slices = createSlices(db, { onUndone: twins.forget });
  const assets = createAssetWriter(db, { texts, twins });
  const removals = createRemovals(db, { texts, twins, slices });
  const upkeep = createTextUpkeep(texts, slices);
  const cursors = createCursorRepo(db);
  const endRun = createEndOfRuns({ cursors, removals });

  const underWay = (asked: { sourceId: string; run: number }): SyncState => {
    const state = cursors.find(asked.sourceId);
    if (state?.underWay && state.run === asked.run) return state;
    throw new RushesError('CONFLICT', 'The run is over: the source was removed, or another run has begun.');
  };
  const forget = atomic(db, (sourceId: string): void => {
    removals.eventsOf(sourceId);
    cursors.remove(sourceId);
  });
  function* removeAll(sourceId: string): Generator<void, void> {
    yield* removals.assetsOf(sourceId);
    yield* upkeep.fill();
    forget(sourceId);
  }

  return {
    cursor: (sourceId: string): SyncState | null => cursors.find(sourceId),
    /** Begins a run, or takes up the one that was cut short. @throws RushesError CONFLICT when the source is being removed. */
    begin: (sourceId: string): SyncState => {
      const known = cursors.find(sourceId);
      if (known?.underWay) return known;
      if (cursors.beingRemoved().includes(sourceId))
        throw new RushesError('CONFLICT', 'The source is being removed.');
      const { cursor = null, run: last = 0, doubtedRun = null } = known ?? {};
      const state = { cursor, run: last + 1, underWay: true, failed: 0, doubtedRun };
      cursors.put(sourceId, state);
      return state;
    },
    /** @throws RushesError CONFLICT when the run is not under way. */
    writePage: (page: PageToWrite): PageOutcome => {
      const outcome = blankOutcome();
      const state = underWay(page);
      slices.each(page.events, (event) => assets.writeEvent(page.sourceId, event, outcome));
      slices.each(page.tellings, (telling) => assets.write(telling, page, outcome), {
        atEnd: () => outcome.touched.push(...twins.settle()),
        atLast: () => {
          const failed = state.failed + page.failures;
          cursors.put(page.sourceId, { ...state, cursor: page.cursor ?? state.cursor, failed });
        },
      });
      upkeep.expect(outcome.changed.length + outcome.touched.length);
      if (upkeep.waiting() > mostWaiting) run(upkeep.fill());
      return outcome;
    },
    /** Ends a run. @throws RushesError CONFLICT when the run is not under way. */
    finishRun: (end: RunToFinish): FinishedRun => {
      const state = underWay(end);
      run(upkeep.fill());
      return endRun(state, end);
    },
    /** Writes the search texts that are waited for. */
    fillTexts: (): Generator<void, void> => upkeep.fill(),
    isFilled: (): boolean => upkeep.waiting() === 0,
    /** Removes all of a source. It has no run from now on; the steps may come later, or after a kill. */
    removeSource: (sourceId: string): Generator<void, void> => {
      cursors.markBeingRemoved(sourceId);
      return removeAll(sourceId);
    },
    /** Takes up what a kill has cut short: search texts and the removal of sources. */
    *catchUp(): Generator<void, void> {
      for (const sourceId of cursors.beingRemoved()) yield* removeAll(sourceId);
      yield* upkeep.fill();
    },
    /** Puts the index and the statistics of the tables in order, after much was written. */
    *optimise(): Generator<void, void> {
      yield* upkeep.fill();
      yield* upkeep.merge();
      optimiseTables(db);
    },
  };
}
export type CatalogueWriter = ReturnType<typeof createCatalogueWriter>;

/** Takes all steps at once. */
export function run(steps: Generator<void, void>): void {
  while (!steps.next().done);
}

/** The limit keeps the look at the tables short, however large they are. */
function optimiseTables(db: Connection): void {
  db.pragma('analysis_limit = 400');
  db.pragma('optimize');
  db.pragma('wal_checkpoint(PASSIVE)');
}

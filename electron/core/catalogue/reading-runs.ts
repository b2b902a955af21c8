import type { SyncStep } from '../../../shared/contract/catalogue.ts';
import { drop } from '../drop.ts';
import type { Clock, Log, Notify } from '../ports.ts';
import type { OpenSource } from '../sources/open-source.ts';
import type { SyncEnd } from '../sources/sources.ts';
import type { CatalogueWriteThread } from './catalogue-write-thread.ts';
import type { PageOutcome } from './page-outcome.ts';
import { createSyncRuns } from './sync-runs.ts';
import { syncSource } from './sync.ts';

/** A sync that wrote so many leaves an index in many parts, which is worth putting in order. */
const manyAssets = 10_000;

/** What the syncs of all sources work with. */
export interface ReadingDeps {
  readonly writer: CatalogueWriteThread;
  /** Is told of every commit: which rows are others now, or which assets. */
  readonly search: {
    rowsChanged(rows: readonly number[]): void;
    assetsChanged(assetIds: readonly string[]): void;
  };
  readonly clock: Clock;
  readonly log: Log;
  readonly notify: Notify;
  readonly openSource: (sourceId: string) => OpenSource;
  /** Called unless the core is closing. */
  readonly onSyncEnd: (sourceId: string, end: SyncEnd) => Promise<void>;
  /** What a page of a sync has changed. */
  readonly onWritten: (outcome: PageOutcome) => void;
  /** All that a source lists is in the catalogue now, though what it no longer lists is not withdrawn yet. */
  readonly onReadWhole: (sourceId: string) => Promise<void>;
  /** What a source no longer lists. */
  readonly onWithdrawn: (assetIds: readonly string[]) => void;
  /** Factor on the pauses between two tries; 1 but in tests. */
  readonly pace: number;
}

/** The syncs of all sources: whoever shows, searches or holds what they bring is told. */
export function createReadingRuns(
  deps: ReadingDeps & { readonly closing: AbortSignal },
): ReturnType<typeof createSyncRuns> {
  const notifyAll = (ids: Iterable<string>): void => {
    for (const id of ids) deps.notify('asset', id);
  };
  const read = (sourceId: string, signal: AbortSignal): AsyncGenerator<SyncStep, void> =>
    syncSource({
      ...deps,
      ...deps.openSource(sourceId),
      sourceId,
      signal,
      onWritten: (outcome) => {
        notifyAll([...outcome.changed, ...outcome.touched].map(({ id }) => id));
        deps.search.rowsChanged(rowsOf(outcome));
        deps.onWritten(outcome);
      },
      onWhole: () => deps.onReadWhole(sourceId),
      onWithdrawn: (ids) => {
        notifyAll(ids);
        deps.search.assetsChanged(ids);
        deps.onWithdrawn(ids);
      },
    });
  const onLeft = (error: unknown): void => {
    if (!deps.closing.aborted) deps.log.warn('The catalogue was not put in order.', { error: String(error) });
  };
  const putInOrder = async (): Promise<void> => {
    await deps.writer.optimise();
    deps.search.rowsChanged([]);
  };
  return createSyncRuns({
    start: (sourceId, signal) =>
      recorded(read(sourceId, signal), async (end, written) => {
        if (deps.closing.aborted) return;
        await deps.onSyncEnd(sourceId, end);
        if (written >= manyAssets) drop(putInOrder(), onLeft);
      }),
    onState: (sourceId) => deps.notify('source', sourceId),
  });
}

/** The rows that a page has changed, those that assets have left included. */
function rowsOf({ changed, touched }: PageOutcome): number[] {
  const rows = changed.flatMap(({ row, formerRow }) => (formerRow === null ? [row] : [row, formerRow]));
  return [...rows, ...touched.map(({ row }) => row)];
}

/** Passes the steps on and tells how the run ended, and how many assets it has written. */
async function* recorded(
  steps: AsyncGenerator<SyncStep, void>,
  onEnd: (end: SyncEnd, written: number) => Promise<void>,
): AsyncGenerator<SyncStep, void> {
  try {
    for await (const step of steps) {
      if (step.kind === 'finished') {
        const { failed, added, updated, doubt } = step.summary;
        await onEnd({ error: null, failedItems: failed, doubt }, added + updated);
      }
      yield step;
    }
  } catch (error) {
    await onEnd({ error, failedItems: 0, doubt: null }, 0);
    throw error;
  }
}

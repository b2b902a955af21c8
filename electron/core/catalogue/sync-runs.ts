import type { SyncStep } from '../../../shared/contract/catalogue.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';

/** Who wants a sync: a person, or the schedule. */
export interface SyncWish {
  readonly signal: AbortSignal | undefined;
  readonly byItself: boolean;
}

interface Run {
  readonly abort: AbortController;
  readonly byItself: boolean;
  readonly ended: Promise<void>;
}

/**
 * At most one sync a source. Whoever asks while one runs is told so; but a person takes over from the schedule, for a
 * sync goes on where it was stopped. Closing the stream, or the core, stops it.
 */
export function createSyncRuns(deps: {
  start: (sourceId: string, signal: AbortSignal) => AsyncGenerator<SyncStep, void>;
  onState: (sourceId: string) => void;
}) {
  const runs = new Map<string, Run>();

  async function* run(sourceId: string, { signal, byItself }: SyncWish): AsyncGenerator<SyncStep, void> {
    for (let other = runs.get(sourceId); other; other = runs.get(sourceId)) {
      if (byItself || !other.byItself)
        throw new RushesError('CONFLICT', 'This source is being synced already.');
      other.abort.abort();
      await other.ended;
    }
    const abort = new AbortController();
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const onAbort = (): void => abort.abort();
    runs.set(sourceId, { abort, byItself, ended });
    if (signal?.aborted) abort.abort();
    signal?.addEventListener('abort', onAbort);
    deps.onState(sourceId);
    try {
      yield* deps.start(sourceId, abort.signal);
    } finally {
      signal?.removeEventListener('abort', onAbort);
      runs.delete(sourceId);
      end();
      deps.onState(sourceId);
    }
  }

  return {
    run,
    isRunning: (sourceId: string): boolean => runs.has(sourceId),
    /** Stops the sync of one source, or of all. */
    stop: (sourceId?: string): void => {
      for (const [id, { abort }] of runs) if (sourceId === undefined || id === sourceId) abort.abort();
    },
  };
}

import type { SyncStep } from '../../../shared/contract/catalogue.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';

interface Run {
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

/**
 * At most one sync a source. Whoever asks while one runs is told so; closing the stream, or the core, stops it.
 */
export function createSyncRuns(deps: {
  start: (sourceId: string, signal: AbortSignal) => AsyncGenerator<SyncStep, void>;
  onState: (sourceId: string) => void;
}) {
  const runs = new Map<string, Run>();

  async function* run(sourceId: string, signal: AbortSignal | undefined): AsyncGenerator<SyncStep, void> {
    if (runs.has(sourceId)) throw new RushesError('CONFLICT', 'This source is being synced already.');
    const abort = new AbortController();
    const onAbort = (): void => abort.abort();
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    runs.set(sourceId, { abort, ended });
    signal?.addEventListener('abort', onAbort);
    deps.onState(sourceId);
    try {
      yield* deps.start(sourceId, abort.signal);
    } finally {
      signal?.removeEventListener('abort', onAbort);
      runs.delete(sourceId);
      resolve();
      deps.onState(sourceId);
    }
  }

  return {
    run,
    isRunning: (sourceId: string): boolean => runs.has(sourceId),
    /** Stops the sync of one source, or of all. */
    stop: (sourceId?: string): void => {
      for (const [id, one] of runs) if (sourceId === undefined || id === sourceId) one.abort.abort();
    },
  };
}

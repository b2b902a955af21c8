import type { SyncStep } from '../../../shared/contract/catalogue.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';

/**
 * At most one sync a source. Whoever asks while one runs is told so; closing the stream, or the core, stops it.
 */
export function createSyncRuns(deps: {
  start: (sourceId: string, signal: AbortSignal) => AsyncGenerator<SyncStep, void>;
  onState: (sourceId: string) => void;
}) {
  const runs = new Map<string, AbortController>();

  async function* run(sourceId: string, signal: AbortSignal | undefined): AsyncGenerator<SyncStep, void> {
    if (runs.has(sourceId)) throw new RushesError('CONFLICT', 'This source is being synced already.');
    const abort = new AbortController();
    const onAbort = (): void => abort.abort();
    runs.set(sourceId, abort);
    if (signal?.aborted) abort.abort();
    signal?.addEventListener('abort', onAbort);
    deps.onState(sourceId);
    try {
      yield* deps.start(sourceId, abort.signal);
    } finally {
      signal?.removeEventListener('abort', onAbort);
      runs.delete(sourceId);
      deps.onState(sourceId);
    }
  }

  return {
    run,
    isRunning: (sourceId: string): boolean => runs.has(sourceId),
    /** Stops the sync of one source, or of all. */
    stop: (sourceId?: string): void => {
      for (const [id, abort] of runs) if (sourceId === undefined || id === sourceId) abort.abort();
    },
  };
}

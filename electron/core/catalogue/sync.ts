import { setTimeout as sleep } from 'node:timers/promises';
import type { SyncStep, SyncSummary } from '../../../shared/contract/catalogue.ts';
import type { SourceId } from '../../../shared/contract/values.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { Clock, Log } from '../ports.ts';
import type { CatalogueSource, SourcePage } from '../sources/source-model.ts';
import type { CatalogueWriter } from './catalogue-writer.ts';
import type { CursorState } from './cursor-repo.ts';

/** How often a page is tried before the sync gives up, and the pause before the second try, in milliseconds. */
const pageTries = 3;
const firstPauseMs = 500;

interface SyncDeps {
  readonly sourceId: string;
  readonly source: CatalogueSource;
  readonly writer: CatalogueWriter;
  readonly clock: Clock;
  readonly log: Log;
  readonly onChanged: (ids: readonly string[]) => void;
  readonly signal: AbortSignal;
}

/**
 * Brings one source up to date and tells how far it is. A run that was cut short goes on at its page; a run that
 * could not read everything withdraws nothing.
 *
 * @throws RushesError SOURCE_UNAVAILABLE, NETWORK_UNAVAILABLE, CANCELLED; what was read until then is kept.
 */
export async function* syncSource(deps: SyncDeps): AsyncGenerator<SyncStep, void> {
  const startedAt = deps.clock.now();
  const summary: SyncSummary = {
    source: deps.sourceId as SourceId,
    added: 0,
    updated: 0,
    unchanged: 0,
    withdrawn: 0,
    failed: 0,
    requests: 0,
    ms: 0,
  };
  deps.writer.writeEvents(deps.sourceId, await deps.source.readEvents(deps.signal));
  summary.requests++;
  let state = begin(deps.writer.cursor(deps.sourceId));
  let done = 0;
  for (;;) {
    const page = await readPage(deps, state, summary);
    if (page === 'start-over') {
      state = begin({ ...state, changeCursor: null, pageCursor: null });
      continue;
    }
    state = { ...state, pageCursor: page.pageCursor, nextChangeCursor: page.changeCursor };
    const outcome = deps.writer.writePage({
      sourceId: deps.sourceId,
      assets: page.assets,
      run: state.run,
      cursor: state,
    });
    deps.onChanged(outcome.changed);
    summary.added += outcome.added;
    summary.updated += outcome.updated;
    summary.unchanged += outcome.unchanged;
    summary.withdrawn += outcome.withdrawn;
    summary.failed += page.failed;
    done += page.assets.length + page.failed;
    yield { kind: 'progress', done, total: page.total };
    if (page.pageCursor === null) break;
  }
  // An item that could not be read may be one that is still listed, so nothing is withdrawn beside it.
  if (state.fullRun && summary.failed === 0)
    summary.withdrawn += deps.writer.finishFullRun(deps.sourceId, state.run);
  deps.writer.putCursor(deps.sourceId, { ...state, changeCursor: state.nextChangeCursor, pageCursor: null });
  summary.ms = deps.clock.now() - startedAt;
  yield { kind: 'finished', summary };
}

function begin(known: CursorState | null): CursorState {
  if (known?.pageCursor != null) return known;
  const changeCursor = known?.changeCursor ?? null;
  return {
    changeCursor,
    pageCursor: null,
    nextChangeCursor: null,
    run: (known?.run ?? 0) + 1,
    fullRun: changeCursor === null,
  };
}

async function readPage(
  deps: SyncDeps,
  state: CursorState,
  summary: SyncSummary,
): Promise<SourcePage | 'start-over'> {
  for (let attempt = 1; ; attempt++) {
    try {
      deps.signal.throwIfAborted();
      summary.requests++;
      return await deps.source.readPage({
        since: state.changeCursor,
        pageCursor: state.pageCursor,
        signal: deps.signal,
      });
    } catch (error) {
      if (deps.signal.aborted)
        throw new RushesError('CANCELLED', 'The sync was cancelled; it goes on where it stopped.');
      const code = error instanceof RushesError ? error.code : null;
      if (code === 'CONFLICT' && (state.changeCursor !== null || state.pageCursor !== null))
        return 'start-over';
      const again = code === 'SOURCE_UNAVAILABLE' || code === 'NETWORK_UNAVAILABLE';
      if (!again || attempt === pageTries) throw error;
      deps.log.warn('A page could not be read and is tried again.', { source: deps.sourceId, attempt });
      await sleep(firstPauseMs * 2 ** (attempt - 1) * (0.5 + Math.random()), undefined, {
        signal: deps.signal,
      });
    }
  }
}

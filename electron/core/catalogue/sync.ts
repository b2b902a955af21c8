import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { SyncStep, SyncSummary } from '../../../shared/contract/catalogue.ts';
import type { SourceId } from '../../../shared/contract/values.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { Clock, Log } from '../ports.ts';
import type { CatalogueSource, SourcePage } from '../sources/source-model.ts';
import type { CatalogueWriter } from './catalogue-writer.ts';
import type { CursorState } from './cursor-repo.ts';
import { createPageGuard } from './page-guard.ts';

/** How often something is asked before the sync gives up, and the pause before the second try, in milliseconds. */
const mostTries = 3;
const firstPauseMs = 500;
/** How many assets are written in one go: long texts take some 0.3 ms each to index. */
const assetsAtOnce = 20;

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
  const summary = blankSummary(deps.sourceId);
  const events = await ask(deps, summary, () => deps.source.readEvents(deps.signal));
  deps.onChanged(deps.writer.writeEvents(deps.sourceId, events));
  let state = begin(deps.writer.cursor(deps.sourceId));
  let startedOver = false;
  let done = 0;
  const guard = createPageGuard();
  for (;;) {
    const page = await readPage(deps, state, summary);
    if (page === 'start-over') {
      if (startedOver) throw neverEnds('does not know the places in its list that it has given itself');
      startedOver = true;
      state = begin({ ...state, changeCursor: null, pageCursor: null });
      continue;
    }
    state = {
      ...state,
      pageCursor: page.pageCursor,
      nextChangeCursor: page.changeCursor,
      // An item that could not be read may be one that is still listed, so nothing is withdrawn beside it.
      fullRun: state.fullRun && page.failed === 0,
    };
    await write(deps, { page, cursor: state }, summary);
    done += page.assets.length + page.failed;
    if (guard.goesInCircles(page)) {
      deps.writer.putCursor(deps.sourceId, { ...state, pageCursor: null, nextChangeCursor: null });
      throw neverEnds('sends its list in a circle');
    }
    yield { kind: 'progress', done, total: page.total };
    assertGoesOn(deps.signal);
    if (page.pageCursor === null) break;
  }
  if (state.fullRun) summary.withdrawn += deps.writer.finishFullRun(deps.sourceId, state.run);
  deps.writer.putCursor(deps.sourceId, { ...state, changeCursor: state.nextChangeCursor, pageCursor: null });
  summary.ms = deps.clock.now() - startedAt;
  yield { kind: 'finished', summary };
}

function blankSummary(sourceId: string): SyncSummary {
  return {
    source: sourceId as SourceId,
    added: 0,
    updated: 0,
    unchanged: 0,
    withdrawn: 0,
    failed: 0,
    requests: 0,
    ms: 0,
  };
}

/** Writes a page bit by bit, so that whoever looks at the catalogue meanwhile does not wait for all of it. */
async function write(
  deps: SyncDeps,
  { page, cursor }: { page: SourcePage; cursor: CursorState },
  summary: SyncSummary,
): Promise<void> {
  const { sourceId } = deps;
  for (let at = 0; at === 0 || at < page.assets.length; at += assetsAtOnce) {
    const assets = page.assets.slice(at, at + assetsAtOnce);
    const isLast = at + assetsAtOnce >= page.assets.length;
    const outcome = deps.writer.writePage({
      sourceId,
      assets,
      run: cursor.run,
      cursor: isLast ? cursor : null,
    });
    deps.onChanged(outcome.changed);
    summary.added += outcome.added;
    summary.updated += outcome.updated;
    summary.unchanged += outcome.unchanged;
    summary.withdrawn += outcome.withdrawn;
    if (isLast) break;
    await nextTurn();
    assertGoesOn(deps.signal);
  }
  summary.failed += page.failed;
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
  const at = { since: state.changeCursor, pageCursor: state.pageCursor, signal: deps.signal };
  try {
    return await ask(deps, summary, () => deps.source.readPage(at));
  } catch (error) {
    const forgotten = error instanceof RushesError && error.code === 'CONFLICT';
    if (forgotten && (at.since !== null || at.pageCursor !== null)) return 'start-over';
    throw error;
  }
}

/** Asks the source, and again after a pause when it is only out of reach for a moment. */
async function ask<T>(deps: SyncDeps, summary: SyncSummary, question: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      assertGoesOn(deps.signal);
      summary.requests++;
      const answer = await question();
      assertGoesOn(deps.signal);
      return answer;
    } catch (error) {
      assertGoesOn(deps.signal);
      const code = error instanceof RushesError ? error.code : null;
      const again = code === 'SOURCE_UNAVAILABLE' || code === 'NETWORK_UNAVAILABLE';
      if (!again || attempt === mostTries) throw error;
      deps.log.warn('A source did not answer and is asked again.', { source: deps.sourceId, attempt });
      const pauseMs = firstPauseMs * 2 ** (attempt - 1) * (0.5 + Math.random());
      // A pause that is cut short ends as a cancelled run at the top of the loop.
      await sleep(pauseMs, undefined, { signal: deps.signal }).catch(() => undefined);
    }
  }
}

function assertGoesOn(signal: AbortSignal): void {
  if (signal.aborted)
    throw new RushesError('CANCELLED', 'The sync was cancelled; it goes on where it stopped.');
}

function neverEnds(how: string): RushesError {
  return new RushesError('SOURCE_UNAVAILABLE', `The source ${how}; the next sync begins anew.`);
}

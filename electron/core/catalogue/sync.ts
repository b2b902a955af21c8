import type { SyncStep, SyncSummary } from '../../../shared/contract/catalogue.ts';
import type { SourceId } from '../../../shared/contract/values.ts';
import type { Clock, Log } from '../ports.ts';
import type { CatalogueSource, SourcePage } from '../sources/source-model.ts';
import type { CatalogueWriteThread } from './catalogue-write-thread.ts';
import type { PageOutcome } from './page-outcome.ts';
import type { Doubt } from './removals.ts';
import { readAhead } from './read-ahead.ts';
import { assertGoesOn, neverEnds, readPages, type ReadPage } from './read-pages.ts';

/** Items that could not be read which are told one by one; the others are counted. */
const mostFailuresTold = 20;

interface SyncDeps {
  readonly sourceId: string;
  readonly source: CatalogueSource;
  /** How many questions the source was asked. */
  readonly asked: () => number;
  readonly writer: Pick<CatalogueWriteThread, 'begin' | 'writePage' | 'finishRun'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly onWritten: (outcome: PageOutcome) => void;
  /** All that the source lists is in the catalogue now. */
  readonly onWhole: () => Promise<void>;
  /** What the source no longer lists, by id. */
  readonly onWithdrawn: (ids: readonly string[]) => void;
  /** Factor on the pauses; 1 but in tests. */
  readonly pace: number;
  readonly signal: AbortSignal;
}

/**
 * Brings one source up to date and tells how far it is. A run that was cut short goes on at its page; a run that
 * could not read everything withdraws nothing.
 *
 * @throws RushesError SOURCE_UNAVAILABLE, SOURCE_CHANGED, KEY_NEEDED, SIGN_IN_NEEDED, NETWORK_UNAVAILABLE, CANCELLED;
 * what was read until then is kept.
 */
export async function* syncSource(deps: SyncDeps): AsyncGenerator<SyncStep, void> {
  const { sourceId, writer } = deps;
  const startedAt = deps.clock.now();
  const state = await writer.begin(sourceId);
  const { run } = state;
  const summary = blankSummary(sourceId);
  summary.failed = state.failed;
  let done = 0;
  for await (const { page, goesInCircles } of pagesAhead(deps, state.cursor)) {
    const outcome = await writer.writePage({
      sourceId,
      run,
      assets: page.assets,
      events: page.events ?? [],
      failures: page.failures.filter(({ mayHideAsset = true }) => mayHideAsset).length,
      // The last page is written down as read when the run is: a kill between the two must not lose what it withdraws.
      cursor: page.ends === 'more' ? page.cursor : null,
      nowMs: deps.clock.now(),
    });
    deps.onWritten(outcome);
    count(summary, page, outcome);
    if (goesInCircles) {
      await writer.finishRun({ sourceId, run, ends: 'changes', cursor: null, nowMs: deps.clock.now() });
      throw neverEnds('sends its list in a circle');
    }
    done += page.assets.length + page.failures.length;
    yield { kind: 'progress', done, total: page.total };
    assertGoesOn(deps.signal);
    if (page.ends === 'more') continue;
    const { ends, cursor } = page;
    // Before the run is over: after a kill it is asked for its last page again, and that is looked at again.
    if (ends === 'everything' && summary.failed === 0) await deps.onWhole();
    const finished = await writer.finishRun({ sourceId, run, ends, cursor, nowMs: deps.clock.now() });
    const { withdrawn, doubt } = finished;
    deps.onWithdrawn(withdrawn);
    summary.doubt = doubt && inWords(doubt);
    summary.withdrawn += withdrawn.length;
    break;
  }
  yield {
    kind: 'finished',
    summary: { ...summary, requests: deps.asked(), ms: deps.clock.now() - startedAt },
  };
}

/** While a page is being written, the source is asked for the next one. */
function pagesAhead(deps: SyncDeps, cursor: string | null): AsyncGenerator<ReadPage, void> {
  const reading = new AbortController();
  const signal = AbortSignal.any([deps.signal, reading.signal]);
  return readAhead(readPages({ ...deps, signal }, cursor), {
    ends: ({ page, goesInCircles }) => goesInCircles || page.ends !== 'more',
    stop: () => reading.abort(),
  });
}

function inWords({ gone, listed }: Doubt): string {
  return `${gone} of ${gone + listed} items are not listed any more, all at once. They are kept as they were, and are \
withdrawn when the next reading does not show them either.`;
}

function blankSummary(sourceId: string): SyncSummary {
  return {
    source: sourceId as SourceId,
    added: 0,
    updated: 0,
    unchanged: 0,
    stale: 0,
    withdrawn: 0,
    failed: 0,
    failures: [],
    doubt: null,
    requests: 0,
    ms: 0,
  };
}

function count(summary: SyncSummary, page: SourcePage, outcome: PageOutcome): void {
  summary.added += outcome.added;
  summary.updated += outcome.updated;
  summary.unchanged += outcome.unchanged;
  summary.stale += outcome.stale;
  summary.withdrawn += outcome.withdrawn;
  summary.failed += page.failures.length;
  summary.failures.push(...page.failures.slice(0, mostFailuresTold - summary.failures.length));
}

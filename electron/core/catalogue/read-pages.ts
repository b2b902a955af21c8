import { setTimeout as sleep } from 'node:timers/promises';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { Log } from '../ports.ts';
import type { CatalogueSource, SourcePage } from '../sources/source-model.ts';
import { createPageGuard } from './page-guard.ts';

/** How often a page is asked for before the sync gives up, and the pause before the second try, in milliseconds. */
const mostTries = 3;
const firstPauseMs = 500;
/** The longest rest that a source asks for and that is waited out within a sync, in milliseconds. */
const longestRestMs = 60_000;

/** A page, and whether it leads back to what was read, or on to nothing again and again. */
export interface ReadPage {
  readonly page: SourcePage;
  readonly goesInCircles: boolean;
}

const passing: ReadonlySet<string> = new Set(['SOURCE_UNAVAILABLE', 'SOURCE_CHANGED', 'NETWORK_UNAVAILABLE']);

/**
 * The pages of a source from a cursor on. A page that cannot be had is asked for again a little later; a source that no
 * longer knows the place is read from its beginning, once.
 *
 * @throws RushesError as the source does; CANCELLED.
 */
export async function* readPages(
  deps: {
    readonly sourceId: string;
    readonly source: CatalogueSource;
    readonly log: Log;
    /** Factor on the pauses; 1 but in tests. */
    readonly pace: number;
    readonly signal: AbortSignal;
  },
  from: string | null,
): AsyncGenerator<ReadPage, void> {
  const { signal } = deps;
  let cursor = from;
  let guard = createPageGuard();
  let failures = 0;
  let startedOver = false;
  for (;;) {
    let fault: unknown = neverEnds('ended its list in the middle');
    try {
      for await (const page of deps.source.changedSince(cursor, signal)) {
        assertGoesOn(signal);
        failures = 0;
        cursor = page.cursor;
        yield { page, goesInCircles: guard.goesInCircles(page) };
      }
    } catch (error) {
      fault = error;
    }
    assertGoesOn(signal);
    if (isForgotten(fault)) {
      if (startedOver || cursor === null)
        throw neverEnds('does not know the places in its list that it has given itself');
      startedOver = true;
      cursor = null;
      guard = createPageGuard();
      continue;
    }
    const restMs = restBefore(fault, ++failures, deps.pace);
    if (restMs === null) throw fault;
    deps.log.warn('A source did not answer and is asked again.', { source: deps.sourceId, failures });
    // A pause that is cut short ends as a cancelled sync at the first page.
    await sleep(restMs, undefined, { signal }).catch(() => undefined);
    assertGoesOn(signal);
  }
}

/** The error of a list that has no end, or none that it tells. */
export function neverEnds(how: string): RushesError {
  return new RushesError('SOURCE_UNAVAILABLE', `The source ${how}; the next sync begins anew.`);
}

/** @throws RushesError CANCELLED when it is to stop. */
export function assertGoesOn(signal: AbortSignal): void {
  if (signal.aborted)
    throw new RushesError('CANCELLED', 'The sync was cancelled; it goes on where it stopped.');
}

function isForgotten(fault: unknown): boolean {
  return fault instanceof RushesError && fault.code === 'CONFLICT';
}

/** How long to wait before the next try, in milliseconds; null when there is none. */
function restBefore(fault: unknown, failures: number, pace: number): number | null {
  if (!(fault instanceof RushesError) || !passing.has(fault.code) || failures >= mostTries) return null;
  const askedMs = fault.facts.retryAfterMs ?? 0;
  if (askedMs > longestRestMs) return null;
  return Math.max(askedMs, firstPauseMs * 2 ** (failures - 1) * (0.5 + Math.random()) * pace);
}

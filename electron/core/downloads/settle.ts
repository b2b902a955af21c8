import type { JobResult } from '../jobs/job.ts';
import type { Completion } from './downloads-repo.ts';
import type { EngineDeps } from './engine-deps.ts';
import type { Outcome } from './outcome.ts';
import { retryDelayMs } from './retry-delay.ts';
import { offline, stoppedAs, type Running } from './running.ts';
import { isLoopback } from './traffic/network.ts';

/** How an attempt ended, a complete file included. */
export type Ending = Outcome | ({ readonly kind: 'complete' } & Completion);

const networkReasons: ReadonlySet<string> = new Set([
  'NETWORK_DISCONNECTED',
  'NETWORK_TIMEOUT',
  'SERVER_UNREACHABLE',
]);

/** Writes down how an attempt ended, unless the user has said otherwise meanwhile. */
export function settle(deps: EngineDeps, running: Running, ending: Ending): JobResult {
  const { repo, log, clock } = deps;
  const { id } = running.row;
  const outcome = ending.kind === 'stopped' ? stoppedAs(running) : asSeenOffline(deps, running, ending);
  switch (outcome.kind) {
    case 'complete':
      return { kind: 'done' };
    case 'fail': {
      const { reason, detail } = outcome;
      log.warn('A download failed.', { id, reason, detail });
      repo.settle(id, { state: 'failed', reason, detail, retryAtMs: null });
      return { kind: 'failed', reason };
    }
    case 'wait': {
      const { reason, detail } = outcome;
      const retryAtMs = retryAt(deps, running, outcome);
      repo.settle(id, { state: 'waiting', reason, detail, retryAtMs });
      return { kind: 'wait', reason, notBeforeMs: retryAtMs };
    }
    default:
      if (running.abort.signal.reason === 'again') {
        repo.settle(id, { state: 'queued', reason: null, detail: null, retryAtMs: null });
        return { kind: 'wait', reason: 'again', notBeforeMs: clock.now() };
      }
      repo.settle(id, { state: 'queued', reason: 'QUIT', detail: null, retryAtMs: null });
      return { kind: 'wait', reason: 'QUIT', notBeforeMs: null };
  }
}

function asSeenOffline({ traffic }: EngineDeps, running: Running, ending: Ending): Ending {
  if (ending.kind !== 'wait' || !networkReasons.has(ending.reason)) return ending;
  const host = running.askedHost;
  return (host !== null && isLoopback(host)) || traffic.online() ? ending : offline;
}

function retryAt(
  { repo, clock, tuning }: EngineDeps,
  running: Running,
  outcome: Extract<Outcome, { kind: 'wait' }>,
): number | null {
  const { delay } = outcome;
  if (delay.kind === 'woken') return null;
  if (delay.kind === 'after') return clock.now() + Math.ceil(delay.ms * tuning.delayFactor);
  const progressed = running.fetchedBytes > 0;
  const failures = progressed ? 0 : (repo.find(running.row.id)?.failures ?? 0) + 1;
  repo.setFailures(running.row.id, failures);
  const { retryAfterMs } = delay;
  const wait = retryDelayMs({ failures, progressed, retryAfterMs, random: tuning.random });
  return clock.now() + Math.ceil(wait * (retryAfterMs === null ? tuning.delayFactor : 1));
}

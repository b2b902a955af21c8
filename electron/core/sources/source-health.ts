import type { ErrorCode } from '../../../shared/errors/codes.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { nextSyncAt } from './next-sync.ts';
import type { SourceConfig } from './source-model.ts';
import type { SourceHealth } from './sources-repo.ts';

const states: Readonly<Partial<Record<ErrorCode, SourceConfig['state']>>> = {
  SOURCE_CHANGED: 'changed',
  KEY_NEEDED: 'key-needed',
  SIGN_IN_NEEDED: 'key-needed',
  ACCOUNT_UNVERIFIED: 'key-needed',
};

/** What is kept of the words for a failure, in characters. */
const longestReason = 1000;

/** How a source is doing after a sync that read all it asked for; `doubt` is what a person should look at all the same. */
export function healthAfterSuccess(
  { everyMinutes }: SourceConfig,
  {
    now,
    failedItems,
    doubt,
  }: { readonly now: number; readonly failedItems: number; readonly doubt: string | null },
): SourceHealth {
  return {
    state: 'ok',
    reason: doubt,
    evidence: null,
    lastGoodAtMs: now,
    lastTryAtMs: now,
    nextAtMs: nextSyncAt({ now, everyMinutes, failuresInARow: 0, isOutOfReach: false, retryAfterMs: null }),
    failuresInARow: 0,
    failedItems,
  };
}

/**
 * How a source is doing after a sync that failed. One that was stopped by the user is as it was, and is left alone for
 * as long as after any other.
 */
export function healthAfterFailure(
  config: SourceConfig,
  { now, error, key }: { readonly now: number; readonly error: unknown; readonly key: string | null },
): SourceHealth {
  const told = error instanceof RushesError ? error : null;
  const isStopped = told?.code === 'CANCELLED';
  const failuresInARow = isStopped ? config.failuresInARow : config.failuresInARow + 1;
  const nextAtMs = nextSyncAt({
    now,
    everyMinutes: config.everyMinutes,
    failuresInARow,
    isOutOfReach: told?.code === 'NETWORK_UNAVAILABLE',
    retryAfterMs: told?.facts.retryAfterMs ?? null,
  });
  const unchanged = {
    state: config.state,
    reason: config.reason,
    evidence: config.evidence,
    lastGoodAtMs: null,
    lastTryAtMs: now,
    nextAtMs,
    failuresInARow,
    failedItems: config.failedItems,
  };
  if (isStopped) return unchanged;
  return {
    ...unchanged,
    state: (told && states[told.code]) ?? 'unavailable',
    reason: without(key, error instanceof Error ? error.message : String(error)),
    evidence: without(key, told?.facts.detail ?? null),
  };
}

/** A server may repeat the key that it refuses; what is kept and shown does not, nor is it longer than can be read. */
function without<T extends string | null>(key: string | null, text: T): T {
  const plain = key === null ? text : text?.replaceAll(key, '…');
  return (plain?.slice(0, longestReason) ?? null) as T;
}

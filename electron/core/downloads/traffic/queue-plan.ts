import type { Download } from '../../../../shared/contract/downloads.ts';
import type { QueueEntry } from '../queue-repo.ts';

/** The share of the time left beyond which a deadline is in danger. */
export const riskShare = 0.8;
/** The share below which it is out of danger again: far from the other, so that a download does not jump to and fro. */
const calmShare = 0.5;

/** When a download will be there, by all that is known now. */
export interface Forecast {
  readonly etaMs: number | null;
  readonly deadline: Download['deadline'];
  /** Milliseconds until its own turn comes; null when nobody can say. */
  readonly frontMs: number | null;
}

/** What the forecasts rest on. */
export interface QueueFacts {
  /** In the order of the queue. */
  readonly entries: readonly QueueEntry[];
  /** Bytes a second of those that run. */
  readonly speeds: ReadonlyMap<string, number>;
  /** What the queue as a whole does or last did, in bytes a second. */
  readonly bytesPerSecond: number | null;
  readonly nowMs: number;
}

/**
 * Forecasts for a queue that is worked off from the front: what runs goes on at its own speed, what waits has all before
 * it in front. One file of unknown size leaves all behind it without a time.
 */
export function forecast({ entries, speeds, bytesPerSecond, nowMs }: QueueFacts): Map<string, Forecast> {
  const found = new Map<string, Forecast>();
  let front: number | null = 0;
  for (const entry of entries.filter(({ id }) => speeds.has(id))) {
    const own = durationMs(entry.restBytes, speeds.get(entry.id) ?? null);
    found.set(entry.id, { etaMs: own, frontMs: 0, deadline: standing(entry.neededByMs, own, nowMs) });
    front = sum(front, entry.restBytes);
  }
  for (const entry of entries) {
    if (found.has(entry.id)) continue;
    const frontMs = durationMs(front, bytesPerSecond);
    front = sum(front, entry.restBytes);
    const etaMs = durationMs(front, bytesPerSecond);
    found.set(entry.id, { etaMs, frontMs, deadline: standing(entry.neededByMs, etaMs, nowMs) });
  }
  return found;
}

/**
 * Which downloads go before all others because they would else be late, by an order that does not know of that: so the
 * answer does not depend on itself. One that is urgent stays so until it is well out of danger.
 */
export function urgentOnes(facts: QueueFacts): Set<string> {
  const { entries, bytesPerSecond, nowMs } = facts;
  const urgent = new Set<string>();
  let front: number | null = 0;
  for (const { id, neededByMs, restBytes, wasUrgent } of naturally(entries)) {
    front = sum(front, restBytes);
    if (neededByMs === null) continue;
    const left = neededByMs - nowMs;
    const etaMs = durationMs(front, bytesPerSecond);
    const share = wasUrgent ? calmShare : riskShare;
    if (left <= 0 || (etaMs !== null && etaMs > share * left)) urgent.add(id);
  }
  return urgent;
}

/** The largest of the smaller files that would still come in time; null when none would, or nobody can say. */
export function smallerInTime<T extends { readonly sizeBytes: number | null }>(
  choices: readonly T[],
  facts: {
    readonly sizeBytes: number | null;
    readonly frontMs: number | null;
    readonly bytesPerSecond: number | null;
    readonly leftMs: number;
  },
): T | null {
  const { sizeBytes, frontMs, bytesPerSecond, leftMs } = facts;
  if (frontMs === null || bytesPerSecond === null) return null;
  const inTime = choices.filter((one) => {
    const ownMs = durationMs(one.sizeBytes, bytesPerSecond);
    const isSmaller = one.sizeBytes !== null && (sizeBytes === null || one.sizeBytes < sizeBytes);
    return isSmaller && ownMs !== null && frontMs + ownMs <= riskShare * leftMs;
  });
  return inTime.reduce<T | null>(
    (best, one) => (best && (best.sizeBytes ?? 0) >= (one.sizeBytes ?? 0) ? best : one),
    null,
  );
}

function naturally(entries: readonly QueueEntry[]): QueueEntry[] {
  return [...entries].sort((one, other) => other.priority - one.priority || one.queueRank - other.queueRank);
}

function standing(neededByMs: number | null, etaMs: number | null, nowMs: number): Download['deadline'] {
  if (neededByMs === null) return 'none';
  const left = neededByMs - nowMs;
  if (left <= 0) return 'late';
  if (etaMs === null) return 'none';
  if (etaMs > left) return 'late';
  return etaMs > riskShare * left ? 'at-risk' : 'safe';
}

function durationMs(bytes: number | null, bytesPerSecond: number | null): number | null {
  if (bytes === 0) return 0;
  if (bytes === null || bytesPerSecond === null || bytesPerSecond <= 0) return null;
  return Math.round((bytes * 1000) / bytesPerSecond);
}

function sum(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other;
}

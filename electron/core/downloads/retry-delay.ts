const second = 1000;
const hour = 60 * 60 * second;
/** Longest wait while attempts still bring bytes. */
const progressCapMs = 60 * second;

/** How the last attempt ended. */
export interface RetryFacts {
  /** Attempts in a row that brought no byte. */
  readonly failures: number;
  readonly progressed: boolean;
  /** What the server asked for, already parsed; it has the first word. */
  readonly retryAfterMs: number | null;
  readonly random: () => number;
}

/**
 * Milliseconds until the next attempt: full-jitter exponential from 1 s, up to a minute while there is progress and
 * an hour without.
 */
export function retryDelayMs(facts: RetryFacts): number {
  if (facts.retryAfterMs !== null) return clamp(facts.retryAfterMs);
  const cap = facts.progressed ? progressCapMs : hour;
  const ceiling = Math.min(cap, second * 2 ** Math.min(facts.failures, 30));
  return clamp(Math.round(facts.random() * ceiling));
}

function clamp(milliseconds: number): number {
  return Math.min(hour, Math.max(second, milliseconds));
}

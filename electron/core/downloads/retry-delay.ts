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

/**
 * Reads a Retry-After header: seconds or an HTTP date in any of its three forms, all of them in GMT. A date that has
 * passed is 0, anything unclear null.
 */
export function parseRetryAfterMs(text: string | undefined, nowMs: number): number | null {
  const value = text?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value) * second;
  if (!/^[A-Z][a-z]{2,8},? .*\d{2}:\d{2}:\d{2} /.test(value)) return null;
  const at = Date.parse(value.endsWith('GMT') ? value : `${value} GMT`);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}

function clamp(milliseconds: number): number {
  return Math.min(hour, Math.max(second, milliseconds));
}

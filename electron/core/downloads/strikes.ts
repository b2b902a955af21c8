import type { DownloadReason } from '../../../shared/domain/download-reason.ts';
import type { Oddity } from './outcome.ts';

/** How often in a row a thing may go wrong on one connection, without a byte between, before the attempt ends. */
const limits: Readonly<Partial<Record<DownloadReason, number>>> = {
  NETWORK_DISCONNECTED: 5,
  NETWORK_TIMEOUT: 2,
  SERVER_UNREACHABLE: 1,
  SERVER_PROTOCOL: 3,
  SERVER_REFUSED: 3,
  SERVER_BAD_CONTENT: 3,
  TOO_SLOW: 3,
};
const longestPauseMs = 10_000;

/** Counts what goes wrong on one connection. */
export interface Strikes {
  /** Notes one more; true when that is one too many. */
  note(odd: Oddity): boolean;
  /** Bytes came: all is forgotten. */
  clear(): void;
  count(): number;
  /** Waits before the next request: full jitter, growing with the count. Ends early when the signal aborts. */
  pause(signal: AbortSignal): Promise<void>;
}

/** Makes a counter; `baseMs` is the longest first pause. */
export function createStrikes(deps: { baseMs: number; random: () => number }): Strikes {
  let count = 0;
  return {
    note: (odd) => {
      count++;
      return count >= (limits[odd.reason] ?? 1);
    },
    clear: () => {
      count = 0;
    },
    count: () => count,
    pause: (signal) => {
      const ceiling = Math.min(longestPauseMs, deps.baseMs * 2 ** Math.max(0, count - 1));
      return sleep(Math.round(deps.random() * ceiling), signal);
    },
  };
}

/** Resolves after a time, or at once when the signal aborts. */
export function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || milliseconds <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
}

import { sleep } from './strikes.ts';

/** Keeps the connections of one download together under a rate. */
export interface Pace {
  /** Waits until these bytes may count as fetched. */
  take(bytes: number, signal: AbortSignal): Promise<void>;
}

/** Makes a pace of `bytesPerSecond`, or one that never waits for null. `now` is monotonic, in milliseconds. */
export function createPace(bytesPerSecond: number | null, now: () => number): Pace {
  if (bytesPerSecond === null) return { take: () => Promise.resolve() };
  // When the bytes taken so far would have come at the allowed rate.
  let paidUntil = now();
  return {
    take: (bytes, signal) => {
      const at = now();
      paidUntil = Math.max(paidUntil, at) + (bytes * 1000) / bytesPerSecond;
      return sleep(paidUntil - at, signal);
    },
  };
}

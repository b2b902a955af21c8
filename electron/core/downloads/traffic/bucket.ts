import { sleep } from '../strikes.ts';

/** Longest sleep before the rate is looked at again, in milliseconds: a changed limit counts within that time. */
const longestNapMs = 200;
/** What may be saved up while nobody takes, in milliseconds of the rate. */
const savedMs = 50;

/** Bytes that come no faster than a rate which may change at any moment. */
export interface Bucket {
  /** Whether there is a limit now. */
  limited(): boolean;
  /** Waits until these bytes may count as fetched, or the signal aborts. Served in the order of asking. */
  take(bytes: number, signal: AbortSignal): Promise<void>;
}

/** Makes a bucket. `bytesPerSecond` is asked anew at every look, null for no limit; `now` is monotonic, in milliseconds. */
export function createBucket(deps: {
  bytesPerSecond: () => number | null;
  now: () => number;
  nap?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}): Bucket {
  const nap = deps.nap ?? sleep;
  // Both count up from the beginning: what was asked for, and what the rate has let through by now.
  let asked = 0;
  let served = 0;
  let lookedAt = deps.now();
  const look = (): number | null => {
    const rate = deps.bytesPerSecond();
    const at = deps.now();
    const passed = Math.max(0, at - lookedAt);
    lookedAt = at;
    if (rate === null) served = asked;
    else served = Math.min(asked + (rate * savedMs) / 1000, served + (rate * passed) / 1000);
    return rate;
  };
  return {
    limited: () => deps.bytesPerSecond() !== null,
    take: async (bytes, signal) => {
      look();
      asked += bytes;
      const ticket = asked;
      for (let rate = look(); rate !== null && served < ticket && !signal.aborted; rate = look()) {
        await nap(Math.min(longestNapMs, Math.max(1, ((ticket - served) * 1000) / rate)), signal);
      }
    },
  };
}

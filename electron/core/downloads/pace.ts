import type { Bucket } from './traffic/bucket.ts';

/** Keeps the connections of one download together under its own rate and that of all. */
export interface Pace {
  /** Whether a limit is in force now. */
  readonly limited: boolean;
  /** Waits until these bytes may count as fetched. */
  take(bytes: number, signal: AbortSignal): Promise<void>;
}

/**
 * Makes the pace of one download from its own bucket and the shared one.
 *
 * Its connections ask one after the other: so each download has one place in the queue of the shared bucket, however
 * many connections it has, and the rate is divided by downloads.
 */
export function createPace(buckets: readonly Bucket[]): Pace {
  let turn = Promise.resolve();
  return {
    get limited() {
      return buckets.some((bucket) => bucket.limited());
    },
    take: (bytes, signal) => {
      if (!buckets.some((bucket) => bucket.limited())) return Promise.resolve();
      turn = turn.then(async () => {
        for (const bucket of buckets) await bucket.take(bytes, signal);
      });
      return turn;
    },
  };
}

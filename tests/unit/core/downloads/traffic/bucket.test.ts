import { expect, it } from 'vitest';
import { createPace } from '../../../../../electron/core/downloads/pace.ts';
import { createBucket, type Bucket } from '../../../../../electron/core/downloads/traffic/bucket.ts';

const never = new AbortController().signal;

/** Buckets on a clock that runs only while someone sleeps, in steps to the next who wakes. */
function timeless() {
  let time = 0;
  const sleepers: Array<{ at: number; wake: () => void }> = [];
  const nap = (milliseconds: number): Promise<void> =>
    new Promise((wake) => void sleepers.push({ at: time + milliseconds, wake }));
  const bucketOf = (bytesPerSecond: () => number | null): Bucket =>
    createBucket({ bytesPerSecond, now: () => time, nap });
  const runTo = async (end: number): Promise<void> => {
    for (;;) {
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
      sleepers.sort((one, other) => one.at - other.at);
      const next = sleepers[0];
      if (!next || next.at > end) break;
      sleepers.shift();
      time = next.at;
      next.wake();
    }
    time = end;
  };
  return { bucketOf, runTo, now: () => time };
}

it('lets through what the rate allows, however it is asked for', async () => {
  const { bucketOf, runTo } = timeless();
  const bucket = bucketOf(() => 1_000_000);
  let taken = 0;
  const work = (async () => {
    for (let count = 0; count < 40; count++) {
      await bucket.take(100_000, never);
      taken += 100_000;
    }
  })();
  await runTo(2000);
  expect(taken).toBeGreaterThanOrEqual(1_900_000);
  expect(taken).toBeLessThanOrEqual(2_100_000);
  await runTo(5000);
  await work;
});

it('acts on another rate within a fifth of a second, even for those who wait already', async () => {
  const { bucketOf, runTo, now } = timeless();
  let rate: number | null = 1000;
  const bucket = bucketOf(() => rate);
  expect(bucket.limited()).toBe(true);
  let doneAt: number | null = null;
  const work = bucket.take(1_000_000, never).then(() => (doneAt = now()));
  await runTo(1000);
  expect(doneAt).toBeNull();
  rate = null;
  await runTo(1250);
  await work;
  expect(doneAt).toBeLessThanOrEqual(1200);
  expect(bucket.limited()).toBe(false);
});

it('saves up no more than a moment while nobody takes', async () => {
  const { bucketOf, runTo } = timeless();
  const bucket = bucketOf(() => 1_000_000);
  await runTo(60_000);
  let taken = 0;
  const work = (async () => {
    for (let count = 0; count < 10; count++) {
      await bucket.take(100_000, never);
      taken += 100_000;
    }
  })();
  await runTo(60_500);
  expect(taken).toBeLessThanOrEqual(600_000);
  await runTo(62_000);
  await work;
});

it('divides the rate by downloads, not by their connections', async () => {
  const { bucketOf, runTo } = timeless();
  const shared = bucketOf(() => 1_000_000);
  const stop = new AbortController();
  const taken = [0, 0];
  const work: Promise<void>[] = [];
  for (const [index, connections] of [1, 8].entries()) {
    const pace = createPace([shared]);
    for (let count = 0; count < connections; count++) {
      work.push(
        (async () => {
          while (!stop.signal.aborted) {
            await pace.take(10_000, stop.signal);
            taken[index] = (taken[index] ?? 0) + 10_000;
          }
        })(),
      );
    }
  }
  await runTo(4000);
  const [one = 0, eight = 0] = taken;
  expect(one + eight).toBeLessThanOrEqual(4_100_000);
  expect(Math.abs(one - eight)).toBeLessThan(200_000);
  stop.abort();
  await runTo(5000);
  await Promise.all(work);
});

it('is limited by the narrower of its own rate and that of all', async () => {
  const { bucketOf, runTo } = timeless();
  const pace = createPace([bucketOf(() => 100_000), bucketOf(() => 1_000_000)]);
  expect(pace.limited).toBe(true);
  expect(createPace([bucketOf(() => null)]).limited).toBe(false);
  let taken = 0;
  const work = (async () => {
    for (let count = 0; count < 30; count++) {
      await pace.take(10_000, never);
      taken += 10_000;
    }
  })();
  await runTo(2000);
  expect(taken).toBeLessThanOrEqual(220_000);
  await runTo(10_000);
  await work;
});

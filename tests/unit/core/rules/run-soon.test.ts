import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRunSoon } from '../../../../electron/core/rules/run-soon.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A work that is counted, and that takes as long as the test wants. */
function aWork({ holds = false } = {}) {
  const seen = { runs: 0, atOnce: 0, most: 0 };
  const ends: (() => void)[] = [];
  const timing = createRunSoon({
    run: async () => {
      seen.runs++;
      seen.most = Math.max(seen.most, ++seen.atOnce);
      if (holds) await new Promise<void>((resolve) => ends.push(resolve));
      seen.atOnce--;
    },
    anywayMs: 60_000,
    longestMs: 10_000,
  });
  return { timing, seen, endOne: () => ends.shift()?.() };
}

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

test('nothing runs by itself before it is started, but what is asked for at once does', async () => {
  const { timing, seen } = aWork();
  timing.soon(0);
  await pass(120_000);
  expect(seen.runs).toBe(0);
  await timing.now();
  expect(seen.runs).toBe(1);
});

test('what is asked for while it is gathered runs once, when it has been quiet', async () => {
  const { timing, seen } = aWork();
  timing.start();
  for (let n = 0; n < 3; n++) {
    timing.soon(2000);
    await pass(1500);
  }
  expect(seen.runs).toBe(0);
  await pass(500);
  expect(seen.runs).toBe(1);
});

test('it is not put off for ever by changes without an end', async () => {
  const { timing, seen } = aWork();
  timing.start();
  for (let n = 0; n < 25; n++) {
    timing.soon(2000);
    await pass(1000);
  }
  expect(seen.runs).toBe(2);
});

test('it runs anyway, again and again', async () => {
  const { timing, seen } = aWork();
  timing.start();
  timing.soon(0);
  await pass(0);
  expect(seen.runs).toBe(1);
  await pass(180_000);
  expect(seen.runs).toBe(4);
});

test('it never runs twice at once, and many wishes during a run make one more', async () => {
  const { timing, seen, endOne } = aWork({ holds: true });
  timing.start();
  timing.soon(0);
  await pass(0);
  for (let n = 0; n < 5; n++) {
    timing.soon(100);
    await pass(100);
  }
  expect(seen.runs).toBe(1);
  const asked = timing.now();
  endOne();
  await pass(0);
  endOne();
  await pass(0);
  endOne();
  await asked;
  await pass(0);
  expect(seen).toMatchObject({ runs: 3, most: 1 });
});

test('closing waits for the run under way and starts none any more', async () => {
  const { timing, seen, endOne } = aWork({ holds: true });
  timing.start();
  timing.soon(0);
  await pass(0);
  timing.soon(10);
  const waiting = timing.now();
  let closed = false;
  const closing = timing.close().then(() => {
    closed = true;
  });
  await pass(1000);
  expect(closed).toBe(false);
  endOne();
  await Promise.all([closing, waiting]);
  await pass(120_000);
  timing.start();
  timing.soon(0);
  await timing.now();
  await pass(120_000);
  expect(seen.runs).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
});

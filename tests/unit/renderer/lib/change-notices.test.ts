import { describe, expect, it } from 'vitest';
import {
  createInvalidationThrottle,
  createNoticeReader,
  readIntervalMs,
} from '../../../../renderer/src/lib/change-notices.ts';

/** A clock that only moves when it is told to. */
function steppedClock() {
  let now = 0;
  const timers = new Map<object, { at: number; run: () => void }>();
  return {
    nowMs: () => now,
    after: (ms: number, run: () => void) => {
      const key = {};
      timers.set(key, { at: now + ms, run });
      return () => {
        timers.delete(key);
      };
    },
    advance: (ms: number) => {
      now += ms;
      for (const [key, timer] of timers) {
        if (timer.at > now) continue;
        timers.delete(key);
        timer.run();
      }
    },
    waiting: () => timers.size,
  };
}

describe('change notices', () => {
  it('name the queries that show the entity', () => {
    const reader = createNoticeReader();
    expect(reader.read({ seq: 7, entity: 'download', ids: ['d1'] })).toEqual([['downloads']]);
    expect(reader.read({ seq: 8, entity: 'setting', ids: [] })).toContainEqual(['settings']);
  });

  it('with a gap in their numbers mean everything', () => {
    const reader = createNoticeReader();
    reader.read({ seq: 1, entity: 'download', ids: [] });
    expect(reader.read({ seq: 3, entity: 'download', ids: [] })).toEqual([[]]);
    expect(reader.read({ seq: 4, entity: 'download', ids: [] })).toEqual([['downloads']]);
  });
});

describe('the throttle', () => {
  it('reads at once, then at most four times a second, and never loses the last change', () => {
    const clock = steppedClock();
    const reads: number[] = [];
    const throttle = createInvalidationThrottle({ ...clock, invalidate: () => reads.push(clock.nowMs()) });
    for (let step = 0; step < 100; step += 1) {
      throttle.mark(['downloads']);
      clock.advance(10);
    }
    clock.advance(1000);
    expect(reads[0]).toBe(0);
    expect(reads.length).toBeLessThanOrEqual(5);
    expect(reads.at(-1)).toBeGreaterThanOrEqual(990);
  });

  it('keeps paths apart, and long lists slower', () => {
    expect(readIntervalMs(['downloads'])).toBe(250);
    expect(readIntervalMs(['catalogue'])).toBe(1000);
    const clock = steppedClock();
    const reads: string[] = [];
    const throttle = createInvalidationThrottle({
      ...clock,
      invalidate: (path) => reads.push(path.join('/')),
    });
    throttle.mark(['downloads']);
    throttle.mark(['catalogue']);
    expect(reads).toEqual(['downloads', 'catalogue']);
  });

  it('leaves no timer behind when it is closed', () => {
    const clock = steppedClock();
    const throttle = createInvalidationThrottle({ ...clock, invalidate: () => {} });
    throttle.mark(['tags']);
    throttle.mark(['tags']);
    expect(clock.waiting()).toBe(1);
    throttle.close();
    expect(clock.waiting()).toBe(0);
  });
});

import { assert, boolean, integer, option, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { isDue, nextSyncAt } from '../../../../electron/core/sources/next-sync.ts';

const minute = 60_000;
const now = Date.UTC(2025, 8, 8, 12);
const minutesAhead = (facts: Partial<Parameters<typeof nextSyncAt>[0]>): number | null => {
  const at = nextSyncAt({
    now,
    everyMinutes: 15,
    failuresInARow: 0,
    isOutOfReach: false,
    retryAfterMs: null,
    ...facts,
  });
  return at === null ? null : (at - now) / minute;
};

test('a source that is well is read again after its own time', () => {
  expect(minutesAhead({})).toBe(15);
  expect(minutesAhead({ everyMinutes: 7 * 24 * 60 })).toBe(7 * 24 * 60);
  expect(minutesAhead({ everyMinutes: null, failuresInARow: 3 })).toBeNull();
});

test('each failure in a row doubles the wait, up to six hours', () => {
  const waits = [1, 2, 3, 4, 5, 6, 100].map((failuresInARow) => minutesAhead({ failuresInARow }));
  expect(waits).toEqual([30, 60, 120, 240, 360, 360, 360]);
});

test('a source that is read once a day is not asked more often because it fails', () => {
  expect(minutesAhead({ everyMinutes: 24 * 60, failuresInARow: 2 })).toBe(24 * 60);
});

test('what a source asks for is waited out', () => {
  expect(minutesAhead({ failuresInARow: 1, retryAfterMs: 5 * minute })).toBe(30);
  expect(minutesAhead({ failuresInARow: 1, retryAfterMs: 600 * minute })).toBe(600);
});

test('no header puts a source off for longer than a day, nor to a time that is taken for that of another clock', () => {
  for (const retryAfterMs of [30 * 24 * 60 * minute, 1e24, Infinity]) {
    const at = now + (minutesAhead({ failuresInARow: 1, retryAfterMs }) ?? 0) * minute;
    expect(at).toBe(now + 24 * 60 * minute);
    expect(isDue({ nextSyncAtMs: at, everyMinutes: 15 }, now + minute)).toBe(false);
  }
});

test('a night without a network does not put off the morning', () => {
  expect(minutesAhead({ failuresInARow: 30, isOutOfReach: true })).toBe(30);
  expect(minutesAhead({ everyMinutes: 360, failuresInARow: 1, isOutOfReach: true })).toBe(30);
  expect(minutesAhead({ everyMinutes: 1, failuresInARow: 1, isOutOfReach: true })).toBe(2);
});

test('what is due is due; what never had a time is; what is read by hand never is', () => {
  expect(isDue({ nextSyncAtMs: now, everyMinutes: 15 }, now)).toBe(true);
  expect(isDue({ nextSyncAtMs: now + 1, everyMinutes: 15 }, now)).toBe(false);
  expect(isDue({ nextSyncAtMs: null, everyMinutes: 15 }, now)).toBe(true);
  expect(isDue({ nextSyncAtMs: now - minute, everyMinutes: null }, now)).toBe(false);
});

test('a clock that was set back by months makes no source wait for months', () => {
  const written = nextSyncAt({
    now: now + 90 * 24 * 60 * minute,
    everyMinutes: 15,
    failuresInARow: 0,
    isOutOfReach: false,
    retryAfterMs: null,
  });
  expect(isDue({ nextSyncAtMs: written, everyMinutes: 15 }, now)).toBe(true);
});

test('whatever happens, the next time lies ahead, and is due when it has come', () => {
  assert(
    property(
      record({
        everyMinutes: integer({ min: 1, max: 10_080 }),
        failuresInARow: integer({ min: 0, max: 5000 }),
        isOutOfReach: boolean(),
        retryAfterMs: option(integer({ min: 0, max: 3_600_000 })),
      }),
      (facts) => {
        const { everyMinutes } = facts;
        const at = nextSyncAt({ now, ...facts }) ?? 0;
        expect(at).toBeGreaterThan(now);
        expect(isDue({ nextSyncAtMs: at, everyMinutes }, at - 1)).toBe(false);
        expect(isDue({ nextSyncAtMs: at, everyMinutes }, at)).toBe(true);
      },
    ),
  );
});

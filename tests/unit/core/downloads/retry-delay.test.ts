import { expect, it } from 'vitest';
import { retryDelayMs } from '../../../../electron/core/downloads/retry-delay.ts';
import { parseRetryAfterMs } from '../../../../electron/core/http/retry-after.ts';

const most = { retryAfterMs: null, random: () => 1 };

it('doubles from a second to an hour without progress, to a minute with', () => {
  expect(retryDelayMs({ ...most, failures: 0, progressed: false })).toBe(1000);
  expect(retryDelayMs({ ...most, failures: 4, progressed: false })).toBe(16_000);
  expect(retryDelayMs({ ...most, failures: 20, progressed: false })).toBe(3_600_000);
  expect(retryDelayMs({ ...most, failures: 5000, progressed: false })).toBe(3_600_000);
  expect(retryDelayMs({ ...most, failures: 20, progressed: true })).toBe(60_000);
});

it('spreads over the whole of the delay, but never under a second', () => {
  expect(retryDelayMs({ failures: 6, progressed: false, retryAfterMs: null, random: () => 0 })).toBe(1000);
  expect(retryDelayMs({ failures: 6, progressed: false, retryAfterMs: null, random: () => 0.5 })).toBe(
    32_000,
  );
});

it('does as the server asks, within a second and an hour', () => {
  expect(retryDelayMs({ ...most, failures: 1, progressed: false, retryAfterMs: 5000 })).toBe(5000);
  expect(retryDelayMs({ ...most, failures: 1, progressed: false, retryAfterMs: 0 })).toBe(1000);
  expect(retryDelayMs({ ...most, failures: 1, progressed: false, retryAfterMs: 1e15 })).toBe(3_600_000);
  expect(retryDelayMs({ ...most, failures: 1, progressed: false, retryAfterMs: Infinity })).toBe(3_600_000);
});

it.each([
  ['120', 120_000],
  [' 7 ', 7000],
  ['Sun, 01 Feb 2026 10:00:30 GMT', 30_000],
  ['Sun, 01 Feb 2026 09:00:00 GMT', 0],
  ['Sunday, 01-Feb-26 10:00:30 GMT', 30_000],
  ['Sun Feb  1 10:00:30 2026', 30_000],
  ['1000000000000', 1e15],
  ['9'.repeat(400), Number.POSITIVE_INFINITY],
  ['soon', null],
  ['-5', null],
  ['1.5', null],
  ['2026-02-01', null],
  ['', null],
  [undefined, null],
])('reads Retry-After %s', (text, milliseconds) => {
  expect(parseRetryAfterMs(text, Date.UTC(2026, 1, 1, 10))).toBe(milliseconds);
});

import { describe, expect, it } from 'vitest';
import {
  formatBitrate,
  formatBytes,
  formatClock,
  formatCount,
  formatDay,
  formatDays,
  formatDuration,
  formatMoment,
  formatRate,
  formatSpeed,
  percentOf,
} from '../../../../renderer/src/lib/format.ts';

describe('days', () => {
  it('are formatted by splitting the text', () => {
    expect(formatDay('2026-03-07')).toBe('7 Mar 2026');
    expect(formatDay('1999-12-31')).toBe('31 Dec 1999');
  });

  it('that are not days are shown as they are', () => {
    expect(formatDay('soon')).toBe('soon');
    expect(formatDay('2026-13-01')).toBe('2026-13-01');
  });

  it('of a span say what they share only once', () => {
    expect(formatDays('2026-03-07', '2026-03-07')).toBe('7 Mar 2026');
    expect(formatDays('2026-03-07', '2026-03-09')).toBe('7–9 Mar 2026');
    expect(formatDays('2026-02-27', '2026-03-01')).toBe('27 Feb – 1 Mar 2026');
    expect(formatDays('2025-12-31', '2026-01-01')).toBe('31 Dec 2025 – 1 Jan 2026');
  });

  it('of a span may be open at either end', () => {
    expect(formatDays('2026-03-07', null)).toBe('7 Mar 2026');
    expect(formatDays(null, '2026-03-07')).toBe('7 Mar 2026');
    expect(formatDays(null, null)).toBe('');
  });
});

describe('sizes', () => {
  it('are decimal with three digits at most', () => {
    expect(formatBytes(0)).toBe('0 B');
    expect(formatBytes(999)).toBe('999 B');
    expect(formatBytes(1000)).toBe('1.00 kB');
    expect(formatBytes(41_200_000)).toBe('41.2 MB');
    expect(formatBytes(302_144_000)).toBe('302 MB');
    expect(formatBytes(1_842_000_123)).toBe('1.84 GB');
  });

  it('never read as a thousand of the smaller unit', () => {
    expect(formatBytes(999_999)).toBe('1.00 MB');
    expect(formatBytes(999_499)).toBe('999 kB');
  });

  it('make speeds', () => {
    expect(formatSpeed(24_300_000)).toBe('24.3 MB/s');
    expect(formatBitrate(50_000_000)).toBe('50 Mbit/s');
    expect(formatBitrate(320_000)).toBe('320 kbit/s');
  });
});

describe('times', () => {
  it('of running have hours only when there are any', () => {
    expect(formatDuration(0)).toBe('0:00');
    expect(formatDuration(59_999)).toBe('0:59');
    expect(formatDuration(124_000)).toBe('2:04');
    expect(formatDuration(3_724_000)).toBe('1:02:04');
  });
});

describe('frame rates', () => {
  it('are rounded to two decimals, as the field names them', () => {
    expect(formatRate(30_000, 1001)).toBe('29.97 fps');
    expect(formatRate(24_000, 1001)).toBe('23.98 fps');
    expect(formatRate(60_000, 1001)).toBe('59.94 fps');
    expect(formatRate(25, 1)).toBe('25 fps');
    expect(formatRate(25, 2)).toBe('12.5 fps');
  });
});

describe('counts', () => {
  it('have the right noun', () => {
    expect(formatCount(1, 'clip')).toBe('1 clip');
    expect(formatCount(0, 'clip')).toBe('0 clips');
    expect(formatCount(12_040, 'clip')).toBe('12,040 clips');
  });

  it('in percent are 100 only at the end, and unknown without a whole', () => {
    expect(percentOf(999, 1000)).toBe(99);
    expect(percentOf(1000, 1000)).toBe(100);
    expect(percentOf(1200, 1000)).toBe(100);
    expect(percentOf(5, null)).toBeNull();
    expect(percentOf(0, 0)).toBeNull();
  });
});

describe('time that is left', () => {
  it('is a clock that never stands at nought before the end', () => {
    expect(formatClock(200)).toBe('0:01');
    expect(formatClock(33_000)).toBe('0:33');
    expect(formatClock(3_753_000)).toBe('1:02:33');
    expect(formatClock(52 * 3_600_000)).toBe('2 d 4 h');
  });
});

describe('a moment near now', () => {
  const now = new Date(2026, 10, 22, 14, 0).getTime();
  const at = (day: number, hour: number): string =>
    formatMoment(new Date(2026, 10, day, hour).getTime(), now);

  it('is said as one would say it', () => {
    expect(at(22, 18)).toBe('18:00');
    expect(at(23, 9)).toBe('tomorrow 09:00');
    expect(at(21, 9)).toBe('yesterday 09:00');
    expect(at(27, 18)).toBe('Fri 18:00');
    expect(at(29, 18)).toBe('29 Nov 18:00');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ruleAt } from '../../../../../electron/core/downloads/traffic/schedule.ts';
import type { ScheduleWindow, Traffic } from '../../../../../shared/contract/system.ts';

const before = process.env['TZ'];
beforeAll(() => {
  process.env['TZ'] = 'Europe/Berlin';
});
afterAll(() => {
  if (before === undefined) delete process.env['TZ'];
  else process.env['TZ'] = before;
});

const everyDay = [0, 1, 2, 3, 4, 5, 6];
const week = (windows: readonly ScheduleWindow[], outside: string | null = 'full'): Traffic => ({
  profiles: [
    { id: 'full', name: 'Full speed', bytesPerSecond: null },
    { id: 'slow', name: 'Slow', bytesPerSecond: 1_000_000 },
  ],
  outside,
  windows: [...windows],
});
/** A local time; months count from 1 here. */
const local = (...[year, month, ...rest]: [number, number, number, number?, number?]): number =>
  new Date(year, month - 1, ...rest).getTime();

describe('the rule of the hour', () => {
  it('is the profile outside while no window is there, for ever', () => {
    const rule = ruleAt(week([]), local(2026, 3, 4, 12));
    expect(rule).toEqual({
      name: 'Full speed',
      bytesPerSecond: null,
      holds: false,
      byHand: true,
      untilMs: null,
    });
  });

  it('is that of the window, to the minute', () => {
    const traffic = week([{ days: [3], from: '09:00', to: '17:30', profile: 'slow' }]);
    const at = (hour: number, minute: number) => ruleAt(traffic, local(2026, 3, 4, hour, minute));
    expect(at(8, 59)).toMatchObject({ name: 'Full speed', untilMs: local(2026, 3, 4, 9) });
    expect(at(9, 0)).toMatchObject({
      name: 'Slow',
      bytesPerSecond: 1_000_000,
      untilMs: local(2026, 3, 4, 17, 30),
    });
    expect(at(17, 29).name).toBe('Slow');
    expect(at(17, 30)).toMatchObject({ name: 'Full speed', untilMs: local(2026, 3, 11, 9) });
  });

  it('lets nothing run outside the nights, and says when the next begins', () => {
    const nights = week([{ days: everyDay, from: '22:00', to: '06:00', profile: 'full' }], null);
    expect(ruleAt(nights, local(2026, 3, 4, 12))).toEqual({
      name: 'Outside hours',
      bytesPerSecond: null,
      holds: true,
      byHand: false,
      untilMs: local(2026, 3, 4, 22),
    });
    expect(ruleAt(nights, local(2026, 3, 4, 23))).toMatchObject({
      holds: false,
      untilMs: local(2026, 3, 5, 6),
    });
    expect(ruleAt(nights, local(2026, 3, 5, 5, 59)).holds).toBe(false);
    expect(ruleAt(nights, local(2026, 3, 5, 6)).holds).toBe(true);
  });

  it('gives a window over midnight to the day on which it begins', () => {
    const friday = week([{ days: [5], from: '22:00', to: '06:00', profile: 'slow' }]);
    expect(ruleAt(friday, local(2026, 3, 6, 5)).name).toBe('Full speed');
    expect(ruleAt(friday, local(2026, 3, 6, 23)).name).toBe('Slow');
    expect(ruleAt(friday, local(2026, 3, 7, 5, 59)).name).toBe('Slow');
    expect(ruleAt(friday, local(2026, 3, 7, 23)).name).toBe('Full speed');
  });

  it('takes the first window that holds, and reads "from" and "to" alike as a whole day', () => {
    const both = week([
      { days: [3], from: '10:00', to: '11:00', profile: null },
      { days: [3], from: '08:00', to: '08:00', profile: 'slow' },
    ]);
    expect(ruleAt(both, local(2026, 3, 4, 10, 30)).holds).toBe(true);
    expect(ruleAt(both, local(2026, 3, 4, 11)).name).toBe('Slow');
    expect(ruleAt(both, local(2026, 3, 5, 7, 59)).name).toBe('Slow');
    expect(ruleAt(both, local(2026, 3, 5, 8)).name).toBe('Full speed');
  });

  it('passes over a profile that is not there any more', () => {
    const gone = week([{ days: everyDay, from: '00:00', to: '00:00', profile: 'gone' }], 'gone too');
    expect(ruleAt(gone, local(2026, 3, 4, 12))).toMatchObject({ name: 'Full speed', holds: false });
  });

  it('makes the night shorter in spring and longer in autumn, as it is on the clock', () => {
    const nights = week([{ days: everyDay, from: '22:00', to: '06:00', profile: 'slow' }]);
    const hour = 60 * 60 * 1000;
    const length = (evening: number): number => (ruleAt(nights, evening).untilMs ?? 0) - evening;
    expect(length(local(2026, 3, 28, 22))).toBe(7 * hour);
    expect(length(local(2026, 10, 24, 22))).toBe(9 * hour);
    expect(length(local(2026, 6, 1, 22))).toBe(8 * hour);
  });

  it('begins a window whose minute does not exist that night when the clock jumps over it', () => {
    const traffic = week([{ days: everyDay, from: '02:30', to: '04:00', profile: 'slow' }]);
    const jump = Date.UTC(2026, 2, 29, 1);
    expect(ruleAt(traffic, jump - 1)).toMatchObject({ name: 'Full speed', untilMs: jump });
    expect(ruleAt(traffic, jump).name).toBe('Slow');
  });
});

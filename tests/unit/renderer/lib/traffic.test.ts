import { describe, expect, it } from 'vitest';
import { readRate, rateText } from '../../../../renderer/src/lib/rate.ts';
import { ruleSentence } from '../../../../renderer/src/lib/traffic-words.ts';
import { daysWords, daySegments } from '../../../../renderer/src/lib/week-plan.ts';

const at = (hour: number, day = 22): number => new Date(2026, 10, day, hour).getTime();

describe('the rule in force', () => {
  it('says until when nothing runs', () => {
    const rule = { name: 'Outside hours', bytesPerSecond: null, holds: true, byHand: false, untilMs: at(22) };
    expect(ruleSentence(rule, at(14))).toBe('Outside hours – nothing runs until 22:00');
    expect(ruleSentence({ ...rule, untilMs: at(6, 23) }, at(23))).toBe(
      'Outside hours – nothing runs until tomorrow 06:00',
    );
  });

  it('says how to go on where no schedule ends it', () => {
    const rule = { name: 'Outside hours', bytesPerSecond: null, holds: true, byHand: false, untilMs: null };
    expect(ruleSentence(rule, at(14))).toBe('On hold – nothing runs until another speed is chosen');
  });

  it('says the limit, and that there is none', () => {
    const rule = {
      name: 'Never starve playout',
      bytesPerSecond: 2_500_000,
      holds: false,
      byHand: false,
      untilMs: at(19),
    };
    expect(ruleSentence(rule, at(14))).toBe('Never starve playout – at most 2.50 MB/s until 19:00');
    expect(ruleSentence({ ...rule, name: 'Full speed', bytesPerSecond: null, untilMs: null }, at(14))).toBe(
      'Full speed – no limit',
    );
  });
});

describe('a limit that is typed', () => {
  it('is read in megabytes a second, with a point or a comma', () => {
    expect(readRate('2.5')).toEqual({ rate: 2_500_000 });
    expect(readRate(' 2,5 ')).toEqual({ rate: 2_500_000 });
    expect(readRate('')).toEqual({ rate: null });
  });

  it('is refused in words', () => {
    expect(readRate('fast')).toHaveProperty('problem');
    expect(readRate('-1')).toHaveProperty('problem');
    expect(readRate('0')).toHaveProperty('problem');
  });

  it('is shown as it was typed', () => {
    expect(rateText(2_500_000)).toBe('2.5');
    expect(rateText(null)).toBe('');
  });
});

describe('the week', () => {
  const night = { days: [5], from: '22:00', to: '06:00', profile: 'full' };

  it('carries a night over midnight into the next day', () => {
    expect(daySegments({ windows: [night], outside: null }, 5)).toEqual([
      { from: 0, to: 1320, profile: null },
      { from: 1320, to: 1440, profile: 'full' },
    ]);
    expect(daySegments({ windows: [night], outside: null }, 6)).toEqual([
      { from: 0, to: 360, profile: 'full' },
      { from: 360, to: 1440, profile: null },
    ]);
  });

  it('lets the first window decide where two overlap', () => {
    const windows = [
      { days: [1], from: '10:00', to: '12:00', profile: 'slow' },
      { days: [1], from: '09:00', to: '18:00', profile: 'full' },
    ];
    expect(daySegments({ windows, outside: null }, 1).map(({ from, profile }) => [from, profile])).toEqual([
      [0, null],
      [540, 'full'],
      [600, 'slow'],
      [720, 'full'],
      [1080, null],
    ]);
  });

  it('takes equal ends for a whole day', () => {
    const all = { days: [0, 1, 2, 3, 4, 5, 6], from: '00:00', to: '00:00', profile: 'full' };
    expect(daySegments({ windows: [all], outside: null }, 3)).toEqual([
      { from: 0, to: 1440, profile: 'full' },
    ]);
  });

  it('names days shortly', () => {
    expect(daysWords([1, 2, 3, 4, 5])).toBe('Mon–Fri');
    expect(daysWords([0, 6])).toBe('Sat, Sun');
    expect(daysWords([0, 1, 2, 3, 4, 5, 6])).toBe('every day');
    expect(daysWords([3])).toBe('Wed');
  });
});

import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayFromParts, daysInMonth } from '../../../../shared/domain/calendar-day.ts';
import { momentText, readDay, readMoment, readTime } from '../../../../renderer/src/lib/day-text.ts';
import { formatDay } from '../../../../renderer/src/lib/format.ts';

describe('a day that is typed', () => {
  it.each([
    ['22 Nov 2026', '2026-11-22'],
    ['22 november 2026', '2026-11-22'],
    ['  22nd  Nov, 2026 ', '2026-11-22'],
    ['22nov26', '2026-11-22'],
    ['22/11/2026', '2026-11-22'],
    ['3.4.98', '1998-04-03'],
    ['3-4-2026', '2026-04-03'],
    ['2026-11-22', '2026-11-22'],
    ['2026-1-2', '2026-01-02'],
    ['29 Feb 2024', '2024-02-29'],
  ])('%s is %s', (text, day) => {
    expect(readDay(text)).toBe(day);
  });

  it.each([
    '',
    '22',
    '22 Nov',
    '11/22/2026',
    '31 Apr 2026',
    '29 Feb 2026',
    '5 Ju',
    '1 Foo 2026',
    '1 2 3 4',
    '22 Nov 226',
  ])('"%s" is none', (text) => {
    expect(readDay(text)).toBeNull();
  });

  it('is read as it is shown, whatever the day', () => {
    assert(
      property(
        integer({ min: 1000, max: 9999 }),
        integer({ min: 1, max: 12 }),
        integer({ min: 0, max: 30 }),
        (year, month, n) => {
          const day = dayFromParts({ year, month, day: (n % daysInMonth(year, month)) + 1 }) ?? '';
          expect(readDay(formatDay(day))).toBe(day);
        },
      ),
    );
  });
});

describe('a time that is typed', () => {
  it.each([
    ['6', '06:00'],
    ['18', '18:00'],
    ['6:30', '06:30'],
    ['0630', '06:30'],
    ['630', '06:30'],
    ['23:59', '23:59'],
  ])('%s is %s', (text, time) => {
    expect(readTime(text)).toBe(time);
  });

  it.each(['', '24:00', '12:60', '6:3', 'noon', '12345', '6 pm'])('"%s" is none', (text) => {
    expect(readTime(text)).toBeNull();
  });
});

describe('a moment that is typed', () => {
  const now = '2026-11-22T15:00';

  it.each([
    ['22 Nov 2026 18:00', '2026-11-22T18:00'],
    ['2026-11-22 9:05', '2026-11-22T09:05'],
    ['2026-11-22T09:05', '2026-11-22T09:05'],
    ['18:00', '2026-11-22T18:00'],
    ['14:00', '2026-11-23T14:00'],
    ['tomorrow 9:00', '2026-11-23T09:00'],
    ['Today, 23:30', '2026-11-22T23:30'],
  ])('%s is %s', (text, moment) => {
    expect(readMoment(text, now)).toBe(moment);
  });

  it.each(['', '22 Nov 2026', '22 Nov 2026 25:00', 'soon 18:00', '18', 'constructor 18:00'])(
    '"%s" is none',
    (text) => {
      expect(readMoment(text, now)).toBeNull();
    },
  );

  it('is read as it is shown', () => {
    expect(momentText('2026-11-22T18:00')).toBe('22 Nov 2026 18:00');
    expect(readMoment(momentText('2026-11-22T18:00'), now)).toBe('2026-11-22T18:00');
    expect(momentText('')).toBe('');
  });
});

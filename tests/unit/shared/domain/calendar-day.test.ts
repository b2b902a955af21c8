import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  compareDays,
  dayFromParts,
  daysBetween,
  daysInMonth,
  isDay,
} from '../../../../shared/domain/calendar-day.ts';

describe('calendar days', () => {
  test.each([
    ['2024-02-29', true],
    ['2023-02-29', false],
    ['1900-02-29', false],
    ['2000-02-29', true],
    ['2023-04-31', false],
    ['2023-13-01', false],
    ['2023-00-10', false],
    ['2023-1-10', false],
    ['2023-01-10 ', false],
    ['0000-01-01', false],
  ])('%s is a day: %s', (text, expected) => {
    expect(isDay(text)).toBe(expected);
  });

  test.each([
    ['2023-12-31', 1, '2024-01-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2024-03-01', -1, '2024-02-29'],
    ['2023-10-29', 1, '2023-10-30'],
    ['1999-12-31', 366, '2000-12-31'],
    ['9999-12-31', 1, null],
    ['not a day', 1, null],
  ])('%s and %i days is %s', (day, count, expected) => {
    expect(addDays(day, count)).toBe(expected);
  });

  test('adding days agrees with counting them one month at a time', () => {
    const days = fc.record({
      year: fc.integer({ min: 1, max: 9990 }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 31 }),
    });
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 2000 }), (parts, count) => {
        const start = dayFromParts(parts);
        fc.pre(start !== null);
        let { year, month, day } = parts;
        for (let left = count; left > 0; left -= 1) {
          day += 1;
          if (day <= daysInMonth(year, month)) continue;
          day = 1;
          month += 1;
          if (month <= 12) continue;
          month = 1;
          year += 1;
        }
        const end = addDays(start, count);
        expect(end).toBe(dayFromParts({ year, month, day }));
        expect(daysBetween(start, end ?? '')).toBe(count);
        expect(addDays(end ?? '', -count)).toBe(start);
        expect(Math.sign(compareDays(start, end ?? ''))).toBe(count === 0 ? 0 : -1);
      }),
      { verbose: true },
    );
  });
});

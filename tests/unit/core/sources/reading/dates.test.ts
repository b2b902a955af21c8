import { execFileSync } from 'node:child_process';
import { assert, integer, oneof, property, string, stringMatching, tuple } from 'fast-check';
import { expect, it } from 'vitest';
import { dateOfMs, readDate, spanOf } from '../../../../../electron/core/sources/reading/dates.ts';
import { isDay } from '../../../../../shared/domain/calendar-day.ts';

const days = (text: string, order?: 'dmy' | 'mdy'): string | null => {
  const fact = readDate(text, order ? { order } : {});
  return (
    fact && `${fact.precision} ${fact.firstDay}${fact.lastDay === fact.firstDay ? '' : `..${fact.lastDay}`}`
  );
};

it.each([
  ['08 September 2025', 'day 2025-09-08'],
  ['September 8, 2025', 'day 2025-09-08'],
  ['21 Feb 2025', 'day 2025-02-21'],
  ['8 Sept. 2025', 'day 2025-09-08'],
  ['3rd March 2024', 'day 2024-03-03'],
  ['2025-09-08', 'day 2025-09-08'],
  ['2025-09-08 ', 'day 2025-09-08'],
  ['2025/9/8', 'day 2025-09-08'],
  ['20181115', 'day 2018-11-15'],
  ['Lundi 8 septembre 2025', 'day 2025-09-08'],
  ['8. März 2024', 'day 2024-03-08'],
  ['2025-09-08T10:00', 'day 2025-09-08'],
  ['2025-09-08Z', 'day 2025-09-08'],
  ['2025:09:08 10:00:00', 'day 2025-09-08'],
  ['2025-09-08+14:00', 'day 2025-09-08'],
  ['Thursday, 8th of May 2025', 'day 2025-05-08'],
  ['Mo., 8. Sep 2025', 'day 2025-09-08'],
  ['Mar 8 2025', 'day 2025-03-08'],
  ['Mon Sep  8 10:00:00 2025', 'day 2025-09-08'],
  ['1 Sept.2025', 'day 2025-09-01'],
])('reads %s as a day', (text, expected) => {
  expect(days(text)).toBe(expected);
});

it('reads a date with a clock and a zone as a moment of the day it was written on', () => {
  expect(readDate('19 Sep. 2025 12:00:00 GMT')).toMatchObject({
    precision: 'moment',
    firstDay: '2025-09-19',
    atMs: Date.UTC(2025, 8, 19, 12),
  });
  expect(readDate('Fri, 19 Sep 2025 23:30:00 -0500')).toMatchObject({
    firstDay: '2025-09-19',
    atMs: Date.UTC(2025, 8, 20, 4, 30),
  });
  expect(readDate('2025-09-08T23:30:00.5+09:00')).toMatchObject({
    firstDay: '2025-09-08',
    atMs: Date.UTC(2025, 8, 8, 14, 30, 0, 500),
  });
  expect(readDate('Mon, 8 Sep 25 10:00 EST')?.atMs).toBe(Date.UTC(2025, 8, 8, 15));
  expect(readDate('Mon, 08 Sep 2025 10:00:00 GMT+0200 (CEST)')?.atMs).toBe(Date.UTC(2025, 8, 8, 8));
  expect(readDate('Sep 8, 2025 at 10:15 PM EDT')?.atMs).toBe(Date.UTC(2025, 8, 9, 2, 15));
  expect(readDate('20181115T1015Z')?.atMs).toBe(Date.UTC(2018, 10, 15, 10, 15));
  expect(readDate('20181115T101500Z')?.atMs).toBe(Date.UTC(2018, 10, 15, 10, 15));
});

it.each([
  ['Mon, 08 Sep 2025 10:00:00 CEST', Date.UTC(2025, 8, 8, 8)],
  ['Mon, 08 Sep 2025 10:00:00 PDT', Date.UTC(2025, 8, 8, 17)],
  ['Mon, 08 Sep 2025 10:00:00 MSK', Date.UTC(2025, 8, 8, 7)],
  ['8 September 2025, 10.30 CET', Date.UTC(2025, 8, 8, 9, 30)],
  ['2025-09-08T10:00:00\u221202:00', Date.UTC(2025, 8, 8, 12)],
  ['Mon, 08 Sep 2025 24:00:00 GMT', Date.UTC(2025, 8, 9)],
  ['2025-09-08T24:00:00+02:00', Date.UTC(2025, 8, 8, 22)],
])('reads %s as a moment of the day it was written on', (text, atMs) => {
  expect(readDate(text)).toMatchObject({ precision: 'moment', firstDay: '2025-09-08', atMs, text });
});

it.each([
  'Mon, 08 Sep 2025 10:00:00 BST',
  'Mon, 08 Sep 2025 10:00:00 IST',
  'Mon, 08 Sep 2025 10:00:00 A',
  'Mon, 08 Sep 2025 10:00:00',
  '2025-09-08T10:00:00',
  '2025-09-08T24:30:00Z',
  '2025-09-08T25:00:00Z',
  '8 September 2025 10:00 Europe/London',
  '8 September 2025 10:00 constructor',
])('keeps the day of %s, and makes up no moment', (text) => {
  expect(readDate(text)).toMatchObject({ precision: 'day', firstDay: '2025-09-08', atMs: null, text });
});

it('gives no moment for a name whose hour was another in those years', () => {
  expect(readDate('Mon, 08 Jul 2013 10:00:00 MSK')).toMatchObject({ firstDay: '2013-07-08', atMs: null });
});

it('keeps the precision that there is, and makes no time of a midnight that only fills a field', () => {
  expect(days('2007')).toBe('year 2007-01-01..2007-12-31');
  expect(days('200803')).toBe('month 2008-03-01..2008-03-31');
  expect(days('Feb 2024')).toBe('month 2024-02-01..2024-02-29');
  expect(days('20181115 00:00')).toBe('day 2018-11-15');
  expect(readDate('20181115 00:00')?.atMs).toBeNull();
});

it('does not guess which of two numbers is the month', () => {
  expect(days('05.11.2021')).toBeNull();
  expect(days('05.11.2021', 'dmy')).toBe('day 2021-11-05');
  expect(days('05.11.2021', 'mdy')).toBe('day 2021-05-11');
  expect(days('25.11.2021')).toBe('day 2021-11-25');
  expect(days('11/25/2021')).toBe('day 2021-11-25');
});

it('reads two digits of a year as RFC 2822 does', () => {
  expect(days('8 Sep 49')).toBe('day 2049-09-08');
  expect(days('8 Sep 50')).toBe('day 1950-09-08');
});

it('does not guess which end of a date in two digits is the year', () => {
  expect(days('25-11-21')).toBeNull();
  expect(days('25-11-21', 'dmy')).toBe('day 2021-11-25');
  expect(days('11/25/21')).toBe('day 2021-11-25');
});

it('reads several days that were written as one date', () => {
  expect(days('8-10 September 2025')).toBe('day 2025-09-08..2025-09-10');
  expect(days('16 to 17 Sep. 2019')).toBe('day 2019-09-16..2019-09-17');
  expect(days('30 September - 2 October 2025')).toBe('day 2025-09-30..2025-10-02');
  expect(days('30 December – 2 January 2026')).toBe('day 2025-12-30..2026-01-02');
  expect(days('2025-09-08 - 2025-09-10')).toBe('day 2025-09-08..2025-09-10');
  expect(readDate('8-10 September 2025')?.text).toBe('8-10 September 2025');
  expect(days('10-8 September 2025')).toBeNull();
});

it('takes nothing for a date that is none', () => {
  const none = [
    '',
    '   ',
    'n/a',
    'soon',
    '31 Feb 2025',
    '2025-13-40',
    '2025-02-30',
    '99',
    '0',
    '12:30',
    'May',
    'before 8 Sep 2025',
    '8 Sep 2025 garbage',
    '8 constructor 2025',
    'Monday 10:00',
    '190916',
  ];
  expect([...none, null, undefined].filter((text) => readDate(text) !== null)).toEqual([]);
  expect(readDate(`2025-09-08${' '.repeat(20)}${'x'.repeat(200)}`)).toBeNull();
});

it('joins a first and a last day, and leaves a last one that is before the first', () => {
  const first = readDate('2025-12-30');
  expect(spanOf(first, readDate('2026-01-02'))).toMatchObject({
    firstDay: '2025-12-30',
    lastDay: '2026-01-02',
  });
  expect(spanOf(first, readDate('2025-12-01'))).toEqual(first);
  expect(spanOf(null, first)).toBeNull();
  expect(days('2025-09-08/2025-09-10')).toBe('day 2025-09-08..2025-09-10');
});

it('tells a moment of a number in UTC', () => {
  expect(dateOfMs(Date.UTC(2025, 8, 8, 23, 59))).toMatchObject({
    precision: 'moment',
    firstDay: '2025-09-08',
  });
});

it('gives every day back whatever spelling it had', () => {
  const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const aDay = tuple(
    integer({ min: 1950, max: 2049 }),
    integer({ min: 1, max: 12 }),
    integer({ min: 1, max: 28 }),
  );
  assert(
    property(aDay, ([year, month, day]) => {
      const two = (n: number): string => String(n).padStart(2, '0');
      const iso = `${year}-${two(month)}-${two(day)}`;
      const spellings = [
        iso,
        `${year}${two(month)}${two(day)}`,
        `${day} ${names[month - 1]} ${year}`,
        `${names[month - 1]} ${day}, ${year}`,
        `${two(day)} ${names[month - 1]} ${two(year % 100)}`,
        `${iso}T00:00:00-11:00`,
        `${iso}T23:59:59+14:00`,
      ];
      expect(spellings.filter((text) => readDate(text)?.firstDay !== iso)).toEqual([]);
    }),
  );
});

it('gives null or days that exist, whatever it is given', () => {
  const anything = oneof(
    string({ maxLength: 60 }),
    stringMatching(/^[0-9]{1,4}[-. /][0-9A-Za-z]{1,4}[-. /T][0-9: +Z-]{1,12}$/),
  );
  assert(
    property(anything, (text) => {
      const fact = readDate(text);
      expect(fact === null || (isDay(fact.firstDay) && isDay(fact.lastDay))).toBe(true);
      expect(fact === null || fact.firstDay <= fact.lastDay).toBe(true);
      expect(fact === null || (fact.precision === 'moment') === (fact.atMs !== null)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

it.each(['America/Los_Angeles', 'Pacific/Kiritimati', 'Europe/Berlin'])(
  'shifts no day in the time zone %s',
  (zone) => {
    const module = new URL('../../../../../electron/core/sources/reading/dates.ts', import.meta.url).href;
    const script = `import { readDate } from ${JSON.stringify(module)};
      const texts = ['08 September 2025', '2025-03-30', '20181115 00:00', '2025-09-08T00:30:00+02:00', 'Sep 8, 2025'];
      console.log(texts.map((text) => readDate(text)?.firstDay).join(' '));`;
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, TZ: zone },
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect(said.trim()).toBe('2025-09-08 2025-03-30 2018-11-15 2025-09-08 2025-09-08');
  },
);

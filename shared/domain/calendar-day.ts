/**
 * Calendar days as `YYYY-MM-DD` text. They never pass through a Date, so no time zone can shift one.
 * Gregorian, years 0001 to 9999.
 */

/** The three numbers of a calendar day; months and days count from 1. */
export interface DayParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const dayShape = /^(\d{4})-(\d{2})-(\d{2})$/;
const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether a year has 29 February. */
export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** How many days a month has; 0 for a month that does not exist. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2 && isLeapYear(year)) return 29;
  return monthLengths[month - 1] ?? 0;
}

/** The day as text, or null when there is no such day (30 February, month 13). */
export function dayFromParts(parts: DayParts): string | null {
  const { year, month, day } = parts;
  if (![year, month, day].every(Number.isInteger)) return null;
  if (year < 1 || year > 9999 || day < 1 || day > daysInMonth(year, month)) return null;
  const pad = (value: number, length: number): string => String(value).padStart(length, '0');
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** Reads `YYYY-MM-DD`; null when the text is anything else or no such day exists. */
export function parseDay(text: string): DayParts | null {
  const match = dayShape.exec(text);
  if (match === null) return null;
  const parts = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  return dayFromParts(parts) === null ? null : parts;
}

/** Whether the text is a day that exists. */
export function isDay(text: string): boolean {
  return parseDay(text) !== null;
}

/** Orders two days: negative when `a` is earlier, 0 when equal. Days sort as plain text. */
export function compareDays(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The day `count` days later (earlier when negative); null when the input is no day or the result leaves years 1 to 9999. */
export function addDays(day: string, count: number): string | null {
  const parts = parseDay(day);
  if (parts === null || !Number.isInteger(count)) return null;
  return dayFromParts(fromSerial(toSerial(parts) + count));
}

/** Days from `from` to `to`, negative when `to` is earlier; null when either is no day. */
export function daysBetween(from: string, to: string): number | null {
  const start = parseDay(from);
  const end = parseDay(to);
  return start === null || end === null ? null : toSerial(end) - toSerial(start);
}

/** Days since 0000-03-01. Years are counted from March, so that the leap day is a year's last. */
function toSerial(parts: DayParts): number {
  const year = parts.month > 2 ? parts.year : parts.year - 1;
  const monthFromMarch = (parts.month + 9) % 12;
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5) + parts.day - 1;
  return year * 365 + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + dayOfYear;
}

function fromSerial(serial: number): DayParts {
  const daysIn400Years = 146_097;
  const era = Math.floor(serial / daysIn400Years);
  const dayOfEra = serial - era * daysIn400Years;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return { year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day };
}

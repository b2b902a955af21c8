import type { DateFact } from '../../../../shared/contract/values.ts';
import { addDays, dayFromParts, daysInMonth } from '../../../../shared/domain/calendar-day.ts';
import { momentOf } from './clock-times.ts';
import { monthOf, readParts, type DateHint, type DateParts } from './date-spellings.ts';

/** A day of the week in front of a date, English, French or German; `Mar` and `mars` are months before all. */
const weekday =
  /^(?:(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim|diens|mitt|donn|frei|sonn)\p{L}*|mo|di|mi|do|fr|sa|so)\.?,? (?=.*\d)/iu;

/**
 * A date as a source writes it, with the precision it has; several days written as one date are one. Nothing,
 * nonsense, a day that does not exist and one that may be two days (05.11.2021 without a hint) are null. The day of a
 * moment is the day by the clock it was written in.
 */
export function readDate(text: string | null | undefined, hint: DateHint = {}): DateFact | null {
  const written = text?.replace(/[\s\u00a0\u202f]+/gu, ' ').trim() ?? '';
  if (written === '' || written.length > 100) return null;
  const range = readRange(written, hint);
  if (range) return range;
  const plain = written.replace(weekday, (word) => (monthOf(word) ? word : ''));
  const parts = readParts(plain, hint);
  return parts && toFact(parts, written);
}

/** A first and a last date as one; the first alone when there is no last, or one before it. */
export function spanOf(first: DateFact | null, last: DateFact | null): DateFact | null {
  if (first === null || last === null || last.lastDay <= first.lastDay) return first;
  const precision = first.precision === 'moment' ? 'day' : first.precision;
  return {
    precision,
    firstDay: first.firstDay,
    lastDay: last.lastDay,
    atMs: null,
    text: `${first.text} – ${last.text}`,
  };
}

/** A moment that a source tells as a number, in UTC. */
export function dateOfMs(ms: number): DateFact {
  const text = new Date(ms).toISOString();
  const day = text.slice(0, 10);
  return { precision: 'moment', firstDay: day, lastDay: day, atMs: ms, text };
}

/**
 * When an expiry takes hold: its moment, or the end of its day where that comes first on Earth, ten in the morning UTC.
 */
export function endOf(date: DateFact | null): number | null {
  if (date === null || date.atMs !== null) return date?.atMs ?? null;
  return Date.parse(`${addDays(date.lastDay, 1) ?? date.lastDay}T00:00:00+14:00`);
}

function readRange(text: string, hint: DateHint): DateFact | null {
  const iso = /^(\d{4}-\d{2}-\d{2}) ?(?:[/–]|- |to) ?(\d{4}-\d{2}-\d{2})$/.exec(text);
  // 30 September – 2 October 2025, 8-10 September 2025: what the first day lacks is said by the last one.
  const named =
    /^(\d{1,2})(?: (\p{L}{3,12})\.?)?(?: (\d{4}))?(?: ?[-–—/] ?| (?:to|and|until) )(\d{1,2} (\p{L}{3,12})\.? (\d{4}))$/iu.exec(
      text,
    );
  const ends = named
    ? [`${named[1]} ${named[2] ?? named[5]} ${named[3] ?? yearOfFirst(named)}`, named[4]]
    : [iso?.[1], iso?.[2]];
  const [first, last] = ends.map((end) => readDate(end, hint));
  if (!first || !last || first.lastDay > last.firstDay) return null;
  return { ...(spanOf(first, last) ?? first), text };
}

/** "30 December – 2 January 2026" began the year before. */
function yearOfFirst(range: RegExpExecArray): number {
  const year = Number(range[6]);
  return (monthOf(range[2]) ?? 0) > (monthOf(range[5]) ?? 12) ? year - 1 : year;
}

function toFact({ year, month, day, rest }: DateParts, text: string): DateFact | null {
  if (year < 1000) return null;
  if (month === null)
    return fact('year', { first: { year, month: 1, day: 1 }, last: { year, month: 12, day: 31 } }, text);
  if (day === null) {
    const last = { year, month, day: daysInMonth(year, month) };
    return fact('month', { first: { year, month, day: 1 }, last }, text);
  }
  const known = { year, month, day };
  const days = fact('day', { first: known, last: known }, text);
  const atMs = days && momentOf(days.firstDay, rest);
  return days && atMs !== null ? { ...days, precision: 'moment', atMs } : days;
}

type Named = { year: number; month: number; day: number };

function fact(
  precision: DateFact['precision'],
  { first, last }: { first: Named; last: Named },
  text: string,
): DateFact | null {
  const [firstDay, lastDay] = [dayFromParts(first), dayFromParts(last)];
  return firstDay === null || lastDay === null ? null : { precision, firstDay, lastDay, atMs: null, text };
}

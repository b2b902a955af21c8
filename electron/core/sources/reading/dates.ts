import type { DateFact } from '../../../../shared/contract/values.ts';
import { dayFromParts, daysInMonth } from '../../../../shared/domain/calendar-day.ts';

/** What a caller knows of a source's habit: 05.11.2021 is May or November by where it was written. */
export interface DateHint {
  readonly order?: 'dmy' | 'mdy';
}

const months: Readonly<Record<string, number>> = Object.fromEntries(
  [
    ['jan', 'january', 'januar', 'janvier', 'janv'],
    ['feb', 'february', 'februar', 'février', 'fevrier', 'févr'],
    ['mar', 'march', 'märz', 'mars', 'maerz'],
    ['apr', 'april', 'avril', 'avr'],
    ['may', 'mai'],
    ['jun', 'june', 'juni', 'juin'],
    ['jul', 'july', 'juli', 'juillet', 'juil'],
    ['aug', 'august', 'août', 'aout'],
    ['sep', 'sept', 'september', 'septembre'],
    ['oct', 'october', 'oktober', 'okt', 'octobre'],
    ['nov', 'november', 'novembre'],
    ['dec', 'december', 'dezember', 'dez', 'décembre', 'decembre', 'déc'],
  ].flatMap((names, index) => names.map((name) => [name, index + 1])),
);

/** Minutes east of Greenwich for the zone names of RFC 822; any other name leaves the moment unknown. */
const zones: Readonly<Record<string, number>> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  cet: 60,
  cest: 120,
};

/** The parts of a date as read; what was not said is null. */
interface Parts {
  readonly year: number;
  readonly month: number | null;
  readonly day: number | null;
  /** What stands behind the day: time and zone. */
  readonly rest: string;
}

/**
 * A date as a source writes it, with the precision it has. Nothing, nonsense, a day that does not exist and one that
 * may be two days (05.11.2021 without a hint) are null. The day of a moment is the day by the clock it was written in.
 */
export function readDate(text: string | null | undefined, hint: DateHint = {}): DateFact | null {
  const written = text?.replace(/[\s\u00a0\u202f]+/gu, ' ').trim() ?? '';
  if (written === '' || written.length > 100) return null;
  const range = readRange(written, hint);
  if (range) return range;
  const plain = written.replace(/^\p{L}{2,12}\.?,? (?=\S*\d)/u, (word) => (monthOf(word) ? word : ''));
  for (const read of [readIso, readCompact, readNumbers, readNamed]) {
    const parts = read(plain, hint);
    if (parts) return toFact(parts, written);
  }
  return null;
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

function readRange(text: string, hint: DateHint): DateFact | null {
  const match = /^(\d{4}-\d{2}-\d{2}) ?(?:\/|–|to) ?(\d{4}-\d{2}-\d{2})$/.exec(text);
  return match ? spanOf(readDate(match[1], hint), readDate(match[2], hint)) : null;
}

/** 2025-09-08T10:00:00+02:00, 2025/09/08 10:00, 2025-09, 2025. */
function readIso(text: string): Parts | null {
  const match = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ](\d{1,2}:.*))?$/i.exec(text);
  if (!match) return null;
  return { year: Number(match[1]), month: number(match[2]), day: number(match[3]), rest: match[4] ?? '' };
}

/** 20181115, 20181115 00:00, 20181115T101500Z, 200803. */
function readCompact(text: string): Parts | null {
  const match = /^(\d{4})(\d{2})(\d{2})?(?:[T ](.*))?$/i.exec(text);
  if (!match) return null;
  const clock = (match[4] ?? '').replace(/^(\d{2})(\d{2})(\d{2})/, '$1:$2:$3');
  // Midnight without seconds or a zone is how a day is filled up to a time.
  const rest = /^0{1,2}:00$/.test(clock) ? '' : clock;
  return { year: Number(match[1]), month: number(match[2]), day: number(match[3]), rest };
}

/** 05.11.2021, 11/05/2021: by the hint, or where only one reading is possible. */
function readNumbers(text: string, hint: DateHint): Parts | null {
  const match = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?:[, ]+(\d{1,2}:.*))?$/.exec(text);
  if (!match) return null;
  const [a, b] = [Number(match[1]), Number(match[2])];
  const order = hint.order ?? (a > 12 ? 'dmy' : b > 12 ? 'mdy' : a === b ? 'dmy' : null);
  if (order === null) return null;
  const [day, month] = order === 'dmy' ? [a, b] : [b, a];
  return { year: fullYear(match[3] ?? ''), month, day, rest: match[4] ?? '' };
}

/** 08 September 2025, 19 Sep. 2025 12:00:00 GMT, Sep 2025, September 8, 2025, 8-Sep-25. */
function readNamed(text: string): Parts | null {
  const dayFirst =
    /^(?:(\d{1,2})(?:st|nd|rd|th|\.)?[ -])?(\p{L}{3,12})\.?,?[ -](\d{4}|\d{2})(?![\d:])(?:[,T ]+(?:at )?(.*))?$/iu.exec(
      text,
    );
  const month = dayFirst && monthOf(dayFirst[2]);
  const year = dayFirst?.[3] ?? '';
  // "Sep 08" alone is no September of 1908 or 2008; before a year it is a day.
  if (dayFirst && month && (dayFirst[1] !== undefined || year.length === 4)) {
    return { year: fullYear(year), month, day: number(dayFirst[1]), rest: dayFirst[4] ?? '' };
  }
  const monthFirst = /^(\p{L}{3,12})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?:[,T ]+(?:at )?(.*))?$/iu.exec(
    text,
  );
  const named = monthFirst && monthOf(monthFirst[1]);
  if (!monthFirst || !named) return null;
  return { year: Number(monthFirst[3]), month: named, day: number(monthFirst[2]), rest: monthFirst[4] ?? '' };
}

function monthOf(word: string | undefined): number | null {
  return months[(word ?? '').toLowerCase().replace(/[.,\s]/g, '')] ?? null;
}

function number(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}

/** Two digits are of this century up to 49, as RFC 2822 has it. */
function fullYear(text: string): number {
  if (text.length === 4) return Number(text);
  return Number(text) + (Number(text) < 50 ? 2000 : 1900);
}

function toFact({ year, month, day, rest }: Parts, text: string): DateFact | null {
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

/** The moment of a clock time on a day; null without a clock time or a zone that is known: then it is a day and no more. */
function momentOf(day: string, rest: string): number | null {
  const match =
    /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)? ?([ap]m)?\s*(?:([+-])(\d{2}):?(\d{2})?|([a-z]{1,5}))?\s*(?:\(.*\))?$/i.exec(
      rest.trim(),
    );
  if (!match) return null;
  const zone = (match[9] ?? '').toLowerCase();
  const eastMinutes =
    match[6] === undefined ? zones[zone] : signOf(match[6]) * (Number(match[7]) * 60 + Number(match[8] ?? 0));
  if (eastMinutes === undefined) return null;
  const hours = hoursOf(Number(match[1]), match[5]);
  const [minutes, seconds] = [Number(match[2]), Number(match[3] ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 60 || Math.abs(eastMinutes) > 15 * 60) return null;
  const fraction = Math.floor(Number(`0.${match[4] ?? '0'}`) * 1000);
  const clockMs = ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction;
  return Date.parse(`${day}T00:00:00Z`) + clockMs - eastMinutes * 60_000;
}

function signOf(text: string): 1 | -1 {
  return text === '-' ? -1 : 1;
}

function hoursOf(hours: number, half: string | undefined): number {
  if (half === undefined) return hours;
  return (hours % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
}

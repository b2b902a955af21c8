import { addDays, dayFromParts } from '../../../shared/domain/calendar-day.ts';
import { formatDay } from './format.ts';

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

const isoDay = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const numbers = /^(\d{1,2})[./ -](\d{1,2})[./ -](\d{4}|\d{2})$/;
const words = /^(\d{1,2})(?:st|nd|rd|th)?[ .-]*([a-z]{3,})[ .,-]*(\d{4}|\d{2})$/i;
const clock = /^(\d{1,2}):(\d{2})$/;

/** Two digits mean the years from 1970 to 2069. */
function wholeYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

function monthOf(word: string): number {
  return months.findIndex((name) => name.startsWith(word.toLowerCase())) + 1;
}

/**
 * A day as people write it here, day before month: `22 Nov 2026`, `22/11/2026`, `22.11.26`; or `2026-11-22`. The answer
 * is `YYYY-MM-DD`, or null where the text is no day.
 */
export function readDay(text: string): string | null {
  const plain = text.trim().replace(/\s+/g, ' ');
  const iso = isoDay.exec(plain);
  if (iso) return dayFromParts({ year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) });
  const [, day, month, year] = numbers.exec(plain) ?? words.exec(plain) ?? [];
  if (day === undefined || month === undefined || year === undefined) return null;
  return dayFromParts({
    year: wholeYear(year),
    month: /^\d/.test(month) ? Number(month) : monthOf(month),
    day: Number(day),
  });
}

/** A time of day on a clock of 24 hours, as `HH:MM`: `6`, `6:30`, `0630`. Null where the text is none. */
export function readTime(text: string): string | null {
  const plain = text.trim();
  const [, hour, minute] = clock.exec(plain) ?? /^(\d{1,2}?)(\d{2})?$/.exec(plain) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute ?? 0) > 59) return null;
  return `${hour.padStart(2, '0')}:${minute ?? '00'}`;
}

/**
 * A moment by the wall clock, as `YYYY-MM-DDTHH:MM`: `22 Nov 2026 18:00`, `tomorrow 9:00`, or a time alone, which is
 * the next one. `now` has the same form. Null where the text is none.
 */
export function readMoment(text: string, now: string): string | null {
  const [, dayText = '', timeText = ''] = /^(?:(.*?)[ ,T]+)?(\d{1,2}:\d{2})$/.exec(text.trim()) ?? [];
  const time = readTime(timeText);
  if (time === null) return null;
  const [today = '', clockNow = ''] = now.split('T');
  const tomorrow = addDays(today, 1);
  const spoken: Readonly<Record<string, string | null>> = {
    '': time > clockNow ? today : tomorrow,
    today,
    tomorrow,
  };
  const key = dayText.trim().toLowerCase();
  const day = Object.hasOwn(spoken, key) ? spoken[key] : readDay(dayText);
  return day == null ? null : `${day}T${time}`;
}

/** `2026-11-22T18:00` as `22 Nov 2026 18:00`. */
export function momentText(moment: string): string {
  const [day = '', time = ''] = moment.split('T');
  return moment === '' ? '' : `${formatDay(day)} ${time}`;
}

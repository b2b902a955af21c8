import type { DateFact } from '../../../shared/contract/values.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function dayParts(day: string): [year: string, month: string, date: string] | null {
  const [year, month, date] = day.split('-');
  const name = months[Number(month) - 1];
  if (year === undefined || name === undefined || date === undefined) return null;
  return [year, name, String(Number(date))];
}

/** `2026-03-07` as `7 Mar 2026`, by splitting the text: no time zone can shift it. */
export function formatDay(day: string): string {
  const parts = dayParts(day);
  return parts === null ? day : `${parts[2]} ${parts[1]} ${parts[0]}`;
}

/** First and last day as one text, saying shared months and years once; an en dash stands for "to". */
export function formatDays(first: string | null, last: string | null): string {
  if (first === null) return last === null ? '' : formatDay(last);
  if (last === null || last === first) return formatDay(first);
  const from = dayParts(first);
  const to = dayParts(last);
  if (from === null || to === null) return `${first} – ${last}`;
  if (from[0] !== to[0]) return `${formatDay(first)} – ${formatDay(last)}`;
  if (from[1] !== to[1]) return `${from[2]} ${from[1]} – ${formatDay(last)}`;
  return `${from[2]}–${formatDay(last)}`;
}

/** A date in the precision that it has: `7 Mar 2026`, `Mar 2026`, `2026`, `7–9 Mar 2026`. */
export function formatDate(fact: Pick<DateFact, 'precision' | 'firstDay' | 'lastDay'>): string {
  const parts = dayParts(fact.firstDay);
  if (parts !== null && fact.precision === 'year') return parts[0];
  if (parts !== null && fact.precision === 'month') return `${parts[1]} ${parts[0]}`;
  return formatDays(fact.firstDay, fact.lastDay);
}

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** A number of bytes in decimal units, as sources and download tools count: `1.24 GB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // Compared as it will be shown, so that 999 999 B is not "1000 kB".
  while (unit < units.length - 1 && Number(value.toPrecision(3)) >= 1000) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${units[unit] ?? 'B'}`;
}

/** Bytes a second as `12.3 MB/s`. */
export function formatSpeed(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`;
}

/** Bits a second as `50 Mbit/s`. */
export function formatBitrate(bitsPerSecond: number): string {
  const mega = bitsPerSecond / 1_000_000;
  return mega >= 1 ? `${Number(mega.toFixed(1))} Mbit/s` : `${Math.round(bitsPerSecond / 1000)} kbit/s`;
}

/** A running time as `2:04` or `1:02:04`, cut to whole seconds. */
export function formatDuration(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const seconds = String(total % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}

/** Time left as a clock whose width hardly changes: `0:33`, `1:02:33`, from a day on `2 d 4 h`. */
export function formatClock(ms: number): string {
  // A second too many is kinder than a clock that stands at nought.
  const whole = Math.ceil(ms / 1000) * 1000;
  const hours = Math.floor(whole / 3_600_000);
  return hours < 24 ? formatDuration(whole) : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** Frames a second from the fraction, to two decimals as the field names them: `29.97 fps`, `25 fps`. */
export function formatRate(num: number, den: number): string {
  return `${Number((num / den).toFixed(2))} fps`;
}

/** A point in time in the reader's own time zone. */
export function formatTime(ms: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(ms);
}

const timeOfDay = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short' });
const dayOfYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** A moment near now as one would say it: `18:00`, `tomorrow 09:00`, `Fri 18:00`, `24 Dec 18:00`. */
export function formatMoment(ms: number, nowMs: number): string {
  const then = new Date(ms);
  const today = new Date(nowMs);
  const dayStart = (date: Date): number =>
    new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  // Rounded, because a day on which the clocks change has 23 or 25 hours.
  const days = Math.round((dayStart(then) - dayStart(today)) / 86_400_000);
  const clock = timeOfDay.format(then);
  if (days === 0) return clock;
  if (days === 1) return `tomorrow ${clock}`;
  if (days === -1) return `yesterday ${clock}`;
  return days > 1 && days < 7 ? `${weekday.format(then)} ${clock}` : `${dayOfYear.format(then)} ${clock}`;
}

const numbers = new Intl.NumberFormat('en-GB');

/** A count with its noun: `1 clip`, `1,204 clips`. */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${numbers.format(count)} ${count === 1 ? one : many}`;
}

/** A bare number with its thousands apart. */
export function formatNumber(value: number): string {
  return numbers.format(value);
}

/** How much of the whole is done, from 0 to 100; a whole of nothing is 0. */
export function percentOf(part: number, whole: number | null): number | null {
  if (whole === null || whole <= 0) return null;
  return Math.min(100, Math.floor((part / whole) * 100));
}

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

/** The time that is left, coarser the longer it is. */
export function formatTimeLeft(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  if (seconds < 60) return `${seconds} s left`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min left`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest > 0 ? ` ${rest} min` : ''} left`;
}

/** Frames a second from the fraction, to two decimals as the field names them: `29.97 fps`, `25 fps`. */
export function formatRate(num: number, den: number): string {
  return `${Number((num / den).toFixed(2))} fps`;
}

/** A point in time in the reader's own time zone. */
export function formatTime(ms: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(ms);
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

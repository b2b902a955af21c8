import { InvalidArgumentError } from 'commander';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { isDay } from '../../../shared/domain/calendar-day.ts';

/** Reads a whole number within bounds. */
export function wholeNumber(bounds: { min: number; max: number }): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < bounds.min || value > bounds.max) {
      throw new InvalidArgumentError(`It must be a whole number from ${bounds.min} to ${bounds.max}.`);
    }
    return value;
  };
}

/** Reads a day that exists. */
export function calendarDay(text: string): string {
  if (!isDay(text)) throw new InvalidArgumentError('It must be a day that exists, as YYYY-MM-DD.');
  return text;
}

/** Reads a value that `none` takes away. The word stays: commander turns a null into an empty text. */
export function orNone<T>(read: (text: string) => T): (text: string) => T | 'none' {
  return (text) => (text === 'none' ? text : read(text));
}

/** The value itself, and null for `none`. */
export function noneAsNull<T>(value: T | 'none'): T | null {
  return value === 'none' ? null : value;
}

/** Gathers an option that may be given more than once. */
export function several(text: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), text];
}

/** Reads `Name: value`; given again, more of them. */
export function header(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const match = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([^\r\n\0]*)$/.exec(text);
  // Not commander's own error, which repeats what was given: a header is often a secret.
  if (!match?.[1]) throw new RushesError('USAGE', "A header must look like 'Name: value'.");
  return { ...before, [match[1]]: match[2] ?? '' };
}

const rateUnits: Readonly<Record<string, number>> = { '': 1, k: 1000, m: 1_000_000, g: 1_000_000_000 };

/** Reads bytes a second: `2500000`, `2500k` or `2.5M`, perhaps with `B/s` behind it. */
export function rate(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([kmg]?)(?:b(?:\/s)?)?$/i.exec(text.trim());
  const value = match ? Number(match[1]) * (rateUnits[(match[2] ?? '').toLowerCase()] ?? 0) : 0;
  if (!Number.isSafeInteger(Math.round(value)) || value < 1) {
    throw new InvalidArgumentError('It must be bytes a second, such as 2500000 or 2.5M.');
  }
  return Math.round(value);
}

/**
 * Reads a time ahead, by this machine's clock: `18:00` is the next such time, `2026-02-01 18:00` that one, `+90m` and
 * `+2h` count from now. Returns UTC milliseconds.
 */
export function timeAhead(text: string, now: Date = new Date()): number {
  const wish = text.trim();
  const span = /^\+(\d{1,5})\s*(m|h)$/.exec(wish);
  if (span) return now.getTime() + Number(span[1]) * (span[2] === 'h' ? 3_600_000 : 60_000);
  const clock = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(wish);
  if (clock) {
    const at = new Date(now);
    at.setHours(Number(clock[1]), Number(clock[2]), 0, 0);
    if (at <= now) at.setDate(at.getDate() + 1);
    return at.getTime();
  }
  const dated = /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):([0-5]\d)$/.exec(wish);
  if (dated?.[1] && isDay(dated[1])) {
    const at = new Date(`${dated[1]}T${dated[2]}:${dated[3]}:00`).getTime();
    if (at > now.getTime()) return at;
    throw new InvalidArgumentError('It must be a time ahead.');
  }
  throw new InvalidArgumentError('It must be a time such as 18:00, 2026-02-01 18:00 or +2h.');
}

const leastEveryMinutes = 1;
const mostEveryMinutes = 7 * 24 * 60;

/** Reads how often something is done: `30m`, `6h`, `2d`, or `never`. Returns minutes. */
export function everyMinutes(text: string): number | 'never' {
  if (text === 'never') return text;
  const match = /^(\d{1,5})\s*(m|min|h|d)$/.exec(text.trim());
  const unit = match?.[2] === 'd' ? 24 * 60 : match?.[2] === 'h' ? 60 : 1;
  const minutes = Number(match?.[1]) * unit;
  if (!match || minutes < leastEveryMinutes || minutes > mostEveryMinutes) {
    throw new InvalidArgumentError(
      'It must be a time such as 30m, 6h or 2d, from 1 minute to 7 days, or never.',
    );
  }
  return minutes;
}

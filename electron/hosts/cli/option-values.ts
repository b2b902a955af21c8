import { InvalidArgumentError } from 'commander';
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

/** Reads a value that `none` takes away. */
export function orNone<T>(read: (text: string) => T): (text: string) => T | null {
  return (text) => (text === 'none' ? null : read(text));
}

/** Gathers an option that may be given more than once. */
export function several(text: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), text];
}

/** Reads `Name: value`; given again, more of them. */
export function header(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const match = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([^\r\n\0]*)$/.exec(text);
  if (!match?.[1]) throw new InvalidArgumentError("It must look like 'Name: value'.");
  return { ...before, [match[1]]: match[2] ?? '' };
}

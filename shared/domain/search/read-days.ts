import { daysInMonth } from '../calendar-day.ts';
import type { DaysNode } from './search-node.ts';

const dayOrMonth = /^(\d{4})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?$/;
const onlyYear = /^\d{4}$/;

/**
 * Days as they are typed: `2025-09-08`, `2025-09`, and with a range `2025-09-01..2025-09-30`, of which one side may be
 * open. A year alone counts only where days are due (`day:2025`), for anywhere else it is a number like others.
 *
 * Null for what is no day.
 */
export function readDays(text: string, { named }: { readonly named: boolean }): DaysNode | null {
  const [first = '', last, ...rest] = text.split('..');
  if (rest.length > 0) return null;
  if (last === undefined) {
    const only = span(first, named);
    return only && { kind: 'days', ...only };
  }
  if (first === '' && last === '') return null;
  const from = first === '' ? null : span(first, named);
  const to = last === '' ? null : span(last, named);
  if ((first !== '' && !from) || (last !== '' && !to)) return null;
  return { kind: 'days', from: from?.from ?? null, to: to?.to ?? null };
}

function span(text: string, named: boolean): { from: string; to: string } | null {
  if (named && onlyYear.test(text)) return { from: `${text}-01-01`, to: `${text}-12-31` };
  const match = dayOrMonth.exec(text);
  if (!match) return null;
  const [, year, month, day] = match;
  if (day !== undefined) return { from: text, to: text };
  return { from: `${text}-01`, to: `${text}-${daysInMonth(Number(year), Number(month))}` };
}

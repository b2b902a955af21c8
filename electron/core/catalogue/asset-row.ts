import type { AssetDates } from '../../../shared/contract/catalogue.ts';

/** Row numbers a day has room for. */
const perDay = 2 ** 24;

/**
 * The first row number of a calendar day. Rows follow the day, so that newest first is the order of the table itself
 * and any page of it costs the same. Assets without a day stand at the very end.
 *
 * Every text of the form has numbers of its own in the order of the text, days that no calendar has included, so that
 * a bound such as `2025-02-31` is the end of February and not a day in March.
 */
export function firstRowOf(day: string | null): number {
  if (day === null) return 1;
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return (1 + (year * 100 + month) * 100 + date) * perDay + 1;
}

/** The last row number of a calendar day. */
export function lastRowOf(day: string | null): number {
  return firstRowOf(day) + perDay - 2;
}

/**
 * The day an asset is listed under, and where it stands in the order of days: filmed, else of the event, else
 * published, whichever is known to the day.
 *
 * A month or a year is no day. It stands right before its first one, as `2025-09-00` or `2025-00-00`, so that nobody
 * who asks for the first of the month gets what may be of any day in it.
 */
export function listedUnder(dates: AssetDates): { day: string | null; order: string | null } {
  const told = [dates.filmed, dates.event, dates.published].filter((date) => date !== null);
  const exact = told.find(({ precision }) => precision === 'moment' || precision === 'day');
  if (exact) return { day: exact.firstDay, order: exact.firstDay };
  const [coarse] = told;
  if (!coarse) return { day: null, order: null };
  const length = coarse.precision === 'month' ? 'YYYY-MM'.length : 'YYYY'.length;
  return { day: null, order: coarse.firstDay.slice(0, length) + '-00-00'.slice(length - 'YYYY'.length) };
}

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

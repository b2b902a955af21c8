/** Row numbers a day has room for. */
const perDay = 2 ** 24;
const msPerDay = 86_400_000;

/**
 * The first row number of a calendar day. Rows follow the day, so that newest first is the order of the table itself
 * and any page of it costs the same. Assets without a day stand at the very end.
 */
export function firstRowOf(day: string | null): number {
  if (day === null) return 1;
  const [year, month, date] = day.split('-').map(Number);
  // Date.UTC counts days here and nothing else: no time zone takes part.
  const days = Date.UTC(year ?? 1970, (month ?? 1) - 1, date ?? 1) / msPerDay;
  // Shifted so that days before 1970 have positive rows too.
  return (days + 100_000) * perDay + 1;
}

/** The last row number of a calendar day. */
export function lastRowOf(day: string | null): number {
  return firstRowOf(day) + perDay - 2;
}

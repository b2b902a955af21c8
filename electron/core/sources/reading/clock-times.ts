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

/** The moment of a clock time on a day; null without a clock time or a zone that is known: then it is a day and no more. */
export function momentOf(day: string, rest: string): number | null {
  const match =
    /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)? ?([ap]m)?\s*(?:(?:GMT|UTC)?([+-])(\d{2}):?(\d{2})?|([a-z]{1,5}))?\s*(?:\(.*\))?$/i.exec(
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

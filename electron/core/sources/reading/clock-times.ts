/**
 * Minutes east of Greenwich for the zone names of RFC 822, and for others that mean one zone in all the world. Any
 * other name leaves the moment unknown: BST is Britain and Bangladesh, IST is India, Ireland and Israel.
 */
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
  akst: -540,
  akdt: -480,
  hst: -600,
  wet: 0,
  west: 60,
  cet: 60,
  cest: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  hkt: 480,
  sgt: 480,
  jst: 540,
  aest: 600,
  aedt: 660,
  nzst: 720,
  nzdt: 780,
};

/** The moment of a clock time on a day; null without a clock time or a zone that is known: then it is a day and no more. */
export function momentOf(day: string, rest: string): number | null {
  const match =
    /^(\d{1,2})[:.h](\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)? ?([ap]m)?\s*(?:(?:GMT|UTC)?([+\-\u2212])(\d{2}):?(\d{2})?|([a-z]{1,5}))?\s*(?:\(.*\))?$/i.exec(
      rest.trim(),
    );
  if (!match) return null;
  const zone = (match[9] ?? '').toLowerCase();
  const eastMinutes =
    match[6] === undefined
      ? eastOf(zone, day)
      : signOf(match[6]) * (Number(match[7]) * 60 + Number(match[8] ?? 0));
  if (eastMinutes === undefined) return null;
  const hours = hoursOf(Number(match[1]), match[5]);
  const [minutes, seconds] = [Number(match[2]), Number(match[3] ?? 0)];
  // The end of a day is written as its hour 24, and is a moment of that day.
  const isOver = hours > 23 && !(hours === 24 && minutes === 0 && seconds === 0 && match[5] === undefined);
  if (isOver || minutes > 59 || seconds > 60 || Math.abs(eastMinutes) > 15 * 60) return null;
  const fraction = Math.floor(Number(`0.${match[4] ?? '0'}`) * 1000);
  const clockMs = ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction;
  return Date.parse(`${day}T00:00:00Z`) + clockMs - eastMinutes * 60_000;
}

/** Moscow went by another hour from 2011 to 2014; in those years its name is not certain. */
function eastOf(zone: string, day: string): number | undefined {
  const isUnsteady = zone === 'msk' && day >= '2011-01-01' && day <= '2014-12-31';
  return isUnsteady || !Object.hasOwn(zones, zone) ? undefined : zones[zone];
}

function signOf(text: string): 1 | -1 {
  return text === '+' ? 1 : -1;
}

function hoursOf(hours: number, half: string | undefined): number {
  if (half === undefined) return hours;
  return (hours % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
}

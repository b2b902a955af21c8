import type { ScheduleWindow, Traffic } from '../../../shared/contract/system.ts';

/** Days in the order in which a week is read here; the number is that of the calendar, 0 for Sunday. */
export const weekDays = [
  { day: 1, short: 'Mon', name: 'Monday' },
  { day: 2, short: 'Tue', name: 'Tuesday' },
  { day: 3, short: 'Wed', name: 'Wednesday' },
  { day: 4, short: 'Thu', name: 'Thursday' },
  { day: 5, short: 'Fri', name: 'Friday' },
  { day: 6, short: 'Sat', name: 'Saturday' },
  { day: 0, short: 'Sun', name: 'Sunday' },
] as const;

const dayMinutes = 24 * 60;

/** A time of a day under one rule; minutes of the day, `to` being the first minute after it. */
export interface DaySegment {
  readonly from: number;
  readonly to: number;
  /** The id of a profile; null: nothing runs. */
  readonly profile: string | null;
}

/** `22:00` as minutes of the day. */
export function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/** Minutes of the day as `22:00`; the end of the day is `24:00`. */
export function timeOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** The times of one day at which a window holds: its own, and what runs over midnight from the day before. */
function partsOn(window: ScheduleWindow, day: number): readonly (readonly [from: number, to: number])[] {
  const from = minutesOf(window.from);
  const to = minutesOf(window.to);
  const over = to <= from;
  const before = (day + 6) % 7;
  return [
    ...(window.days.includes(day) ? [[from, over ? dayMinutes : to] as const] : []),
    ...(over && window.days.includes(before) && to > 0 ? [[0, to] as const] : []),
  ];
}

/** What holds on a day, from midnight to midnight: the first window that covers a minute decides it, else `outside`. */
export function daySegments(
  traffic: Pick<Traffic, 'windows' | 'outside'>,
  day: number,
): readonly DaySegment[] {
  const parts = traffic.windows.map((window) => ({ window, spans: partsOn(window, day) }));
  const edges = new Set([0, dayMinutes, ...parts.flatMap(({ spans }) => spans.flat())]);
  const sorted = [...edges].sort((a, b) => a - b);
  const segments: DaySegment[] = [];
  for (const [index, from] of sorted.entries()) {
    const to = sorted[index + 1];
    if (to === undefined) break;
    const held = parts.find(({ spans }) => spans.some((span) => span[0] <= from && from < span[1]));
    const profile = held === undefined ? traffic.outside : held.window.profile;
    const last = segments.at(-1);
    if (last?.profile === profile) segments[segments.length - 1] = { ...last, to };
    else segments.push({ from, to, profile });
  }
  return segments;
}

/** Days of a window in words: `every day`, `Mon–Fri`, `Sat, Sun`. */
export function daysWords(days: readonly number[]): string {
  if (days.length === 7) return 'every day';
  const places = weekDays.flatMap(({ day }, index) => (days.includes(day) ? [index] : []));
  const runs: [number, number][] = [];
  for (const place of places) {
    const run = runs.at(-1);
    if (run?.[1] === place - 1) run[1] = place;
    else runs.push([place, place]);
  }
  const name = (place: number): string => weekDays[place]?.short ?? '';
  return runs
    .flatMap(([first, last]) =>
      last - first >= 2
        ? [`${name(first)}–${name(last)}`]
        : first === last
          ? [name(first)]
          : [name(first), name(last)],
    )
    .join(', ');
}

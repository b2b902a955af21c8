import type { TrafficRule } from '../../../../shared/contract/downloads.ts';
import type { ScheduleWindow, Traffic } from '../../../../shared/contract/system.ts';

const dayMs = 24 * 60 * 60 * 1000;
const halfHourMs = 30 * 60 * 1000;
/** A rule that does not change within this many days does not change. */
const daysAhead = 8;

/** What the rule is called while nothing may run. */
const closedName = 'Outside hours';
/** The same, where no schedule but a person wants it so. */
const heldName = 'On hold';

/**
 * The rule in force at a time, and when another begins.
 *
 * Windows are of the wall clock: what holds is read from the local day, hour and minute of the instant, so that a night
 * on which the clocks change is an hour shorter or longer, as it is for the people in the building.
 */
export function ruleAt(traffic: Traffic, nowMs: number): TrafficRule {
  const id = profileAt(traffic, nowMs);
  const profile = traffic.profiles.find((one) => one.id === id);
  const { override, windows } = traffic;
  const byHand = windows.length === 0 || (override !== undefined && nowMs < override.untilMs);
  return {
    name: profile?.name ?? (byHand ? heldName : closedName),
    bytesPerSecond: profile?.bytesPerSecond ?? null,
    holds: profile === undefined,
    byHand,
    untilMs: nextChange(traffic, nowMs),
  };
}

/** The id of the profile at a time, or null when nothing may run. A profile that was deleted gives way to the next rule. */
function profileAt(traffic: Traffic, atMs: number): string | null {
  const known = (id: string): boolean => traffic.profiles.some((one) => one.id === id);
  const window = traffic.windows.find(
    (one) => holdsAt(one, atMs) && (one.profile === null || known(one.profile)),
  );
  const { outside, override } = traffic;
  if (override && atMs < override.untilMs && (override.profile === null || known(override.profile)))
    return override.profile;
  if (window) return window.profile;
  return outside === null || known(outside) ? outside : (traffic.profiles[0]?.id ?? null);
}

function holdsAt({ days, from, to }: ScheduleWindow, atMs: number): boolean {
  const at = new Date(atMs);
  const minute = at.getHours() * 60 + at.getMinutes();
  const today = at.getDay();
  const [begin, end] = [minuteOf(from), minuteOf(to)];
  if (begin < end) return days.includes(today) && minute >= begin && minute < end;
  const yesterday = (today + 6) % 7;
  return (days.includes(today) && minute >= begin) || (days.includes(yesterday) && minute < end);
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

function nextChange(traffic: Traffic, nowMs: number): number | null {
  if (traffic.windows.length === 0 && !traffic.override) return null;
  const current = profileAt(traffic, nowMs);
  for (const at of instantsAfter(traffic, nowMs)) {
    if (profileAt(traffic, at) !== current) return at;
  }
  return null;
}

/**
 * Every instant at which another rule can begin, in order: the edges of the windows, which are asked of the calendar
 * day by day and never counted as 24 hours on, and the half hours, because only there do clocks change.
 */
function instantsAfter({ windows, override }: Traffic, nowMs: number): number[] {
  const today = new Date(nowMs);
  const instants = new Set<number>();
  const first = Math.ceil((nowMs + 1) / halfHourMs) * halfHourMs;
  for (let at = first; at < nowMs + daysAhead * dayMs; at += halfHourMs) instants.add(at);
  const times = new Set(windows.flatMap(({ from, to }) => [minuteOf(from), minuteOf(to)]));
  for (let day = 0; day <= daysAhead; day++) {
    for (const minute of times) {
      const [year, month, date] = [today.getFullYear(), today.getMonth(), today.getDate() + day];
      instants.add(new Date(year, month, date, 0, minute).getTime());
    }
  }
  if (override) instants.add(override.untilMs);
  return [...instants].filter((at) => at > nowMs).sort((one, other) => one - other);
}

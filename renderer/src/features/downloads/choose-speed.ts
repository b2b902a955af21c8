import type { TrafficRule } from '../../../../shared/contract/downloads.ts';
import type { Traffic } from '../../../../shared/contract/system.ts';

/** The profile that the rule in force stands for; null while nothing runs. */
export function profileNow(traffic: Traffic, rule: Pick<TrafficRule, 'name' | 'holds'>): string | null {
  if (rule.holds) return null;
  return traffic.profiles.find((profile) => profile.name === rule.name)?.id ?? null;
}

/** A traffic with another speed from now on: until the schedule's next change, for good where there is none. */
export function chooseSpeed(traffic: Traffic, profile: string | null, untilMs: number | null): Traffic {
  const { override: _, ...bySchedule } = traffic;
  return untilMs === null || traffic.windows.length === 0
    ? { ...bySchedule, outside: profile }
    : { ...bySchedule, override: { profile, untilMs } };
}

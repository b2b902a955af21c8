import { describe, expect, it } from 'vitest';
import { ruleAt } from '../../../../../electron/core/downloads/traffic/schedule.ts';

const at = (hour: number): number => new Date(2026, 10, 23, hour).getTime();
const nights = {
  profiles: [{ id: 'full', name: 'Full speed', bytesPerSecond: null }],
  outside: null,
  windows: [{ days: [0, 1, 2, 3, 4, 5, 6], from: '22:00', to: '06:00', profile: 'full' }],
};

describe('a speed chosen in place of the schedule', () => {
  it('holds until its end, and the schedule after it', () => {
    const traffic = { ...nights, override: { profile: 'full', untilMs: at(17) } };
    expect(ruleAt(traffic, at(14))).toMatchObject({ name: 'Full speed', holds: false, untilMs: at(17) });
    expect(ruleAt(traffic, at(18))).toMatchObject({ holds: true, untilMs: at(22) });
  });

  it('can also be that nothing runs', () => {
    const traffic = { ...nights, override: { profile: null, untilMs: at(24) } };
    expect(ruleAt(traffic, at(23))).toMatchObject({ holds: true, untilMs: at(24) });
  });

  it('is none when its profile is gone', () => {
    const traffic = { ...nights, override: { profile: 'gone', untilMs: at(17) } };
    expect(ruleAt(traffic, at(14))).toMatchObject({ holds: true, untilMs: at(22) });
  });
});

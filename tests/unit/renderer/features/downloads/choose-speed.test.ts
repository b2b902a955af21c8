import { describe, expect, it } from 'vitest';
import { chooseSpeed, profileNow } from '../../../../../renderer/src/features/downloads/choose-speed.ts';

const plain = {
  profiles: [
    { id: 'full', name: 'Full speed', bytesPerSecond: null },
    { id: 'playout', name: 'Never starve playout', bytesPerSecond: 2_500_000 },
  ],
  outside: 'full',
  windows: [],
};
const windows = [{ days: [1], from: '09:00', to: '18:00', profile: 'playout' }];

describe('the speed switch', () => {
  it('shows the profile of the rule in force', () => {
    expect(profileNow(plain, { name: 'Never starve playout', holds: false })).toBe('playout');
    expect(profileNow(plain, { name: 'Outside hours', holds: true })).toBeNull();
  });

  it('changes the speed for good where there is no schedule', () => {
    expect(chooseSpeed(plain, 'playout', null)).toEqual({ ...plain, outside: 'playout' });
    expect(chooseSpeed(plain, null, null)).toEqual({ ...plain, outside: null });
  });

  it('leaves a schedule as it is and holds until its next change', () => {
    const traffic = { ...plain, windows };
    expect(chooseSpeed(traffic, 'full', 5000)).toEqual({
      ...traffic,
      override: { profile: 'full', untilMs: 5000 },
    });
  });
});

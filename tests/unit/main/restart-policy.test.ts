import { describe, expect, it } from 'vitest';
import { createRateLimit } from '../../../electron/main/rate-limit.ts';
import { createRestartPolicy } from '../../../electron/main/restart-policy.ts';

describe('createRestartPolicy', () => {
  it('waits longer after the second failure and gives up at the third within a minute', () => {
    let now = 0;
    const policy = createRestartPolicy(() => now);
    expect(policy.failed()).toEqual({ kind: 'wait', ms: 250 });
    now = 20_000;
    expect(policy.failed()).toEqual({ kind: 'wait', ms: 1000 });
    now = 59_999;
    expect(policy.failed()).toEqual({ kind: 'give-up' });
  });

  it('forgets failures that are a minute old', () => {
    let now = 0;
    const policy = createRestartPolicy(() => now);
    for (; now <= 600_000; now += 60_000) expect(policy.failed()).toEqual({ kind: 'wait', ms: 250 });
  });

  it('starts anew when a person asks for it', () => {
    const policy = createRestartPolicy(() => 0);
    for (let failures = 0; failures < 3; failures++) policy.failed();
    policy.forget();
    expect(policy.failed()).toEqual({ kind: 'wait', ms: 250 });
  });
});

describe('createRateLimit', () => {
  it('refuses what is more than so many a second', () => {
    let now = 0;
    const allow = createRateLimit(2, () => now);
    expect([allow(), allow(), allow()]).toEqual([true, true, false]);
    now = 1000;
    expect(allow()).toBe(true);
  });
});

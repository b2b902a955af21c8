import type { TrafficRule } from '../../../../shared/contract/downloads.ts';
import type { Traffic as TrafficSettings } from '../../../../shared/contract/system.ts';
import type { Clock } from '../../ports.ts';
import { createBreaker, type Breaker } from './breaker.ts';
import { createBucket, type Bucket } from './bucket.ts';
import { HostLimits } from './host-limits.ts';
import { hasNetwork } from './network.ts';
import { ruleAt } from './schedule.ts';

/** The settings are read anew this often, in milliseconds. */
const readEveryMs = 250;

/** What all downloads share: the rule of the hour, the rate, the connections, the network. */
export interface Traffic {
  /** The rule in force now. */
  rule(): TrafficRule;
  /** The rate of all together. */
  readonly shared: Bucket;
  readonly limits: HostLimits;
  readonly breaker: Breaker;
  online(): boolean;
}

/** What the traffic goes by. */
export interface TrafficDeps {
  readonly settings: {
    hostConnections(): number;
    totalConnections(): number;
    traffic(): TrafficSettings;
  };
  readonly clock: Clock;
  readonly tuning: { readonly delayFactor: number; readonly random: () => number };
  /** Whether there is a network; asked of the machine unless told. */
  readonly online?: (() => boolean) | undefined;
}

/** Makes what all downloads share. */
export function createTraffic(deps: TrafficDeps): Traffic {
  const { settings, tuning } = deps;
  const now = (): number => performance.now();
  const rule = createRuleReader(deps, now);
  const breaker = createBreaker({ now, random: tuning.random, factor: tuning.delayFactor });
  return {
    rule,
    shared: createBucket({ bytesPerSecond: () => rule().bytesPerSecond, now }),
    limits: new HostLimits({
      perHost: () => settings.hostConnections(),
      total: () => settings.totalConnections(),
      breaker,
      now,
    }),
    breaker,
    online: deps.online ?? (() => hasNetwork()),
  };
}

/** Reads the rule; the rate asks for it with every chunk, so it is kept for a moment. */
function createRuleReader({ settings, clock }: TrafficDeps, now: () => number): () => TrafficRule {
  let kept: { rule: TrafficRule; traffic: TrafficSettings; readAt: number; fromMs: number } | null = null;
  return () => {
    const at = now();
    const traffic = settings.traffic();
    // A changed setting is another object, and counts at once.
    const isSame = kept?.traffic === traffic;
    if (kept && isSame && at - kept.readAt < readEveryMs) return kept.rule;
    const nowMs = clock.now();
    const holds =
      kept !== null &&
      isSame &&
      nowMs >= kept.fromMs &&
      (kept.rule.untilMs === null || nowMs < kept.rule.untilMs);
    kept =
      kept && holds
        ? { ...kept, readAt: at, fromMs: nowMs }
        : { rule: ruleAt(traffic, nowMs), traffic, readAt: at, fromMs: nowMs };
    return kept.rule;
  };
}

import type { RestReason } from '../outcome.ts';

/** Failures in a row after which a host is left alone. */
const mostFailures = 5;
const firstRestMs = 30_000;
const longestRestMs = 15 * 60_000;
/** The longest that a host may ask for. */
const mostAskedMs = 60 * 60_000;
/** How long others wait while one asks whether the host is well again. */
const probeMs = 5000;

/** Leaves a host alone that fails again and again, and asks after it with a single request. */
export interface Breaker {
  /** Milliseconds that the host is still to be left alone; 0 lets this request go, as the probe if one is due. */
  restMs(host: string): number;
  succeeded(host: string): void;
  /** `askedMs` is for how long the host asked to be left alone, if it did. */
  failed(host: string, askedMs?: number | null): void;
  /** Its certificate was not believed: for a quarter of an hour nobody else need find out. */
  distrusted(host: string): void;
  /** Why it is left alone, while it is. */
  whyOf(host: string): RestReason;
  /** A request ended without telling anything: a probe has to be sent anew. */
  undecided(host: string): void;
  /** Lets the next request to every host go: someone asked for it, or the network is another one. */
  forgive(): void;
}

interface Health {
  failures: number;
  /** How often it has rested without a success between. */
  rests: number;
  restsUntil: number;
  probing: boolean;
  isDistrusted: boolean;
}

/** Makes a breaker. `now` is monotonic, in milliseconds; `random` spreads the ends of the rests; `factor` is 1 but in tests. */
export function createBreaker(deps: { now: () => number; random: () => number; factor: number }): Breaker {
  const hosts = new Map<string, Health>();
  const rest = (health: Health, askedMs: number): void => {
    const longest = Math.min(longestRestMs, firstRestMs * 2 ** Math.min(health.rests, 20));
    // Never less than four fifths: at most five requests and two probes fall into the first minute.
    const own = longest * (0.8 + 0.2 * deps.random());
    health.restsUntil = deps.now() + Math.max(own, Math.min(mostAskedMs, askedMs)) * deps.factor;
    health.rests++;
    health.probing = false;
  };
  const healthOf = (host: string): Health => {
    const known = hosts.get(host);
    if (known) return known;
    const health = { failures: 0, rests: 0, restsUntil: 0, probing: false, isDistrusted: false };
    hosts.set(host, health);
    return health;
  };
  return {
    restMs: (host) => {
      const health = hosts.get(host);
      if (!health || health.failures < mostFailures) return 0;
      const left = (health.restsUntil - deps.now()) / deps.factor;
      if (left > 0) return left;
      if (health.probing) return probeMs;
      health.probing = true;
      return 0;
    },
    succeeded: (host) => void hosts.delete(host),
    failed: (host, askedMs = null) => {
      const health = healthOf(host);
      // What was under way when the rest began tells nothing new.
      const isNews = health.failures < mostFailures || health.probing;
      health.failures++;
      if (isNews) health.isDistrusted = false;
      if (isNews && health.failures >= mostFailures) rest(health, askedMs ?? 0);
    },
    distrusted: (host) => {
      const health = healthOf(host);
      health.failures = Math.max(health.failures, mostFailures);
      health.restsUntil = deps.now() + longestRestMs * deps.factor;
      health.probing = false;
      health.isDistrusted = true;
    },
    whyOf: (host) => (hosts.get(host)?.isDistrusted ? 'CERTIFICATE' : 'HOST_RESTING'),
    undecided: (host) => {
      const health = hosts.get(host);
      if (health) health.probing = false;
    },
    forgive: () => {
      for (const health of hosts.values()) health.restsUntil = deps.now();
    },
  };
}

import type { SlotEnd } from '../transfer-context.ts';

/** Refusals this near to one another are one sign, not several: they were all asked at once. In milliseconds. */
const oneSignMs = 2000;
/** Without trouble for this long, a host gets one connection more. In milliseconds. */
const growEveryMs = 20_000;
/** Connections to a host that has not given anything yet: should it be ill, no more than these find out at once. */
const mostUntried = 4;

/** How many connections one host takes, and has. */
export interface HostState {
  inUse: number;
  /** Connections over which it is giving a file now. */
  serving: number;
  /** How many it is given now, at least one. */
  limit(): number;
  /** Nothing is under way and nothing was learnt. */
  isPlain(): boolean;
  /** A connection ended like this. */
  learn(how: SlotEnd): void;
  /** It has begun to give a file. */
  served(): void;
}

/**
 * Makes the state of a host that nothing is known of: it gets what the settings allow. A refusal halves that, a break
 * takes one; each success adds a part of one and each quiet while a whole one.
 */
export function createHostState(deps: { most: () => number; now: () => number }): HostState {
  const { most, now } = deps;
  let learnt = Number.POSITIVE_INFINITY;
  let cutAt = Number.NEGATIVE_INFINITY;
  let changedAt = now();
  let isTried = false;
  const current = (): number => {
    const quiet = Math.floor((now() - changedAt) / growEveryMs);
    if (quiet > 0) {
      learnt += quiet;
      changedAt += quiet * growEveryMs;
    }
    if (learnt >= most()) learnt = Number.POSITIVE_INFINITY;
    return Math.max(1, Math.min(most(), learnt));
  };
  const state: HostState = {
    inUse: 0,
    serving: 0,
    limit: () => Math.min(Math.floor(current()), isTried ? Number.POSITIVE_INFINITY : mostUntried),
    isPlain: () => state.inUse === 0 && current() >= most(),
    served: () => {
      isTried = true;
      state.serving++;
    },
    learn: (how) => {
      // Says nothing about how many it bears.
      if (how === 'distrusted') return;
      const at = now();
      if (how === 'fine') learnt = current() + 1 / current();
      else if (at - cutAt >= oneSignMs) {
        const had = Math.min(current(), state.inUse);
        learnt = Math.max(1, how === 'refused' ? Math.floor(had / 2) : had - 1);
        cutAt = at;
        changedAt = at;
      }
    },
  };
  return state;
}

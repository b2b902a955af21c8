import { setTimeout as sleep } from 'node:timers/promises';
import { RushesError } from '../../../shared/errors/rushes-error.ts';

/** The pause between two questions to one host, in milliseconds: a guest does not hurry the house. */
const pauseMs = 100;
/** The longest Retry-After that is waited out within a sync; a longer one ends it, to be taken up at its time. */
const longestWaitMs = 60_000;

/** What a question came to, as far as the queue of its host needs to know. */
export interface Turn<T> {
  readonly value: T;
  /** How long the host wants to be left alone from now on, in milliseconds. */
  readonly restMs: number | null;
}

/** One question at a time a host, whichever sources ask, in the order of asking. */
export interface HostQueue {
  /** @throws RushesError CANCELLED; SOURCE_UNAVAILABLE with `retryAfterMs` while the host wants a long rest. */
  inTurn<T>(host: string, ask: () => Promise<Turn<T>>, signal: AbortSignal): Promise<T>;
  /** The host wants to be left alone, said by an answer that was none. */
  rest(host: string, restMs: number): void;
}

/** Builds the queues of all hosts. `pace` scales the pauses, for tests; a host of this machine is not spared. */
export function createHostQueue(deps: { now: () => number; pace?: number }): HostQueue {
  const tails = new Map<string, Promise<void>>();
  const freeAt = new Map<string, number>();
  const pace = deps.pace ?? 1;

  const waitFor = async (host: string, signal: AbortSignal): Promise<void> => {
    const waitMs = (freeAt.get(host) ?? 0) - deps.now();
    if (waitMs <= 0) return;
    if (waitMs > longestWaitMs) {
      throw new RushesError('SOURCE_UNAVAILABLE', `${host} asks to be left alone for a while.`, {
        retryAfterMs: waitMs,
      });
    }
    await sleep(waitMs, undefined, { signal }).catch(() => undefined);
  };

  return {
    rest: (host, restMs) => void freeAt.set(host, Math.max(freeAt.get(host) ?? 0, deps.now() + restMs)),
    inTurn: async (host, ask, signal) => {
      const before = tails.get(host) ?? Promise.resolve();
      const { promise: mine, resolve: leave } = Promise.withResolvers<void>();
      tails.set(host, mine);
      try {
        await before;
        await waitFor(host, signal);
        if (signal.aborted) throw new RushesError('CANCELLED', 'Cancelled.');
        const { value, restMs } = await ask();
        const ownPauseMs = isThisMachine(host) ? 0 : pauseMs * pace;
        freeAt.set(host, deps.now() + Math.max(ownPauseMs, restMs ?? 0));
        return value;
      } finally {
        leave();
        if (tails.get(host) === mine) tails.delete(host);
      }
    },
  };
}

function isThisMachine(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/.test(host);
}

import { setTimeout as sleep } from 'node:timers/promises';
import { RushesError } from '../../../shared/errors/rushes-error.ts';

/** The pause between two questions to one host, in milliseconds: a guest does not hurry the house. */
const pauseMs = 100;
/** The longest Retry-After that is waited out within a sync; a longer one ends it, to be taken up at its time. */
const longestWaitMs = 60_000;
/** The longest rest that is believed: no host closes a door for ever by one header. */
const longestRestMs = 24 * 3_600_000;

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
  const rests = new Map<string, { readonly fromMs: number; readonly untilMs: number }>();
  const pace = deps.pace ?? 1;

  const setRest = (host: string, restMs: number): void => {
    const fromMs = deps.now();
    rests.set(host, { fromMs, untilMs: fromMs + Math.min(restMs, longestRestMs) });
  };
  /** A rest that begins in the future is of a clock that was set back since: nobody can tell what is left of it. */
  const restLeftMs = (host: string): number => {
    const { fromMs, untilMs } = rests.get(host) ?? { fromMs: 0, untilMs: 0 };
    return deps.now() < fromMs ? 0 : Math.max(0, untilMs - deps.now());
  };
  const waitFor = async (host: string, signal: AbortSignal): Promise<void> => {
    const waitMs = restLeftMs(host);
    if (waitMs === 0 || signal.aborted) return;
    if (waitMs > longestWaitMs) {
      throw new RushesError('SOURCE_UNAVAILABLE', `${host} asks to be left alone for a while.`, {
        retryAfterMs: waitMs,
      });
    }
    await sleep(waitMs, undefined, { signal }).catch(() => undefined);
  };

  return {
    rest: (host, restMs) => setRest(host, Math.max(restLeftMs(host), restMs)),
    inTurn: async (host, ask, signal) => {
      const before = tails.get(host) ?? Promise.resolve();
      const { promise: mine, resolve: leave } = Promise.withResolvers<void>();
      tails.set(host, mine);
      try {
        await orAborted(before, signal);
        await waitFor(host, signal);
        if (signal.aborted) throw new RushesError('CANCELLED', 'Cancelled.');
        const { value, restMs } = await ask();
        const ownPauseMs = isThisMachine(host) ? 0 : pauseMs * pace;
        setRest(host, Math.max(ownPauseMs, restMs ?? 0));
        return value;
      } finally {
        // Whoever gives up in the queue lets nobody past those before.
        void before.then(() => {
          leave();
          if (tails.get(host) === mine) tails.delete(host);
        });
      }
    },
  };
}

/** Waits for a turn, but no longer than it is wanted. */
async function orAborted(turn: Promise<void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const onAbort = (): void => resolve();
  signal.addEventListener('abort', onAbort);
  void turn.then(onAbort);
  await promise;
  signal.removeEventListener('abort', onAbort);
}

function isThisMachine(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/.test(host);
}

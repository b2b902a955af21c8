import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Lets one reader at a time onto a volume: two at once make a disk seek, and each waits longer. */
export interface VolumeTurns {
  /** Which volume a path lies on; the same text for paths of one volume. */
  volumeOf(path: string): Promise<string>;
  /**
   * Does the work when it is its turn. First come, first served.
   *
   * @throws The signal's reason, at once, when it aborts before the turn has come; what the work throws.
   */
  take<T>(volume: string, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

/** Makes the turns of all volumes. */
export function createVolumeTurns(): VolumeTurns {
  const last = new Map<string, Promise<void>>();
  return {
    volumeOf: async (path) => {
      for (let folder = dirname(path); ; folder = dirname(folder)) {
        const facts = await stat(folder).catch(() => null);
        if (facts) return String(facts.dev);
        if (folder === dirname(folder)) return '';
      }
    },
    take: async (volume, signal, work) => {
      const before = last.get(volume) ?? Promise.resolve();
      const { promise: mine, resolve: end } = Promise.withResolvers<void>();
      // Who comes later waits for those before as well: this one may give up while they are at work.
      const ended = Promise.all([before, mine]).then(() => {
        if (last.get(volume) === ended) last.delete(volume);
      });
      last.set(volume, ended);
      try {
        await unlessAborted(before, signal);
        return await work();
      } finally {
        end();
      }
    },
  };
}

async function unlessAborted(turn: Promise<unknown>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort);
  try {
    await Promise.race([turn, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

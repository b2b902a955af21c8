import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Lets one reader at a time onto a volume: two at once make a disk seek, and each waits longer. */
export interface VolumeTurns {
  /** Which volume a path lies on; the same text for paths of one volume. */
  volumeOf(path: string): Promise<string>;
  /** Does the work when it is its turn. First come, first served. */
  take<T>(volume: string, work: () => Promise<T>): Promise<T>;
}

/** Makes the turns of all volumes. */
export function createVolumeTurns(): VolumeTurns {
  const last = new Map<string, Promise<unknown>>();
  return {
    volumeOf: async (path) => {
      for (let folder = dirname(path); ; folder = dirname(folder)) {
        const facts = await stat(folder).catch(() => null);
        if (facts) return String(facts.dev);
        if (folder === dirname(folder)) return '';
      }
    },
    take: async (volume, work) => {
      const before = last.get(volume);
      const mine = (before ?? Promise.resolve()).then(work);
      const ended = mine.catch(() => undefined);
      last.set(volume, ended);
      try {
        return await mine;
      } finally {
        if (last.get(volume) === ended) last.delete(volume);
      }
    },
  };
}

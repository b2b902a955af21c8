import type { Connection } from '../storage/open-database.ts';

/** After this a transaction takes in nothing more; what it holds is then written out, which takes half as long again. */
const sliceMs = 50;

/** Does long work in transactions that are short each, so that nobody who writes beside waits for long. */
export function createSlices(db: Connection, deps: { onUndone: () => void }) {
  const within = <T>(work: (isLate: () => boolean) => T): T => {
    const startedAt = performance.now();
    try {
      return db.transaction(() => work(() => performance.now() - startedAt > sliceMs)).immediate();
    } catch (error) {
      deps.onUndone();
      throw error;
    }
  };
  return {
    /** One transaction. */
    once: within,
    /** All items, in as many transactions as it takes; `atEnd` belongs to each, `atLast` to the last of them. */
    each: <T>(
      items: readonly T[],
      work: (item: T) => void,
      also: { atEnd?: () => void; atLast?: () => void } = {},
    ): void => {
      let at = 0;
      do {
        within((isLate) => {
          for (; at < items.length; at++) {
            work(items[at] as T);
            if (isLate()) {
              at++;
              break;
            }
          }
          also.atEnd?.();
          if (at >= items.length) also.atLast?.();
        });
      } while (at < items.length);
    },
  };
}
export type Slices = ReturnType<typeof createSlices>;

import type { Connection } from '../storage/open-database.ts';

/** After this a transaction takes in nothing more; what it holds is then written out, which may take as long again. */
const sliceMs = 30;

/** Pages of the log before they are moved into the file: fewer moves, at some 64 MB of log. */
const logPages = 16_000;

/**
 * Does long work in transactions that are short each, so that nobody who writes beside waits for long. The log is moved
 * into the file between two of them: others may write meanwhile.
 */
export function createSlices(db: Connection, deps: { onUndone: () => void }) {
  db.pragma('wal_autocheckpoint = 0');
  const shortenLog = (): void => {
    try {
      const [now] = db.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
      if (now && now.log - now.checkpointed > logPages) db.pragma('wal_checkpoint(PASSIVE)');
    } catch {
      // What was committed is safe in the log; when there is no room to move it, the next commit says so.
    }
  };
  const within = <T>(work: (isLate: () => boolean) => T): T => {
    const startedAt = performance.now();
    try {
      return db.transaction(() => work(() => performance.now() - startedAt > sliceMs)).immediate();
    } catch (error) {
      deps.onUndone();
      throw error;
    } finally {
      shortenLog();
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

import { isDue } from './next-sync.ts';
import type { SourceConfig } from './source-model.ts';

/** How often it is looked whether a source is due, and how many are read at once by themselves. */
const lookEveryMs = 20_000;
const mostAtOnce = 3;

/** Reads sources by themselves, each at its time. */
export interface SyncSchedule {
  /** Begins to look. */
  start(): void;
  /** Looks now: something has become due. */
  look(): void;
  close(): Promise<void>;
}

/** Builds the schedule. `sync` never rejects: how it ended is the source's state. */
export function createSyncSchedule(deps: {
  now: () => number;
  sources: () => readonly SourceConfig[];
  isSyncing: (sourceId: string) => boolean;
  sync: (sourceId: string, signal: AbortSignal) => Promise<void>;
  lookEveryMs?: number;
}): SyncSchedule {
  const closing = new AbortController();
  const running = new Map<string, Promise<void>>();
  let timer: NodeJS.Timeout | null = null;

  const look = (): void => {
    if (closing.signal.aborted || timer === null) return;
    const now = deps.now();
    const due = deps
      .sources()
      .filter((source) => isDue(source, now) && !running.has(source.id) && !deps.isSyncing(source.id))
      .sort((a, b) => (a.nextSyncAtMs ?? 0) - (b.nextSyncAtMs ?? 0));
    for (const { id } of due.slice(0, Math.max(0, mostAtOnce - running.size))) {
      running.set(
        id,
        deps.sync(id, closing.signal).finally(() => {
          running.delete(id);
          look();
        }),
      );
    }
  };

  return {
    start: () => {
      timer ??= setInterval(look, deps.lookEveryMs ?? lookEveryMs).unref();
      look();
    },
    look,
    close: async () => {
      closing.abort();
      if (timer) clearInterval(timer);
      await Promise.all(running.values());
    },
  };
}

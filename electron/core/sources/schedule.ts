import { isDue } from './next-sync.ts';
import type { SourceConfig } from './source-model.ts';

/** How often it is looked whether a source is due, in milliseconds, and how many are read at once by themselves. */
const lookEveryMs = 20_000;
const mostAtOnce = 3;

/** Reads sources by themselves, each at its time. */
export interface SyncSchedule {
  /** Begins to look. Until then, and in a core that never begins, no source is read by itself. */
  start(): void;
  isOn(): boolean;
  /** Looks now: something may have become due. */
  look(): void;
  close(): Promise<void>;
}

/**
 * Builds the schedule. It looks at the clock on the wall again and again and never waits for a time, so that a machine
 * that slept, or whose clock was set, does what is due and no more. `sync` never rejects: how it ended stands with the
 * source.
 */
export function createSyncSchedule(deps: {
  readonly now: () => number;
  readonly sources: () => readonly Pick<SourceConfig, 'id' | 'nextSyncAtMs' | 'everyMinutes'>[];
  readonly isSyncing: (sourceId: string) => boolean;
  readonly sync: (sourceId: string, signal: AbortSignal) => Promise<void>;
  readonly lookEveryMs?: number;
}): SyncSchedule {
  const closing = new AbortController();
  const running = new Map<string, Promise<void>>();
  const begunAtMs = new Map<string, number>();
  const everyMs = deps.lookEveryMs ?? lookEveryMs;
  let timer: NodeJS.Timeout | null = null;

  // Whatever becomes of a sync, the same source is not begun again at once.
  const isFresh = (id: string, now: number): boolean =>
    Math.abs(now - (begunAtMs.get(id) ?? -Infinity)) < everyMs;
  const begin = (id: string, now: number): void => {
    begunAtMs.set(id, now);
    const done = deps.sync(id, closing.signal).then(() => {
      running.delete(id);
      look();
    });
    running.set(id, done);
  };
  const look = (): void => {
    if (closing.signal.aborted || timer === null) return;
    const now = deps.now();
    const due = deps
      .sources()
      .filter((source) => isDue(source, now) && !isFresh(source.id, now))
      .filter(({ id }) => !running.has(id) && !deps.isSyncing(id))
      .sort((a, b) => (a.nextSyncAtMs ?? 0) - (b.nextSyncAtMs ?? 0));
    for (const { id } of due.slice(0, Math.max(0, mostAtOnce - running.size))) begin(id, now);
  };

  return {
    start: () => {
      timer ??= setInterval(look, everyMs).unref();
      look();
    },
    isOn: () => timer !== null,
    look,
    close: async () => {
      closing.abort();
      if (timer) clearInterval(timer);
      await Promise.all(running.values());
    },
  };
}

import { isDue } from './next-sync.ts';
import type { SourceConfig } from './source-model.ts';

/** How often it is looked whether a source is due, in milliseconds, and how many are read at once by themselves. */
const lookEveryMs = 20_000;
const mostAtOnce = 3;
/**
 * After a wake each source waits for a time of its own between these, in milliseconds: not every host is asked in the
 * same second, and the network of a lid just opened needs a moment.
 */
const soonestMs = 1000;
const latestMs = 10_000;
/** A timer may be done a little before the clock on the wall says so, in milliseconds. */
const clocksDifferMs = 50;
/** A reading that is younger began after the machine was awake, in milliseconds. */
const youngMs = 60_000;

/** What the schedule goes by of a source. */
export type Scheduled = Pick<SourceConfig, 'id' | 'nextSyncAtMs' | 'everyMinutes' | 'state' | 'evidence'>;

/** Reads sources by themselves, each at its time. */
export interface SyncSchedule {
  /** Begins to look. Until then, and in a core that never begins, no source is read by itself. */
  start(): void;
  isOn(): boolean;
  /** Looks now: something may have become due. */
  look(): void;
  /**
   * The network is back, or the machine awake: what became due meanwhile is read within seconds, and so is what could
   * not be reached, however long it was to be left alone. A reading that slept begins again where it was.
   */
  wake(why: 'online' | 'awake'): void;
  close(): Promise<void>;
}

/** A reading that has begun by itself. */
interface Run {
  readonly done: Promise<void>;
  readonly abort: AbortController;
}

interface ScheduleDeps {
  readonly now: () => number;
  readonly sources: () => readonly Scheduled[];
  readonly isSyncing: (sourceId: string) => boolean;
  readonly sync: (sourceId: string, signal: AbortSignal) => Promise<void>;
  readonly lookEveryMs?: number;
  /** From 0 to 1; a test may give its own. */
  readonly random?: () => number;
}

/**
 * Builds the schedule. It looks at the clock on the wall again and again and never waits for a time, so that a machine
 * that slept, or whose clock was set, does what is due and no more. `sync` never rejects: how it ended stands with the
 * source.
 */
export function createSyncSchedule(deps: ScheduleDeps): SyncSchedule {
  const { now } = deps;
  const running = new Map<string, Run>();
  const begunAtMs = new Map<string, number>();
  const woken = createWoken(deps);
  const everyMs = deps.lookEveryMs ?? lookEveryMs;
  let timer: NodeJS.Timeout | null = null;
  let isClosed = false;

  // Whatever becomes of a sync, the same source is not begun again at once.
  const isFresh = (id: string): boolean => Math.abs(now() - (begunAtMs.get(id) ?? -Infinity)) < everyMs;
  const begin = (id: string): void => {
    begunAtMs.set(id, now());
    woken.begun(id);
    const abort = new AbortController();
    const done = deps.sync(id, abort.signal).then(() => {
      running.delete(id);
      look();
    });
    running.set(id, { done, abort });
  };
  const isWanted = (source: Scheduled): boolean => {
    const state = woken.of(source.id);
    return state === null ? isDue(source, now()) : state === 'now' && source.everyMinutes !== null;
  };
  const look = (): void => {
    if (isClosed || timer === null) return;
    const due = deps
      .sources()
      .filter((source) => isWanted(source) && !isFresh(source.id))
      .filter(({ id }) => !running.has(id) && !deps.isSyncing(id))
      .sort((a, b) => (a.nextSyncAtMs ?? 0) - (b.nextSyncAtMs ?? 0));
    for (const { id } of due.slice(0, Math.max(0, mostAtOnce - running.size))) begin(id);
  };
  /** Sockets that slept are as good as dead, and only a time-out would say so. */
  const stopSleepers = (): void => {
    for (const [id, { abort }] of running) {
      if (Math.abs(now() - (begunAtMs.get(id) ?? 0)) < youngMs) continue;
      woken.add(id, look);
      abort.abort();
    }
  };

  return {
    start: () => {
      timer ??= setInterval(look, everyMs).unref();
      look();
    },
    isOn: () => timer !== null,
    look,
    wake: (why) => {
      if (isClosed || timer === null) return;
      if (why === 'awake') stopSleepers();
      for (const source of deps.sources()) {
        if (isDue(source, now()) || wasOutOfReach(source)) woken.add(source.id, look);
      }
    },
    close: async () => {
      isClosed = true;
      woken.close();
      if (timer) clearInterval(timer);
      for (const { abort } of running.values()) abort.abort();
      await Promise.all([...running.values()].map(({ done }) => done));
    },
  };
}

/** Whether nothing came back when it was asked last, which may have been this machine's network. */
function wasOutOfReach({ state, evidence, everyMinutes }: Scheduled): boolean {
  return everyMinutes !== null && state === 'unavailable' && evidence === null;
}

/** The sources that are to be read because of a wake, each at a moment of its own. */
function createWoken({ now, random = Math.random }: ScheduleDeps) {
  const fromMs = new Map<string, number>();
  const timers = new Set<NodeJS.Timeout>();
  return {
    /** Woken twice, it keeps its first moment. */
    add: (id: string, look: () => void): void => {
      if (fromMs.has(id)) return;
      const restMs = soonestMs + random() * (latestMs - soonestMs);
      fromMs.set(id, now() + restMs);
      const timer = setTimeout(() => {
        timers.delete(timer);
        look();
      }, restMs + clocksDifferMs);
      timers.add(timer.unref());
    },
    /** Whether it is to be read now or waits for its moment; null when it was not woken. */
    of: (id: string): 'now' | 'waits' | null => {
      const from = fromMs.get(id);
      if (from === undefined) return null;
      const restMs = from - now();
      // A clock that was set back makes nobody wait for long.
      return restMs <= 0 || restMs > latestMs ? 'now' : 'waits';
    },
    begun: (id: string): void => void fromMs.delete(id),
    close: (): void => {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import {
  createSyncSchedule,
  type Scheduled,
  type SyncSchedule,
} from '../../../electron/core/sources/schedule.ts';

type Changeable = { -readonly [K in keyof Scheduled]: Scheduled[K] };

/** A source that was read well. */
export function aSource(of: Partial<Scheduled> & { id: string }): Changeable {
  return { nextSyncAtMs: 1, everyMinutes: 15, state: 'ok', evidence: null, ...of };
}

/** A schedule with what it reads and has read. */
interface Rig {
  nowMs: number;
  readonly due: Changeable[];
  /** Between 0 and 1: where in its spread the next wake puts a source. */
  random: number;
  readonly begun: string[];
  most: number;
  readonly schedule: SyncSchedule;
}

/** A schedule on a clock of its own; each sync takes a moment and is due again after its time. */
export function aSchedule(sync: (id: string, signal: AbortSignal) => Promise<void> = () => sleep(5)): Rig {
  let open = 0;
  const schedule = createSyncSchedule({
    now: () => rig.nowMs,
    sources: () => rig.due,
    isSyncing: () => false,
    lookEveryMs: 20,
    random: () => rig.random,
    sync: async (id, signal) => {
      rig.begun.push(id);
      rig.most = Math.max(rig.most, ++open);
      await sync(id, signal);
      open--;
      const source = rig.due.find((one) => one.id === id);
      if (source?.everyMinutes && !Object.isFrozen(source))
        source.nextSyncAtMs = rig.nowMs + source.everyMinutes * 60_000;
    },
  });
  const rig: Rig = { nowMs: 1_000_000, due: [], begun: [], most: 0, random: 0, schedule };
  onTestFinished(() => schedule.close());
  return rig;
}

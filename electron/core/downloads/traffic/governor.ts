import type { DownloadTotals } from '../../../../shared/contract/downloads.ts';
import { drop } from '../../drop.ts';
import type { JobRunner } from '../../jobs/job-runner.ts';
import type { Clock, Log, Notify } from '../../ports.ts';
import type { DownloadRow } from '../download-row.ts';
import type { DownloadsRepo } from '../downloads-repo.ts';
import type { Engine } from '../engine.ts';
import { isLoopback } from './network.ts';
import { createOutlook, type Outlook } from './outlook.ts';
import { createOrderKeeper } from './order-keeper.ts';
import { createRoomKeeper } from './room-keeper.ts';
import { createTimeWatch } from './time-watch.ts';
import type { Traffic } from './traffic.ts';
import { createWaking } from './waking.ts';

/** Room is looked at every so many ticks, the network and what waits for room every so many. */
const roomTicks = 2;
const placeTicks = 5;

/** What the governor needs. */
export interface GovernorDeps {
  readonly repo: DownloadsRepo;
  readonly engine: Engine;
  readonly jobs: JobRunner;
  readonly clock: Clock;
  readonly log: Log;
  readonly notify: Notify;
  readonly traffic: Traffic;
  readonly settings: { parallelDownloads(): number; keepFreeBytes(): number | null };
  readonly tickMs: number;
  readonly enqueue: (rows: readonly DownloadRow[]) => void;
}

/** Looks after the queue while time passes. */
export interface Governor {
  readonly outlook: Outlook;
  /** How many may run now. */
  places(): number;
  totals(): DownloadTotals;
  /** The order, a rate or a rule is another one: acts on it at once. */
  look(): void;
  /** The network is back, or the machine awake. */
  wake(why: 'online' | 'awake'): number;
  /** The way out is another one, or other certificates are believed: what waited for that is tried at once. */
  wakeWayOut(): void;
  start(): void;
  close(): void;
}

/**
 * Makes the governor. All that depends on the passing of time happens in one tick, and each thing is looked at rather
 * than remembered: a rule that changed, a disk that filled, a network that went is found however it came about.
 */
export function createGovernor(deps: GovernorDeps): Governor {
  const { repo, engine, traffic, clock, jobs } = deps;
  const outlook = createOutlook(deps);
  const room = createRoomKeeper(deps);
  const keepOrder = createOrderKeeper({ ...deps, outlook });
  const { wake, wakeFor, wakeWayOut, stopAll } = createWaking(deps);
  const clocks = (): { wallMs: number; monotonicMs: number } => ({
    wallMs: clock.now(),
    monotonicMs: performance.now(),
  });
  const jumped = createTimeWatch(clocks());
  let timer: NodeJS.Timeout | null = null;
  let ticks = 0;
  let ruleText = '';

  const told = (error: unknown): void => {
    deps.log.error('The queue could not be looked after.', { error: String(error) });
  };
  const keepRule = (): void => {
    const rule = traffic.rule();
    const text = JSON.stringify(rule);
    if (text === ruleText) return;
    ruleText = text;
    if (rule.holds) stopAll();
    deps.notify('download');
    jobs.kick();
  };
  const keepNetwork = (): void => {
    if (traffic.online()) return void wakeFor(['OFFLINE']);
    for (const { row, askedHost } of engine.active()) {
      if (askedHost !== null && !isLoopback(askedHost)) engine.interrupt(row.id, 'offline');
    }
  };

  const tick = (): void => {
    ticks++;
    if (jumped(clocks())) {
      deps.log.info('The machine has slept, or its clock was set.');
      // A time to try again that lies beyond every rule was written by a clock that was ahead.
      deps.enqueue(repo.waitingBeyond(clock.now() + 24 * 60 * 60 * 1000));
      wake('awake');
    }
    keepRule();
    traffic.limits.look();
    if (traffic.rule().holds) return;
    keepOrder();
    if (ticks % roomTicks === 0) drop(room.guard(), told);
    if (ticks % placeTicks === 0) {
      drop(room.recheck(), told);
      keepNetwork();
    }
  };

  return {
    outlook,
    wake,
    wakeWayOut,
    places: () => (traffic.rule().holds ? 0 : deps.settings.parallelDownloads()),
    totals: () => {
      const rule = traffic.rule();
      const sums = repo.activeSums();
      // Outside the hours what is queued is shown to wait for them.
      const held = rule.holds ? { queued: 0, waiting: sums.waiting + sums.queued } : {};
      return { ...sums, ...held, ...outlook.totals(), rule, online: traffic.online() };
    },
    look: () => {
      outlook.forget();
      for (const running of engine.active()) running.maxRate = repo.find(running.row.id)?.maxRate ?? null;
      keepOrder();
      jobs.kick();
    },
    start: () => {
      // A fault is told and the next tick goes on: a full disk must not end the looking after it.
      timer = setInterval(() => drop(Promise.resolve().then(tick), told), deps.tickMs);
      timer.unref();
    },
    close: () => {
      if (timer) clearInterval(timer);
      timer = null;
    },
  };
}

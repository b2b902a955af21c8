import { freeSpace } from '../files/free-space.ts';
import type { JobResult } from '../jobs/job.ts';
import type { Notify } from '../ports.ts';
import { fetchAll, promisesSame } from './attempt.ts';
import type { DownloadRow } from './download-row.ts';
import type { EngineDeps } from './engine-deps.ts';
import { adopt, finish, prove } from './finish.ts';
import type { Completion } from './downloads-repo.ts';
import { createLinkKeeper } from './link-keeper.ts';
import { spareBytes } from './open-target.ts';
import { ofError, placeRetryMs, type Outcome } from './outcome.ts';
import { createPace } from './pace.ts';
import { retryDelayMs } from './retry-delay.ts';
import { createSpeedMeter, type SpeedMeter } from './speed-meter.ts';
import type { Line } from './transfer-context.ts';

/** Progress is told at most this often for one download, in milliseconds. */
const noticeEveryMs = 250;

type Ending = Outcome | ({ readonly kind: 'complete' } & Completion);

interface Running {
  readonly row: DownloadRow;
  readonly abort: AbortController;
  readonly meter: SpeedMeter;
  readonly ended: Promise<unknown>;
  fetchedBytes: number;
  host: string | null;
}

const runnable: ReadonlySet<string> = new Set(['queued', 'waiting', 'running', 'verifying']);

/** Runs attempts. One download is never worked on twice at the same time. */
export interface Engine {
  /** One attempt, from wherever the last one left it; ends soon after the signal aborts, with everything journalled. */
  run(id: string, signal: AbortSignal): Promise<JobResult>;
  /** How fast a download is, while it runs. */
  meterOf(id: string): SpeedMeter | null;
  /** Gives a finished file to the one who asked to be told; safe to repeat. */
  handOver(row: DownloadRow): Promise<void>;
  /** Stops everything that runs. */
  close(): Promise<void>;
}

/** Makes the engine. */
export function createEngine(deps: EngineDeps & { readonly notify: Notify }): Engine {
  const { repo, clock, log } = deps;
  const active = new Map<string, Running>();
  let closed = false;

  const run = async (id: string, jobSignal: AbortSignal): Promise<JobResult> => {
    // A download that was resumed while it was still stopping.
    await active.get(id)?.ended;
    const row = repo.find(id);
    if (!row || !runnable.has(row.state)) return { kind: 'done' };
    if (closed) return { kind: 'wait', reason: 'QUIT', notBeforeMs: null };
    repo.stand(id, { state: 'running', reason: null, detail: null, retryAtMs: null });
    const { promise: ended, resolve: end } = Promise.withResolvers<null>();
    const abort = new AbortController();
    const meter = createSpeedMeter(() => performance.now());
    const running: Running = { row, abort, meter, ended, fetchedBytes: 0, host: null };
    active.set(id, running);
    deps.notify('download', id);
    const attempt = repo.beginAttempt(id, clock.now());
    try {
      const ending = await perform(running, AbortSignal.any([jobSignal, abort.signal]));
      const outcome = 'reason' in ending ? ending.reason : ending.kind;
      repo.endAttempt(attempt, {
        now: clock.now(),
        host: running.host,
        fetchedBytes: running.fetchedBytes,
        outcome,
      });
      if (ending.kind === 'complete') await handOver(repo.find(id) ?? row);
      return await settle(running, ending);
    } finally {
      active.delete(id);
      end(null);
      deps.notify('download', id);
    }
  };

  const perform = async (running: Running, signal: AbortSignal): Promise<Ending> => {
    const { id } = running.row;
    try {
      const found = await adopt(deps, running.row);
      if (found) return { kind: 'complete', ...found };
      const line = lineOf(running, signal);
      for (;;) {
        const outcome = await fetchAll({ deps, id, line, signal });
        if (signal.aborted) return { kind: 'stopped' };
        if (outcome.kind !== 'fetched') return outcome;
        await deps.checkpoint('fetched');
        repo.settle(id, { state: 'verifying', reason: null, detail: null, retryAtMs: null });
        deps.notify('download', id);
        const row = repo.find(id) ?? running.row;
        const proof = await prove(deps, row, signal);
        await deps.checkpoint('verified');
        if (signal.aborted) return { kind: 'stopped' };
        if (proof.kind === 'fail') return proof;
        if (proof.kind === 'good') return { kind: 'complete', ...(await finish(deps, row, proof)) };
        repo.settle(id, { state: 'running', reason: null, detail: null, retryAtMs: null });
      }
    } catch (error) {
      if (signal.aborted) return { kind: 'stopped' };
      const outcome = ofError(error);
      if (outcome.kind === 'fail' && outcome.reason === 'INTERNAL') {
        log.error('A download met a bug.', { id, error: error instanceof Error ? (error.stack ?? '') : '' });
      }
      return outcome;
    }
  };

  const lineOf = (running: Running, signal: AbortSignal): Line => {
    const { id, options } = running.row;
    let noticedAt = 0;
    const resolve = deps.resolve;
    return {
      http: deps.http,
      links: createLinkKeeper({
        clock,
        resolve: (previous) => resolve(running.row, previous ? { signal, previous } : { signal }),
      }),
      timeouts: deps.tuning.timeouts,
      pace: createPace(options.maxRate ?? null, () => performance.now()),
      pauseMs: deps.tuning.pauseMs,
      random: deps.tuning.random,
      nowMs: () => clock.now(),
      expectsHtml: /\.x?html?(\.download)?$/i.test(running.row.fileName),
      conditions: { wanted: true },
      isSameFile: (link) => promisesSame(repo.find(id) ?? running.row, link),
      onHost: (host) => {
        running.host = host;
      },
      onBytes: (count) => {
        running.fetchedBytes += count;
        running.meter.add(count);
        const now = performance.now();
        if (now - noticedAt < noticeEveryMs) return;
        noticedAt = now;
        deps.notify('download', id);
      },
    };
  };

  const settle = async (running: Running, ending: Ending): Promise<JobResult> => {
    const { id } = running.row;
    const outcome = ending.kind === 'stopped' ? stoppedAs(running) : ending;
    switch (outcome.kind) {
      case 'complete':
        return { kind: 'done' };
      case 'fail': {
        const { reason, detail } = outcome;
        log.warn('A download failed.', { id, reason, detail });
        repo.settle(id, { state: 'failed', reason, detail, retryAtMs: null });
        return { kind: 'failed', reason };
      }
      case 'wait': {
        const { reason, detail } = outcome;
        const retryAtMs = retryAt(running, outcome);
        if (reason === 'NO_SPACE') await stopOthersOnFullDisk(running);
        repo.settle(id, { state: 'waiting', reason, detail, retryAtMs });
        return { kind: 'wait', reason, notBeforeMs: retryAtMs };
      }
      default:
        repo.settle(id, { state: 'queued', reason: 'QUIT', detail: null, retryAtMs: null });
        return { kind: 'wait', reason: 'QUIT', notBeforeMs: null };
    }
  };

  const retryAt = (running: Running, outcome: Extract<Outcome, { kind: 'wait' }>): number | null => {
    const { delay } = outcome;
    if (delay.kind === 'woken') return null;
    if (delay.kind === 'after') return clock.now() + delay.ms * deps.tuning.delayFactor;
    const progressed = running.fetchedBytes > 0;
    const failures = progressed ? 0 : (repo.find(running.row.id)?.failures ?? 0) + 1;
    repo.setFailures(running.row.id, failures);
    const { retryAfterMs } = delay;
    const wait = retryDelayMs({ failures, progressed, retryAfterMs, random: deps.tuning.random });
    return clock.now() + Math.ceil(wait * (retryAfterMs === null ? deps.tuning.delayFactor : 1));
  };

  /** A disk that is full for one is full for all that write there; they wait likewise instead of failing one by one. */
  const stopOthersOnFullDisk = async (full: Running): Promise<void> => {
    const free = await freeSpace(full.row.dir);
    if (free === null || free >= spareBytes) return;
    const part = repo.find(full.row.id)?.part;
    for (const other of active.values()) {
      const otherPart = repo.find(other.row.id)?.part;
      if (other !== full && part && otherPart && otherPart.dev === part.dev) other.abort.abort('NO_SPACE');
    }
  };

  const handOver = async (row: DownloadRow): Promise<void> => {
    const { path, sha256, sizeBytes } = row;
    if (path === null || sha256 === null || sizeBytes === null) return;
    try {
      repo.handedOver(row.id, await deps.onComplete(row, { path, sha256, sizeBytes }));
    } catch (error) {
      log.error('A finished file could not be taken in.', { id: row.id, error: String(error) });
    }
    deps.notify('download', row.id);
  };

  return {
    run,
    handOver,
    meterOf: (id) => active.get(id)?.meter ?? null,
    close: async () => {
      closed = true;
      const running = [...active.values()];
      for (const one of running) one.abort.abort('QUIT');
      await Promise.all(running.map((one) => one.ended));
    },
  };
}

function stoppedAs(running: Running): Outcome {
  if (running.abort.signal.reason !== 'NO_SPACE') return { kind: 'stopped' };
  const delay = { kind: 'after', ms: placeRetryMs } as const;
  return { kind: 'wait', reason: 'NO_SPACE', detail: 'The disk is full.', delay };
}

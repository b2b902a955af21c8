import type { DownloadReason } from '../../../shared/domain/download-reason.ts';
import { isFileError, toFileFault } from '../files/file-fault.ts';
import { freeSpace } from '../files/free-space.ts';
import type { JobResult } from '../jobs/job.ts';
import type { Notify } from '../ports.ts';
import { fetchAll, promisesSame } from './attempt.ts';
import type { DownloadRow } from './download-row.ts';
import type { Completion } from './downloads-repo.ts';
import type { EngineDeps } from './engine-deps.ts';
import { adopt, finish, prove } from './finish.ts';
import { createLinkKeeper } from './link-keeper.ts';
import { spareBytes } from './open-target.ts';
import { ofError, placeRetryMs, type Outcome } from './outcome.ts';
import { createPace } from './pace.ts';
import { retryDelayMs } from './retry-delay.ts';
import { createSpeedMeter, type SpeedMeter } from './speed-meter.ts';
import { sleep } from './strikes.ts';
import type { Line } from './transfer-context.ts';

/** Progress is told at most this often for one download, in milliseconds. */
const noticeEveryMs = 250;

type Ending = Outcome | ({ readonly kind: 'complete' } & Completion);

/** What keeps a download from going on. */
export interface Blocked {
  readonly reason: DownloadReason;
  readonly detail: string;
}

interface Running {
  readonly row: DownloadRow;
  readonly abort: AbortController;
  readonly meter: SpeedMeter;
  readonly ended: Promise<unknown>;
  fetchedBytes: number;
  host: string | null;
  blocked: Blocked | null;
}

const runnable: ReadonlySet<string> = new Set(['queued', 'waiting', 'running', 'verifying']);
const unsaid = { reason: null, detail: null, retryAtMs: null };

/** Runs attempts. One download is never worked on twice at the same time. */
export class Engine {
  readonly #deps: EngineDeps & { readonly notify: Notify };
  readonly #active = new Map<string, Running>();
  readonly #closing = new AbortController();

  constructor(deps: EngineDeps & { readonly notify: Notify }) {
    this.#deps = deps;
  }

  /** One attempt, from wherever the last one left it; ends soon after the signal aborts, with everything journalled. */
  async run(id: string, jobSignal: AbortSignal): Promise<JobResult> {
    const { repo, notify } = this.#deps;
    // A download that was resumed while it was still stopping.
    await this.#active.get(id)?.ended;
    const row = repo.find(id);
    if (!row || !runnable.has(row.state)) return { kind: 'done' };
    if (this.#closing.signal.aborted || jobSignal.aborted)
      return { kind: 'wait', reason: 'QUIT', notBeforeMs: null };
    const { promise: ended, resolve: end } = Promise.withResolvers<null>();
    const meter = createSpeedMeter(() => performance.now());
    const abort = new AbortController();
    const running: Running = { row, abort, meter, ended, fetchedBytes: 0, host: null, blocked: null };
    this.#active.set(id, running);
    notify('download', id);
    try {
      await this.#write(running, jobSignal, () => repo.stand(id, { state: 'running', ...unsaid }));
      const ending = await this.#attempt(running, jobSignal);
      if ('reason' in ending && ending.reason === 'NO_SPACE') await this.#stopOthersOnFullDisk(running);
      const result = await this.#write(running, jobSignal, () => this.#settle(running, ending));
      if (ending.kind === 'complete') await this.handOver(repo.find(id) ?? row);
      return result;
    } catch (error) {
      // The state could not be written before the end; the next start sets it right.
      if (!isFileError(error)) throw error;
      return { kind: 'wait', reason: 'QUIT', notBeforeMs: null };
    } finally {
      this.#active.delete(id);
      end(null);
      notify('download', id);
    }
  }

  /** Why a running download stands still although its row cannot say so: the database's own disk is full. */
  blockOf(id: string): Blocked | null {
    return this.#active.get(id)?.blocked ?? null;
  }

  /** How fast a download is, while it runs. */
  meterOf(id: string): SpeedMeter | null {
    return this.#active.get(id)?.meter ?? null;
  }

  /** Gives a finished file to the one who asked to be told; safe to repeat. */
  async handOver(row: DownloadRow): Promise<void> {
    const { repo, log, notify, onComplete } = this.#deps;
    const { path, sha256, sizeBytes } = row;
    if (path === null || sha256 === null || sizeBytes === null) return;
    try {
      repo.handedOver(row.id, await onComplete(row, { path, sha256, sizeBytes }));
    } catch (error) {
      log.error('A finished file could not be taken in.', { id: row.id, error: String(error) });
    }
    notify('download', row.id);
  }

  /** Stops everything that runs. */
  async close(): Promise<void> {
    this.#closing.abort();
    const running = [...this.#active.values()];
    for (const one of running) one.abort.abort('QUIT');
    await Promise.all(running.map((one) => one.ended));
  }

  /** Writes to the database, waiting for as long as its disk is full; gives up only when told to stop. */
  async #write<T>(running: Running, jobSignal: AbortSignal, work: () => T): Promise<T> {
    const stop = AbortSignal.any([jobSignal, this.#closing.signal]);
    for (;;) {
      try {
        const result = work();
        running.blocked = null;
        return result;
      } catch (error) {
        if (!isFileError(error) || stop.aborted) throw error;
        const { reason, message } = toFileFault(error, 'The database cannot be written');
        running.blocked = { reason, detail: message };
        this.#deps.log.error('The state of a download cannot be written down.', {
          id: running.row.id,
          reason,
        });
        this.#deps.notify('download', running.row.id);
        await sleep(Math.ceil(placeRetryMs * this.#deps.tuning.delayFactor), stop);
      }
    }
  }

  async #attempt(running: Running, jobSignal: AbortSignal): Promise<Ending> {
    const { repo, clock, log } = this.#deps;
    const { id } = running.row;
    const attempt = await this.#write(running, jobSignal, () => repo.beginAttempt(id, clock.now()));
    const signal = AbortSignal.any([jobSignal, running.abort.signal]);
    let ending: Ending;
    try {
      ending = await this.#perform(running, signal);
    } catch (error) {
      ending = signal.aborted ? { kind: 'stopped' } : ofError(error);
      if (ending.kind === 'fail' && ending.reason === 'INTERNAL') {
        log.error('A download met a bug.', { id, error: error instanceof Error ? (error.stack ?? '') : '' });
      }
    }
    const outcome = 'reason' in ending ? ending.reason : ending.kind;
    const { host, fetchedBytes } = running;
    await this.#write(running, jobSignal, () =>
      repo.endAttempt(attempt, { now: clock.now(), host, fetchedBytes, outcome }),
    );
    return ending;
  }

  /** From whatever is there to a published file. */
  async #perform(running: Running, signal: AbortSignal): Promise<Ending> {
    const deps = this.#deps;
    const { repo } = deps;
    const { id } = running.row;
    const found = await adopt(deps, running.row);
    if (found) return { kind: 'complete', ...found };
    const line = this.#lineOf(running, signal);
    for (;;) {
      const outcome = await fetchAll({ deps, id, line, signal });
      if (signal.aborted) return { kind: 'stopped' };
      if (outcome.kind !== 'fetched') return outcome;
      await deps.checkpoint('fetched');
      repo.settle(id, { state: 'verifying', ...unsaid });
      deps.notify('download', id);
      const row = repo.find(id) ?? running.row;
      const proof = await prove(deps, row, signal);
      await deps.checkpoint('verified');
      if (signal.aborted) return { kind: 'stopped' };
      if (proof.kind === 'fail') return proof;
      if (proof.kind === 'good') return { kind: 'complete', ...(await finish(deps, row, proof)) };
      repo.settle(id, { state: 'running', ...unsaid });
    }
  }

  #lineOf(running: Running, signal: AbortSignal): Line {
    const { repo, clock, http, tuning, resolve, notify } = this.#deps;
    const { id, options, fileName } = running.row;
    let noticedAt = 0;
    return {
      http,
      links: createLinkKeeper({
        clock,
        resolve: (previous) => resolve(running.row, previous ? { signal, previous } : { signal }),
      }),
      timeouts: tuning.timeouts,
      pace: createPace(options.maxRate ?? null, () => performance.now()),
      pauseMs: tuning.pauseMs,
      random: tuning.random,
      nowMs: () => clock.now(),
      expectsHtml: /\.x?html?(\.download)?$/i.test(fileName),
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
        notify('download', id);
      },
    };
  }

  /** Writes down how the attempt ended, unless the user has said otherwise meanwhile. */
  #settle(running: Running, ending: Ending): JobResult {
    const { repo, log } = this.#deps;
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
        const retryAtMs = this.#retryAt(running, outcome);
        repo.settle(id, { state: 'waiting', reason, detail, retryAtMs });
        return { kind: 'wait', reason, notBeforeMs: retryAtMs };
      }
      default:
        repo.settle(id, { state: 'queued', reason: 'QUIT', detail: null, retryAtMs: null });
        return { kind: 'wait', reason: 'QUIT', notBeforeMs: null };
    }
  }

  #retryAt(running: Running, outcome: Extract<Outcome, { kind: 'wait' }>): number | null {
    const { repo, clock, tuning } = this.#deps;
    const { delay } = outcome;
    if (delay.kind === 'woken') return null;
    if (delay.kind === 'after') return clock.now() + Math.ceil(delay.ms * tuning.delayFactor);
    const progressed = running.fetchedBytes > 0;
    const failures = progressed ? 0 : (repo.find(running.row.id)?.failures ?? 0) + 1;
    repo.setFailures(running.row.id, failures);
    const { retryAfterMs } = delay;
    const wait = retryDelayMs({ failures, progressed, retryAfterMs, random: tuning.random });
    return clock.now() + Math.ceil(wait * (retryAfterMs === null ? tuning.delayFactor : 1));
  }

  /** A disk that is full for one is full for all that write there; they wait likewise instead of failing one by one. */
  async #stopOthersOnFullDisk(full: Running): Promise<void> {
    const { repo } = this.#deps;
    const free = await freeSpace(full.row.dir);
    if (free === null || free >= spareBytes) return;
    const part = repo.find(full.row.id)?.part;
    for (const other of this.#active.values()) {
      const otherPart = repo.find(other.row.id)?.part;
      if (other !== full && part && otherPart && otherPart.dev === part.dev) other.abort.abort('NO_SPACE');
    }
  }
}

function stoppedAs(running: Running): Outcome {
  if (running.abort.signal.reason !== 'NO_SPACE') return { kind: 'stopped' };
  const delay = { kind: 'after', ms: placeRetryMs } as const;
  return { kind: 'wait', reason: 'NO_SPACE', detail: 'The disk is full.', delay };
}

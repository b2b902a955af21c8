import { isFileError, toFileFault } from '../files/file-fault.ts';
import type { JobResult } from '../jobs/job.ts';
import type { Notify } from '../ports.ts';
import { fetchAll, promisesSame, type AttemptContext } from './attempt.ts';
import type { DownloadRow } from './download-row.ts';
import type { LiveFacts } from './download-view.ts';
import type { EngineDeps } from './engine-deps.ts';
import { adopt, finish, prove } from './finish.ts';
import { createFollowing } from './following.ts';
import { createLearnt } from './learnt.ts';
import { createLinkKeeper } from './link-keeper.ts';
import { ofError, placeRetryMs, type RestReason } from './outcome.ts';
import { createPace } from './pace.ts';
import type { Interruption, Running } from './running.ts';
import { settle, type Ending } from './settle.ts';
import { createSpeedMeter } from './speed-meter.ts';
import { sleep } from './strikes.ts';
import { createBucket } from './traffic/bucket.ts';
import { reserveOf, volumeOf } from './traffic/room.ts';
import type { Line } from './transfer-context.ts';

/** Progress is told at most this often for one download, in milliseconds. */
const noticeEveryMs = 250;

/** A volume with less than this above its reserve is full for everyone, in bytes. */
const fullBytes = 1024 * 1024;

const runnable: ReadonlySet<string> = new Set(['queued', 'waiting', 'running', 'verifying']);
const resting: ReadonlySet<string> = new Set<RestReason>(['HOST_RESTING', 'CERTIFICATE']);
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
    const running: Running = {
      row,
      abort: new AbortController(),
      meter: createSpeedMeter(() => performance.now()),
      ended,
      startedAt: performance.now(),
      fetchedBytes: 0,
      host: null,
      askedHost: null,
      maxRate: row.maxRate,
      fetching: false,
      blocked: null,
    };
    this.#active.set(id, running);
    notify('download', id);
    try {
      await this.#write(running, jobSignal, () => repo.stand([id], { state: 'running', ...unsaid }));
      const ending = await this.#attempt(running, jobSignal);
      if ('reason' in ending && ending.reason === 'NO_SPACE') await this.#stopOthersOnFullDisk(running);
      const result = await this.#write(running, jobSignal, () => settle(this.#deps, running, ending));
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

  /** What is known of a download while it is worked on. */
  liveOf(id: string): LiveFacts {
    const running = this.#active.get(id);
    if (!running) return { active: false, bytesPerSecond: null, connections: 0, host: null, blocked: null };
    const { meter, host, blocked } = running;
    const connections = this.#deps.traffic.limits.inUse(id);
    return { active: true, bytesPerSecond: meter.bytesPerSecond(), connections, host, blocked };
  }

  /** Those that are worked on, in no order. */
  active(): readonly Running[] {
    return [...this.#active.values()];
  }

  /** Stops one that is fetching, with everything kept that came; what is said of it later is up to `why`. */
  interrupt(id: string, why: Interruption): boolean {
    const running = this.#active.get(id);
    if (!running?.fetching || running.abort.signal.aborted) return false;
    running.abort.abort(why);
    return true;
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
    for (const one of running) one.abort.abort('quit');
    await Promise.all(running.map((one) => one.ended));
    await this.#deps.followThread.close();
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
      ending.kind === 'wait' && resting.has(ending.reason) && fetchedBytes === 0
        ? repo.dropAttempt(attempt)
        : repo.endAttempt(attempt, { now: clock.now(), host, fetchedBytes, outcome }),
    );
    return ending;
  }

  /** From whatever is there to a published file. */
  async #perform(running: Running, signal: AbortSignal): Promise<Ending> {
    const deps = this.#deps;
    const { id } = running.row;
    const found = await adopt(deps, running.row);
    if (found) return { kind: 'complete', ...found };
    const line = this.#lineOf(running, signal);
    const following = createFollowing(deps);
    try {
      return await this.#fetchAndFinish(running, { deps, id, line, signal, following });
    } finally {
      following.close();
    }
  }

  async #fetchAndFinish(running: Running, context: AttemptContext): Promise<Ending> {
    const { deps, id, signal, following } = context;
    const { repo } = deps;
    for (;;) {
      running.fetching = true;
      const outcome = await fetchAll(context);
      running.fetching = false;
      if (signal.aborted) return { kind: 'stopped' };
      if (outcome.kind !== 'fetched') return outcome;
      await deps.checkpoint('fetched');
      repo.settle(id, { state: 'verifying', ...unsaid });
      this.#deps.notify('download', id);
      const row = repo.find(id) ?? running.row;
      const proof = await prove(deps, row, { following, signal });
      await deps.checkpoint('verified');
      if (signal.aborted) return { kind: 'stopped' };
      if (proof.kind === 'fail') return proof;
      if (proof.kind === 'good') return { kind: 'complete', ...(await finish(deps, row, proof)) };
      repo.settle(id, { state: 'running', ...unsaid });
    }
  }

  #lineOf(running: Running, signal: AbortSignal): Line {
    const { repo, clock, http, tuning, resolve, notify, traffic } = this.#deps;
    const { id, fileName } = running.row;
    const own = createBucket({ bytesPerSecond: () => running.maxRate, now: () => performance.now() });
    const slots = traffic.limits.of(id);
    let noticedAt = 0;
    return {
      http,
      links: createLinkKeeper({
        clock,
        resolve: (previous) => resolve(running.row, previous ? { signal, previous } : { signal }),
      }),
      timeouts: tuning.timeouts,
      pace: createPace([own, traffic.shared]),
      slots: {
        take: (host, taking) => {
          running.askedHost = host;
          return slots.take(host, taking);
        },
      },
      pauseMs: tuning.pauseMs,
      random: tuning.random,
      nowMs: () => clock.now(),
      expectsHtml: /\.x?html?(\.download)?$/i.test(fileName),
      learnt: createLearnt({ validatorsVary: running.row.validatorsVary, hosts: repo.hostsOf(id) }),
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

  /** A disk that is full for one is full for all that write there; they wait likewise instead of failing one by one. */
  async #stopOthersOnFullDisk(full: Running): Promise<void> {
    const { repo, keepFreeBytes } = this.#deps;
    const volume = await volumeOf(full.row.dir);
    if (!volume || volume.freeBytes >= reserveOf(volume, keepFreeBytes()) + fullBytes) return;
    const part = repo.find(full.row.id)?.part;
    for (const other of this.#active.values()) {
      const otherPart = repo.find(other.row.id)?.part;
      if (other !== full && part && otherPart && otherPart.dev === part.dev) other.abort.abort('no-space');
    }
  }
}

import type { Clock, Log, Notify } from '../ports.ts';
import type { JobKind, JobRequest, JobResult, StoredJob } from './job.ts';
import type { JobsRepo } from './jobs-repo.ts';

/** How far ahead one timer may be set; longer waits are set again. */
const longestTimerMs = 60 * 60 * 1000;

interface Running {
  readonly job: StoredJob;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
  /** Asked for again since it began: it is run once more when this run has ended. */
  renewed: boolean;
}

/**
 * The one persistent job runner. A job is a row until it is done; a killed process finds it queued again at the
 * next start. Jobs of a kind run in the order of priority, then age.
 */
export class JobRunner {
  readonly #repo: JobsRepo;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #notify: Notify;
  readonly #kinds = new Map<string, JobKind>();
  readonly #running = new Map<string, Running>();
  #timer: NodeJS.Timeout | null = null;
  #state: 'idle' | 'running' | 'closed' = 'idle';

  constructor(deps: { repo: JobsRepo; clock: Clock; log: Log; notify: Notify }) {
    this.#repo = deps.repo;
    this.#clock = deps.clock;
    this.#log = deps.log;
    this.#notify = deps.notify;
  }

  /** Teaches the runner a kind; all kinds are known before `start`. */
  register(kind: JobKind): void {
    this.#kinds.set(kind.kind, kind);
  }

  /** Queues again what the last process left running, and begins. */
  start(): void {
    const found = this.#repo.requeueRunning();
    if (found > 0) this.#log.info('Jobs of the last run go on.', { jobs: found });
    this.#state = 'running';
    this.#turn();
  }

  /** Adds a job, or renews the one of the same kind and key. */
  add(request: JobRequest): void {
    this.addAll([request]);
  }

  /** Adds or renews many in one commit. */
  addAll(requests: readonly JobRequest[]): void {
    this.#repo.add(requests, this.#clock.now());
    for (const { kind, key } of requests) {
      const running = this.#running.get(runningKey(kind, key));
      if (running) running.renewed = true;
    }
    this.#notify('job');
    this.#turn();
  }

  /** Takes a job out; a running one is told to stop and is waited for. */
  cancel(kind: string, key: string): Promise<void> {
    return this.cancelAll(kind, [key]);
  }

  /** Takes many jobs of a kind out in one commit; those that run are told to stop and are waited for. */
  async cancelAll(kind: string, keys: readonly string[]): Promise<void> {
    this.#repo.removeAll(kind, keys);
    const running = keys.flatMap((key) => this.#running.get(runningKey(kind, key)) ?? []);
    for (const one of running) one.abort.abort();
    await Promise.all(running.map((one) => one.ended));
    this.#notify('job');
  }

  /** Lets every waiting job of a kind try again now. */
  wake(kind: string): void {
    if (this.#repo.wake(kind) > 0) this.#turn();
  }

  /** Looks for work again, for instance after a limit was raised. */
  kick(): void {
    this.#turn();
  }

  list(): StoredJob[] {
    return this.#repo.all();
  }

  /** Stops everything that runs; it stays queued for the next start. */
  async close(): Promise<void> {
    this.#state = 'closed';
    if (this.#timer) clearTimeout(this.#timer);
    const running = [...this.#running.values()];
    for (const one of running) one.abort.abort();
    await Promise.all(running.map((one) => one.ended));
  }

  #turn(): void {
    if (this.#state !== 'running') return;
    // One reading of the clock for both: a job that came due between two would be neither launched nor waited for.
    const now = this.#clock.now();
    for (const kind of this.#kinds.values()) this.#fill(kind, now);
    this.#setTimer(now);
  }

  #fill(kind: JobKind, now: number): void {
    while (this.#keysRunning(kind.kind).length < kind.concurrency()) {
      const job = this.#nextOf(kind, now);
      if (!job) return;
      this.#launch(kind, job);
    }
  }

  #nextOf(kind: JobKind, now: number): StoredJob | null {
    const except = this.#keysRunning(kind.kind);
    for (const key of kind.inTurn?.(now) ?? []) {
      const job = except.includes(key) ? null : this.#repo.due(kind.kind, key, now);
      if (job) return job;
    }
    return this.#repo.next(kind.kind, { now, except });
  }

  /** A cancelled run counts until it has ended, so that no key is ever worked on twice at once. */
  #keysRunning(kind: string): string[] {
    const running = [...this.#running.values()].filter(({ job }) => job.kind === kind);
    return running.map(({ job }) => job.key);
  }

  #launch(kind: JobKind, job: StoredJob): void {
    this.#repo.start(job.id);
    const abort = new AbortController();
    const key = runningKey(job.kind, job.key);
    const ended = this.#perform(kind, job, abort.signal).then((result) => {
      this.#settle(job, result, abort.signal);
      this.#running.delete(key);
      this.#notify('job');
      this.#turn();
    });
    this.#running.set(key, { job, abort, ended, renewed: false });
    this.#notify('job');
  }

  /** Never rejects: a throw is a bug of the kind, told in the log and kept as the job's failure. */
  async #perform(kind: JobKind, job: StoredJob, signal: AbortSignal): Promise<JobResult> {
    try {
      return await kind.run(job.payload, { signal, tries: job.tries + 1 });
    } catch (error) {
      if (!signal.aborted)
        this.#log.error('A job failed.', { kind: job.kind, key: job.key, error: String(error) });
      return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  /** What cannot be written now, on a full disk for one, stays "running" and is queued again at the next start. */
  #settle(job: StoredJob, result: JobResult, signal: AbortSignal): void {
    try {
      this.#write(job, result, signal);
    } catch (error) {
      this.#log.error('The end of a job could not be written.', { kind: job.kind, error: String(error) });
    }
  }

  #write(job: StoredJob, result: JobResult, signal: AbortSignal): void {
    if (signal.aborted && this.#state === 'closed') return;
    if (!signal.aborted && this.#running.get(runningKey(job.kind, job.key))?.renewed)
      return this.#repo.queueAgain(job.id);
    if (signal.aborted || result.kind === 'done') return this.#repo.removeById(job.id);
    const state = result.kind === 'wait' ? 'waiting' : 'failed';
    const notBeforeMs = result.kind === 'wait' ? result.notBeforeMs : null;
    this.#repo.settle(job.id, { state, reason: result.reason, notBeforeMs });
  }

  #setTimer(now: number): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const at = this.#repo.nextDueMs(now);
    if (at === null) return;
    const delay = Math.min(at - now, longestTimerMs);
    this.#timer = setTimeout(() => this.#turn(), delay);
  }
}

function runningKey(kind: string, key: string): string {
  return `${kind}\n${key}`;
}

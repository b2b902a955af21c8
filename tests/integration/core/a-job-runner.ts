import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { JobKind, JobResult } from '../../../electron/core/jobs/job.ts';
import { JobRunner } from '../../../electron/core/jobs/job-runner.ts';
import { createJobsRepo } from '../../../electron/core/jobs/jobs-repo.ts';
import { userMigrations } from '../../../electron/core/storage/databases.ts';
import { openDatabase, type Connection } from '../../../electron/core/storage/open-database.ts';
import { tempDir } from '../../support/temp.ts';
import { keptLog } from './test-core.ts';

/** What a run came to that has nothing more to do. */
export const done: JobResult = { kind: 'done' };

/** A run that a test ends by hand. */
export interface Held {
  readonly payload: unknown;
  readonly signal: AbortSignal;
  readonly tries: number;
  end(result: JobResult): void;
}

/** A user.db that is closed with the test. */
export function openUserDb(file: string): Connection {
  const db = openDatabase({
    file,
    synchronous: 'FULL',
    migrations: userMigrations,
    checkFirst: false,
    now: () => 1,
  });
  onTestFinished(() => void db.close());
  return db;
}

/** A kind whose runs wait for the test, unless they are told to stop. */
export function heldKind(kind: string, concurrency = 1): JobKind & { readonly runs: Held[] } {
  const runs: Held[] = [];
  return {
    kind,
    runs,
    concurrency: () => concurrency,
    run: (payload, { signal, tries }) =>
      new Promise((resolve) => {
        runs.push({ payload, signal, tries, end: resolve });
        signal.addEventListener('abort', () => resolve(done));
      }),
  };
}

/** A runner over a real file, with a clock that a test moves; not started yet. */
export function aRunner(file = join(tempDir(), 'user.db')): {
  db: Connection;
  clock: { at: number; now(): number };
  log: ReturnType<typeof keptLog>;
  runner: JobRunner;
  file: string;
} {
  const db = openUserDb(file);
  const clock = { at: 1000, now: () => clock.at };
  const log = keptLog();
  const runner = new JobRunner({ repo: createJobsRepo(db), clock, log, notify: () => undefined });
  onTestFinished(() => runner.close());
  return { db, clock, log, runner, file };
}

/** A job of the held kind. */
export const job = (
  key: string,
  more: { priority?: number; payload?: unknown; notBeforeMs?: number } = {},
) => ({
  kind: 'held',
  key,
  title: key,
  payload: key,
  ...more,
});

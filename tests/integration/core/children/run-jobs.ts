import { JobRunner } from '../../../../electron/core/jobs/job-runner.ts';
import { createJobsRepo } from '../../../../electron/core/jobs/jobs-repo.ts';
import { userMigrations } from '../../../../electron/core/storage/databases.ts';
import { openDatabase } from '../../../../electron/core/storage/open-database.ts';

// Three jobs of which two run at once and none ends: the parent kills this process.
const db = openDatabase({
  file: process.argv[2] ?? '',
  synchronous: 'FULL',
  migrations: userMigrations,
  checkFirst: false,
  now: () => Date.now(),
});
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const clock = { now: () => Date.now() };
const runner = new JobRunner({ repo: createJobsRepo(db), clock, log, notify: () => undefined });
runner.register({ kind: 'held', concurrency: () => 2, run: () => new Promise(() => undefined) });
runner.start();
for (const key of ['a', 'b', 'c']) runner.add({ kind: 'held', key, title: key, payload: key });
console.log('running');
setInterval(() => undefined, 1000);

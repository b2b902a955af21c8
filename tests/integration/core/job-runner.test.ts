import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { JobRunner } from '../../../electron/core/jobs/job-runner.ts';
import { createJobsRepo } from '../../../electron/core/jobs/jobs-repo.ts';
import { tempDir } from '../../support/temp.ts';
import { aRunner, done, heldKind, job, openUserDb } from './a-job-runner.ts';
import { runChild } from './run-child.ts';
import { keptLog, until } from './test-core.ts';

test('runs by priority, then by age, and no more at once than the kind allows', async () => {
  const { runner, clock } = aRunner();
  const kind = heldKind('held', 2);
  runner.register(kind);
  for (const [key, priority] of [
    ['old', 0],
    ['young', 0],
    ['urgent', 5],
    ['last', -1],
  ] as const) {
    runner.add(job(key, { priority }));
    clock.at++;
  }
  runner.start();
  expect(kind.runs.map(({ payload }) => payload)).toEqual(['urgent', 'old']);
  kind.runs[0]?.end(done);
  await until(
    () => kind.runs.length,
    (n) => n === 3,
  );
  kind.runs[1]?.end(done);
  await until(
    () => kind.runs.length,
    (n) => n === 4,
  );
  expect(kind.runs.map(({ payload }) => payload)).toEqual(['urgent', 'old', 'young', 'last']);
});

test('takes the jobs of a kind with an order of its own in that order, and none that is not due', async () => {
  const { runner, clock } = aRunner();
  let order = ['gone', 'later', 'b', 'a'];
  const kind = { ...heldKind('held'), inTurn: () => order };
  runner.register(kind);
  runner.addAll([job('a'), job('b'), job('later', { notBeforeMs: 5000 }), job('unnamed', { priority: 9 })]);
  runner.start();
  const endLast = async (): Promise<void> => {
    const { length } = kind.runs;
    kind.runs.at(-1)?.end(done);
    await until(
      () => kind.runs.length,
      (n) => n > length,
    );
  };
  expect(kind.runs.map(({ payload }) => payload)).toEqual(['b']);
  order = ['later', 'a'];
  await endLast();
  clock.at = 6000;
  await endLast();
  await endLast();
  expect(kind.runs.map(({ payload }) => payload)).toEqual(['b', 'a', 'later', 'unnamed']);
});

test('a waiting job is tried again at its time, or when its kind is woken, and counts its tries', async () => {
  const { runner, clock } = aRunner();
  const kind = heldKind('held');
  runner.register(kind);
  runner.start();
  runner.add(job('a'));
  kind.runs[0]?.end({ kind: 'wait', reason: 'no link', notBeforeMs: 5000 });
  await until(
    () => runner.list()[0]?.state,
    (state) => state === 'waiting',
  );
  expect(runner.list()[0]).toMatchObject({ reason: 'no link', tries: 1 });
  runner.kick();
  expect(kind.runs).toHaveLength(1);
  clock.at = 5000;
  runner.kick();
  expect(kind.runs.map(({ tries }) => tries)).toEqual([1, 2]);
  kind.runs[1]?.end({ kind: 'wait', reason: 'signed out', notBeforeMs: null });
  await until(
    () => runner.list()[0]?.state,
    (state) => state === 'waiting',
  );
  clock.at = 9_000_000;
  runner.kick();
  expect(kind.runs).toHaveLength(2);
  runner.wake('held');
  expect(kind.runs).toHaveLength(3);
});

test('a waiting job starts by itself when its time comes', async () => {
  const db = openUserDb(join(tempDir(), 'user.db'));
  const clock = { now: () => Date.now() };
  const runner = new JobRunner({ repo: createJobsRepo(db), clock, log: keptLog(), notify: () => undefined });
  onTestFinished(() => runner.close());
  const kind = heldKind('held');
  runner.register(kind);
  runner.start();
  runner.add(job('a', { notBeforeMs: Date.now() + 60 }));
  expect(kind.runs).toHaveLength(0);
  await until(
    () => kind.runs.length,
    (n) => n === 1,
  );
});

test('a failed job stays with its reason, a thrown error too, and neither stops the others', async () => {
  const { runner, log } = aRunner();
  runner.register({ kind: 'throws', concurrency: () => 1, run: () => Promise.reject(new Error('a bug')) });
  runner.register({
    kind: 'fails',
    concurrency: () => 1,
    run: async () => ({ kind: 'failed', reason: 'not to be had' }),
  });
  const kind = heldKind('held');
  runner.register(kind);
  runner.start();
  runner.add({ ...job('x'), kind: 'throws' });
  runner.add({ ...job('x'), kind: 'fails' });
  runner.add(job('x'));
  kind.runs[0]?.end(done);
  await until(
    () => runner.list().filter(({ state }) => state === 'failed').length,
    (n) => n === 2,
  );
  expect(runner.list().map(({ reason }) => reason)).toEqual(['a bug', 'not to be had']);
  expect(log.lines.join()).toContain('a bug');
  runner.add({ ...job('y'), kind: 'fails' });
  await until(
    () => runner.list().length,
    (n) => n === 3,
  );
});

test('cancelling stops a running job and waits for its end', async () => {
  const { runner } = aRunner();
  const kind = heldKind('held');
  runner.register(kind);
  runner.start();
  runner.add(job('a'));
  await runner.cancel('held', 'a');
  expect(kind.runs[0]?.signal.aborted).toBe(true);
  expect(runner.list()).toEqual([]);
  await runner.cancel('held', 'never was');
});

test('the same kind and key is one job, renewed', () => {
  const { runner } = aRunner();
  runner.add(job('a', { payload: 1 }));
  runner.add(job('a', { payload: 2, priority: 3 }));
  expect(runner.list()).toHaveLength(1);
  expect(runner.list()[0]?.payload).toBe(2);
});

test('a job asked for again while it runs is run once more, with what was asked last', async () => {
  const { runner } = aRunner();
  const kind = heldKind('held');
  runner.register(kind);
  runner.start();
  runner.add(job('a', { payload: 1 }));
  runner.add(job('a', { payload: 2 }));
  runner.add(job('a', { payload: 3 }));
  expect(kind.runs).toHaveLength(1);
  kind.runs[0]?.end(done);
  await until(
    () => kind.runs.length,
    (n) => n === 2,
  );
  expect(kind.runs[1]?.payload).toBe(3);
  kind.runs[1]?.end(done);
  await until(
    () => runner.list().length,
    (n) => n === 0,
  );
});

test('a job renewed for later while it runs waits for that time', async () => {
  const { runner, clock } = aRunner();
  const kind = heldKind('held');
  runner.register(kind);
  runner.start();
  runner.add(job('a'));
  runner.add(job('a', { notBeforeMs: 7000 }));
  kind.runs[0]?.end({ kind: 'failed', reason: 'the old run' });
  await until(
    () => runner.list()[0]?.state,
    (state) => state === 'waiting',
  );
  expect(kind.runs).toHaveLength(1);
  clock.at = 7000;
  runner.kick();
  expect(kind.runs).toHaveLength(2);
});

test('a job added right after it was cancelled runs, and never beside the run that still ends', async () => {
  const { runner } = aRunner();
  let running = 0;
  let most = 0;
  const ends: (() => void)[] = [];
  runner.register({
    kind: 'held',
    concurrency: () => 2,
    run: async () => {
      most = Math.max(most, ++running);
      await new Promise<void>((resolve) => ends.push(resolve));
      running--;
      return done;
    },
  });
  runner.start();
  runner.add(job('a'));
  const cancelled = runner.cancel('held', 'a');
  runner.add(job('a'));
  runner.add(job('b'));
  expect(ends).toHaveLength(2);
  ends[0]?.();
  await cancelled;
  await until(
    () => ends.length,
    (n) => n === 3,
  );
  expect(
    runner
      .list()
      .map(({ key, state }) => `${key} ${state}`)
      .sort(),
  ).toEqual(['a running', 'b running']);
  for (const end of ends) end();
  await until(
    () => runner.list().length,
    (n) => n === 0,
  );
  expect(most).toBe(2);
});

test('closing leaves what runs queued for the next start', async () => {
  const first = aRunner();
  const kind = heldKind('held');
  first.runner.register(kind);
  first.runner.start();
  first.runner.add(job('a'));
  first.runner.add(job('b'));
  await first.runner.close();
  first.runner.add(job('c'));
  expect(kind.runs).toHaveLength(1);
  first.db.close();
  const second = aRunner(first.file);
  const again = heldKind('held', 9);
  second.runner.register(again);
  second.runner.start();
  expect(again.runs.map(({ payload }) => String(payload)).toSorted()).toEqual(['a', 'b', 'c']);
});

test('a killed process finds its running jobs queued again', async () => {
  const file = join(tempDir(), 'user.db');
  const child = runChild('run-jobs', [file]);
  await child.line('running');
  await child.kill();
  const { runner, log } = aRunner(file);
  const kind = heldKind('held', 9);
  runner.register(kind);
  expect(runner.list().map(({ state }) => state)).toEqual(['running', 'running', 'queued']);
  runner.start();
  expect(kind.runs.map(({ payload, tries }) => [payload, tries])).toEqual([
    ['a', 2],
    ['b', 2],
    ['c', 1],
  ]);
  expect(log.lines.join()).toContain('"jobs":2');
});

test('a state that cannot be written is told in the log and stops nothing', async () => {
  const { db, runner, log } = aRunner();
  const kind = heldKind('held');
  runner.register(kind);
  runner.start();
  runner.add(job('a'));
  db.exec(`CREATE TRIGGER full BEFORE DELETE ON job BEGIN SELECT RAISE(ABORT, 'disk full'); END`);
  kind.runs[0]?.end(done);
  await until(
    () => log.lines.length,
    (n) => n > 0,
  );
  expect(log.lines.join()).toContain('disk full');
  db.exec('DROP TRIGGER full');
  runner.add(job('b'));
  await until(
    () => kind.runs.length,
    (n) => n === 2,
  );
});

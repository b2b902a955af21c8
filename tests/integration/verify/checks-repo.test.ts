import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createChecksRepo } from '../../../electron/core/verify/checks-repo.ts';
import { unread } from '../../../electron/core/verify/finding.ts';
import { pruneChecks } from '../../../electron/core/verify/prune-checks.ts';
import { tempDir } from '../../support/temp.ts';
import { openUserDb } from '../core/a-job-runner.ts';

const item = (path: string) => ({ path, clipId: 'c', downloadId: null, sizeBytes: 1, listed: null });

function aRun(checks: ReturnType<typeof createChecksRepo>, at: number, paths: readonly string[]): string {
  const id = checks.addRun({ title: 'x', scopeJson: '[]', folder: null, manifestWanted: false }, at);
  checks.addItems(id, paths.map(item));
  checks.beginRun(id);
  for (const one of checks.todo(id, '', 100)) checks.found(one.id, unread('missing', 'gone'), at);
  checks.endRun(id, { state: 'done', reason: null }, at);
  return id;
}

test('what a later check has said anew is forgotten after twenty checks, and nothing else is', async () => {
  const checks = createChecksRepo(openUserDb(join(tempDir(), 'user.db')));
  const first = aRun(checks, 1, ['/a', '/b']);
  const second = aRun(checks, 2, ['/a']);
  for (let at = 3; at <= 24; at++) aRun(checks, at, ['/a']);
  await pruneChecks(checks, new AbortController().signal);
  expect(checks.results(first, { show: 'all', after: '', limit: 9 }).map(({ path }) => path)).toEqual(['/b']);
  expect(checks.run(second)).toBeNull();
  expect(checks.ofClip('c').map(({ path, checkedAtMs }) => [path, checkedAtMs])).toEqual([
    ['/a', 24],
    ['/b', 1],
  ]);
});

test('a run that was never written down whole counts as failed', () => {
  const checks = createChecksRepo(openUserDb(join(tempDir(), 'user.db')));
  const id = checks.addRun({ title: 'x', scopeJson: '[]', folder: null, manifestWanted: false }, 1);
  expect(checks.run(id)).toMatchObject({ state: 'failed', reason: 'It was never begun.' });
  expect(checks.runningRuns()).toEqual([]);
});

test('the pages of a long check are found without sorting, and its counts without its rows', () => {
  const db = openUserDb(join(tempDir(), 'user.db'));
  const plan = (sql: string): string =>
    (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[])
      .map(({ detail }) => detail)
      .join('; ');
  const page = plan(
    `SELECT * FROM check_item WHERE run_id = 'r' AND state = 'todo' AND path > 'p' ORDER BY path LIMIT 9`,
  );
  expect(page).toContain('INDEX check_item_by_show (run_id=? AND state=? AND path>?)');
  expect(page).not.toContain('B-TREE');
  const counts = plan(
    `SELECT state, count(*), coalesce(sum(size_bytes), 0) FROM check_item WHERE run_id = 'r' GROUP BY state`,
  );
  expect(counts).toContain('COVERING INDEX check_item_by_state');
  expect(counts).not.toContain('B-TREE');
});

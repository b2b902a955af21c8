import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { DownloadSort } from '../../../shared/contract/downloads.ts';
import { createListingRepo } from '../../../electron/core/downloads/listing-repo.ts';
import { userMigrations } from '../../../electron/core/storage/databases.ts';
import { openDatabase } from '../../../electron/core/storage/open-database.ts';
import { tempDir } from '../../support/temp.ts';

interface Ended {
  readonly title: string;
  readonly sizeBytes: number | null;
  readonly finishedAtMs: number | null;
}

/** A table of complete downloads, wanted in the order given. */
function aHistory(rows: readonly Ended[]) {
  const file = join(tempDir(), 'user.db');
  const db = openDatabase({
    file,
    synchronous: 'NORMAL',
    migrations: userMigrations,
    checkFirst: false,
    now: () => 1,
  });
  onTestFinished(() => void db.close());
  const insert = db.prepare(`
    INSERT INTO download (id, position, title, dir, file_name, state, size_bytes, finished_at_ms, created_at_ms)
    VALUES (:id, :position, :title, '/d', :title, 'complete', :sizeBytes, :finishedAtMs, 1)`);
  const addAll = db.transaction(() => {
    for (const [position, row] of rows.entries()) insert.run({ ...row, id: `d${position}`, position });
  });
  addAll();
  return createListingRepo(db);
}

const titles = (repo: ReturnType<typeof aHistory>, by: DownloadSort['by'], order: DownloadSort['order']) =>
  repo.sortedPage({ shown: 'done', sort: { by, order }, from: 0, limit: 10 }).rows.map(({ title }) => title);

test('a history is put in order by name, size and end, and what has no such value comes last', () => {
  const repo = aHistory([
    { title: 'beta', sizeBytes: 3, finishedAtMs: 30 },
    { title: 'Alpha', sizeBytes: null, finishedAtMs: 40 },
    { title: 'gamma', sizeBytes: 1, finishedAtMs: null },
  ]);
  expect(titles(repo, 'name', 'up')).toEqual(['Alpha', 'beta', 'gamma']);
  expect(titles(repo, 'name', 'down')).toEqual(['gamma', 'beta', 'Alpha']);
  expect(titles(repo, 'size', 'up')).toEqual(['gamma', 'beta', 'Alpha']);
  expect(titles(repo, 'size', 'down')).toEqual(['beta', 'gamma', 'Alpha']);
  expect(titles(repo, 'finished', 'down')).toEqual(['Alpha', 'beta', 'gamma']);
  expect(titles(repo, 'finished', 'up')).toEqual(['beta', 'Alpha', 'gamma']);
  expect(titles(repo, 'added', 'up')).toEqual(['beta', 'Alpha', 'gamma']);
});

test('the pages of a sorted history join without a gap, the same values newest first', () => {
  const repo = aHistory(
    Array.from({ length: 25 }, (_, at) => ({ title: `t${at}`, sizeBytes: at % 3, finishedAtMs: at })),
  );
  const sort = { by: 'size', order: 'down' } as const;
  const seen: number[] = [];
  for (let from: string | null = '0', rounds = 0; from !== null && rounds < 9; rounds++) {
    const page = repo.sortedPage({ shown: 'done', sort, from: Number(from), limit: 10 });
    seen.push(...page.rows.map(({ position }) => position));
    from = page.nextCursor;
  }
  const wanted = Array.from({ length: 25 }, (_, at) => at).sort((a, b) => (b % 3) - (a % 3) || b - a);
  expect(seen).toEqual(wanted);
});

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createChecksRepo } from '../../../electron/core/verify/checks-repo.ts';
import { gatherKnown } from '../../../electron/core/verify/gather.ts';
import { createKnownFilesRepo } from '../../../electron/core/verify/known-files-repo.ts';
import type { Connection } from '../../../electron/core/storage/open-database.ts';
import { tempDir } from '../../support/temp.ts';
import { openUserDb } from '../core/a-job-runner.ts';

const userDb = (): Connection => openUserDb(join(tempDir(), 'user.db'));

function addClips(db: Connection, paths: readonly string[]): void {
  const clip = db.prepare(
    `INSERT INTO clip (id, fingerprint, size_bytes, title, created_at_ms) VALUES (:path, :path, 1, 't', 0)`,
  );
  const place = db.prepare(
    `INSERT INTO clip_place (clip_id, path, size_bytes, modified_at_ms, present) VALUES (:path, :path, 1, 0, 1)`,
  );
  db.transaction(() => {
    for (const path of paths) for (const add of [clip, place]) add.run({ path });
  })();
}

function addDownload(db: Connection, path: string, position: number): void {
  db.prepare(
    `INSERT INTO download (id, position, title, dir, file_name, path, state, size_bytes, created_at_ms, finished_at_ms)
     VALUES (:id, :position, 't', '/m', 'f', :path, 'complete', 1, 0, 0)`,
  ).run({ id: `d${position}`, position, path });
}

test('what lies below a folder is found whole, and nothing of a folder whose name only begins like it', async () => {
  const db = userDb();
  const below = Array.from({ length: 1203 }, (_none, at) => `/m/a/${at}.mp4`);
  addClips(db, [...below, '/m/a', '/m/a.mp4', '/m/a!b/x.mp4', '/m/a0.mp4', '/m/ab/x.mp4', '/m/b.mp4']);
  addDownload(db, '/m/a/loose.mp4', 1);
  addDownload(db, '/m/a/loose.mp4', 2);
  addDownload(db, '/m/ab/loose.mp4', 3);
  const known = createKnownFilesRepo(db);
  const paths = async (path: string) =>
    (await gatherKnown(known, { paths: [path], manifest: false })).map((one) => one.path).toSorted();
  const wanted = [...below, '/m/a', '/m/a/loose.mp4'].toSorted();
  expect(await paths('/m/a')).toEqual(wanted);
  expect(await paths('/m/a/')).toEqual(wanted);
  expect(await paths('/m/b.mp4')).toEqual(['/m/b.mp4']);
  expect(await paths('/')).toHaveLength(1203 + 6 + 2);
  expect(await gatherKnown(known, { manifest: false })).toHaveLength(1203 + 6 + 2);
  expect(known.find('/m/a/loose.mp4')?.download?.id).toBe('d2');
});

test('files that are named by their clip or download are all found, thousands of them in pages', async () => {
  const db = userDb();
  const clips = Array.from({ length: 1203 }, (_none, at) => `/m/${at}.mp4`);
  addClips(db, clips);
  addDownload(db, '/m/7.mp4', 1);
  addDownload(db, '/m/loose.mp4', 2);
  db.exec(`UPDATE clip SET download_id = 'd1' WHERE id = '/m/7.mp4';
    UPDATE download SET clip_id = '/m/7.mp4' WHERE id = 'd1'`);
  const known = createKnownFilesRepo(db);
  const clipIds = [...clips, 'none'];
  expect(await gatherKnown(known, { clipIds, manifest: false })).toHaveLength(1203);
  expect([...known.ofClips(clipIds)].map(({ length }) => length)).toEqual([500, 500, 203]);
  const downloadIds = ['d2', 'none', 'd1'];
  const found = await gatherKnown(known, { downloadIds, manifest: false });
  expect(found.map(({ path, downloadId }) => [path, downloadId])).toEqual([
    ['/m/7.mp4', 'd1'],
    ['/m/loose.mp4', 'd2'],
  ]);
});

/** The connection, and every statement that is prepared on it. */
function overheard(db: Connection): { db: Connection; plans: () => string[] } {
  const heard: string[] = [];
  const listening = new Proxy(db, {
    get: (target, name) => {
      if (name === 'prepare') {
        return (sql: string) => {
          heard.push(sql);
          return target.prepare(sql);
        };
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const planOf = (sql: string): string =>
    (db.prepare(`EXPLAIN QUERY PLAN ${sql.replaceAll(/:\w+|\?/g, `'x'`)}`).all() as { detail: string }[])
      .map(({ detail }) => detail)
      .join('; ');
  return { db: listening, plans: () => heard.map(planOf) };
}

test('nothing that is asked of a hundred thousand files goes through all of them', () => {
  const { db, plans } = overheard(userDb());
  createKnownFilesRepo(db);
  expect(plans().length).toBeGreaterThan(5);
  for (const plan of plans()) expect(plan).not.toMatch(/SCAN (p|c|d|o)\b|download_by_state/);
});

test('a page of problems is found among many good files without looking at those', () => {
  const { db, plans } = overheard(userDb());
  const checks = createChecksRepo(db);
  for (const show of ['problems', 'missing'] as const) checks.results('r', { show, after: '', limit: 9 });
  const ofResults = plans().slice(-2);
  for (const plan of ofResults) {
    expect(plan).toContain('INDEX check_item_by_show (run_id=? AND state=? AND path>?)');
    expect(plan).not.toMatch(/SCAN check_item|check_item_by_state|autoindex/);
  }
});

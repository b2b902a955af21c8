import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { checkDatabase } from '../../../electron/core/storage/check-database.ts';
import { tempDir } from '../../support/temp.ts';
import { startCore } from './test-core.ts';

const workerUrl = new URL('../../../electron/core/storage/check-worker.ts', import.meta.url);

function aFile(rows: number): string {
  const file = join(tempDir(), 'x.db');
  const db = new Database(file);
  db.exec('CREATE TABLE kept (text TEXT); CREATE INDEX kept_by_text ON kept (text);');
  db.prepare(
    `INSERT INTO kept WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
     SELECT hex(randomblob(100)) FROM n`,
  ).run(rows);
  db.close();
  return file;
}

test('the doctor finds both databases of a new home sound', async () => {
  const core = await startCore();
  const { findings } = await core.client.system.doctor({});
  const databases = findings.filter(({ name }) => name.includes('database'));
  expect(databases.map(({ state, value }) => [state, value])).toEqual([
    ['ok', 'sound, version 7'],
    ['ok', 'sound, version 3'],
  ]);
});

test('a damaged page is found, and a file that is none is told', async () => {
  const file = aFile(2000);
  expect(await checkDatabase(file, workerUrl)).toBe('ok');
  const bytes = readFileSync(file);
  bytes.fill(0x55, bytes.length - 4096);
  writeFileSync(file, bytes);
  expect(await checkDatabase(file, workerUrl)).not.toBe('ok');
  expect(await checkDatabase(`${file}.none`, workerUrl)).toMatch(/open/);
});

test('checking a large file leaves the event loop free', async () => {
  const file = aFile(100_000);
  const db = new Database(file);
  const startedAt = performance.now();
  expect(db.pragma('integrity_check(1)', { simple: true })).toBe('ok');
  const blockedMs = performance.now() - startedAt;
  db.close();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  expect(await checkDatabase(file, workerUrl)).toBe('ok');
  delay.disable();
  // Against what the same check costs on the loop itself, so that a slow machine is measured by its own speed.
  expect(delay.max / 1e6).toBeLessThan(Math.max(100, blockedMs / 2));
});

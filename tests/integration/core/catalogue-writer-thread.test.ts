import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import {
  createCatalogueWriteThread,
  type CatalogueWriteThread,
} from '../../../electron/core/catalogue/catalogue-write-thread.ts';
import { createCatalogueReadRepo } from '../../../electron/core/catalogue/catalogue-read-repo.ts';
import { createCatalogueWriter } from '../../../electron/core/catalogue/catalogue-writer.ts';
import { tellingOf } from '../../../electron/core/catalogue/telling.ts';
import type { SourceAsset } from '../../../electron/core/sources/source-model.ts';
import { stableId } from '../../../electron/core/stable-id.ts';
import { catalogueMigrations } from '../../../electron/core/storage/databases.ts';
import { openDatabase, type Connection } from '../../../electron/core/storage/open-database.ts';
import { anItem } from '../../support/source-items.ts';
import { tempDir } from '../../support/temp.ts';

const sourceId = '0198a000-0000-7000-8000-000000000001';
const workerUrl = new URL('../../../electron/core/catalogue/catalogue-write-worker.ts', import.meta.url);
const dyingUrl = new URL('../../support/dying-catalogue-worker.ts', import.meta.url);

function aThread(url = workerUrl, file = join(tempDir(), 'catalogue.db')) {
  const errors: string[] = [];
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (text: string) => void errors.push(text),
  };
  const writer = createCatalogueWriteThread({ file, workerUrl: url, log });
  onTestFinished(() => writer.close());
  const db = openDatabase({
    file,
    synchronous: 'NORMAL',
    migrations: catalogueMigrations,
    checkFirst: false,
    now: () => 1,
  });
  onTestFinished(() => void db.close());
  return { writer, db, file, errors };
}

async function tell(writer: CatalogueWriteThread, assets: readonly SourceAsset[]) {
  const { run } = await writer.begin(sourceId);
  return writer.writePage({ sourceId, run, assets, events: [], failures: 0, cursor: 'c', nowMs: 1 });
}

function found(db: Connection, match: string): number {
  return db.prepare('SELECT count(*) FROM asset_fts WHERE asset_fts MATCH ?').pluck().get(match) as number;
}

test('what the thread has written is read by another connection, and found once the run has ended', async () => {
  const { writer, db } = aThread();
  expect(await writer.cursor(sourceId)).toBeNull();
  const outcome = await tell(writer, [anItem('1', { title: 'Arrival' })]);
  expect(outcome).toMatchObject({ added: 1, changed: [{ kind: 'added' }] });
  expect(createCatalogueReadRepo(db).find(stableId(sourceId, 'asset', '1'))?.title).toBe('Arrival');
  const end = { sourceId, run: 1, ends: 'everything' as const, cursor: 'next', nowMs: 2 };
  expect(await writer.finishRun(end)).toEqual({ withdrawn: [], doubt: null });
  expect(found(db, 'arrival')).toBe(1);
  expect(await writer.cursor(sourceId)).toMatchObject({ cursor: 'next', run: 1, underWay: false, failed: 0 });
  await expect(writer.finishRun(end)).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('texts are found a moment after their page, also when the run never ends', async () => {
  const { writer, db } = aThread();
  await tell(writer, [anItem('1', { title: 'Arrival' })]);
  await expect.poll(() => found(db, 'arrival'), { timeout: 5000 }).toBe(1);
});

test('what an earlier thread left undone is done when the next one starts', async () => {
  const { writer, db } = aThread();
  const before = createCatalogueWriter(db);
  before.begin(sourceId);
  before.writePage({
    sourceId,
    run: 1,
    tellings: [tellingOf(anItem('1', { title: 'Arrival' }))],
    events: [],
    failures: 0,
    cursor: 'c',
    nowMs: 1,
  });
  expect(found(db, 'arrival')).toBe(0);
  await writer.catchUp();
  expect(found(db, 'arrival')).toBe(1);
});

test('a page is written while a source is removed, and both end', async () => {
  const { writer, db } = aThread();
  await tell(
    writer,
    Array.from({ length: 2000 }, (_, n) => anItem(String(n))),
  );
  const removed = writer.removeSource(sourceId);
  const other = '0198a000-0000-7000-8000-000000000002';
  await writer.begin(other);
  const page = { sourceId: other, run: 1, events: [], failures: 0, cursor: 'c', nowMs: 1 };
  expect(await writer.writePage({ ...page, assets: [anItem('1')] })).toMatchObject({ added: 1 });
  await expect(tell(writer, [])).rejects.toMatchObject({ code: 'CONFLICT' });
  await removed;
  expect(db.prepare('SELECT count(*) FROM asset').pluck().get()).toBe(1);
});

test('a thread that dies fails what it was asked, and the next call starts another', async () => {
  const { writer, db, errors } = aThread(dyingUrl);
  await tell(writer, [anItem('1')]);
  const asked = [tell(writer, [anItem('die')]), writer.cursor(sourceId)];
  const outcomes = await Promise.allSettled(asked);
  const reasons = outcomes.filter((one) => one.status === 'rejected').map((one) => one.reason as unknown);
  expect(reasons.length).toBeGreaterThan(0);
  expect(reasons).toEqual(reasons.map(() => expect.objectContaining({ code: 'CORE_UNAVAILABLE' })));
  expect(errors).toHaveLength(1);
  expect(await tell(writer, [anItem('2')])).toMatchObject({ added: 1 });
  expect(db.prepare('SELECT count(*) FROM asset').pluck().get()).toBe(2);
});

test('a failure that is none of the closed list comes back with its words', async () => {
  const { writer, file } = aThread();
  await writer.begin(sourceId);
  const other = new Database(file);
  other.exec('DROP TABLE source_cursor');
  other.close();
  await expect(writer.cursor(sourceId)).rejects.toThrow(/source_cursor/);
});

test('a closed writer refuses, and closing waits for what was asked before', async () => {
  const { writer, db } = aThread();
  await writer.begin(sourceId);
  const page = { sourceId, run: 1, events: [], failures: 0, cursor: 'c', nowMs: 1 };
  const written = writer.writePage({ ...page, assets: [anItem('1')] });
  await writer.close();
  expect(await written).toMatchObject({ added: 1 });
  expect(db.prepare('SELECT count(*) FROM asset').pluck().get()).toBe(1);
  await expect(writer.cursor(sourceId)).rejects.toMatchObject({ code: 'CORE_UNAVAILABLE' });
});

test('closing in the midst of a removal fails that, and it is taken up the next time', async () => {
  const { writer, db, file } = aThread();
  await tell(
    writer,
    Array.from({ length: 3000 }, (_, n) => anItem(String(n))),
  );
  const [removed] = await Promise.allSettled([writer.removeSource(sourceId), writer.close()]);
  expect(removed).toMatchObject({ status: 'rejected', reason: { code: 'CORE_UNAVAILABLE' } });
  expect(db.prepare('SELECT count(*) FROM asset').pluck().get()).toBeGreaterThan(0);
  const again = aThread(workerUrl, file);
  await again.writer.catchUp();
  expect(db.prepare('SELECT count(*) FROM asset').pluck().get()).toBe(0);
});

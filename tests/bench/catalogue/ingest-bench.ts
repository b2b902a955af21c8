// How fast a catalogue is taken in, beside the sqlite3 command line that imports the same rows into the same tables.
// node tests/bench/catalogue/ingest-bench.ts [assets]
import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createCatalogueWriteThread } from '../../../electron/core/catalogue/catalogue-write-thread.ts';
import { createCatalogueWriter, run } from '../../../electron/core/catalogue/catalogue-writer.ts';
import { ftsColumns } from '../../../electron/core/catalogue/search/fts-columns.ts';
import { createTextFolder } from '../../../shared/domain/fold-text.ts';
import { tellingOf } from '../../../electron/core/catalogue/telling.ts';
import type { SourceAsset } from '../../../electron/core/sources/source-model.ts';
import { catalogueMigrations } from '../../../electron/core/storage/databases.ts';
import { openDatabase, type Connection } from '../../../electron/core/storage/open-database.ts';
import { syntheticAsset, syntheticEvents } from './synthetic.ts';

const count = Number(process.argv[2] ?? 100_000);
const pageLength = 500;
const sourceId = '0198a000-0000-7000-8000-000000000001';
const textColumns =
  'title synopsis shotlist transcript people organisations place country event keywords file_name'.split(' ');
const workerUrl = new URL('../../../electron/core/catalogue/catalogue-write-worker.ts', import.meta.url);
// Newest first, as sources list what they have.
const arrival = Array.from({ length: count }, (_, n) => ({ n, day: dayOf(syntheticAsset(n)) }))
  .sort((a, b) => (a.day < b.day ? 1 : -1))
  .map(({ n }) => n);
const dir = mkdtempSync(join(tmpdir(), 'rushes-ingest-'));

try {
  const file = join(dir, 'catalogue.db');
  const direct = ingest(file);
  report('taken in, by the writer itself', direct.ms);
  console.log(`  longest transaction ${direct.longestMs.toFixed(0)} ms`);
  console.log(`  database ${sizeOf(file)} MB`);
  report('unchanged, by the writer itself', resync(file));
  const thread = await throughThread(join(dir, 'thread.db'));
  report('taken in, through the thread', thread.ms);
  console.log(
    `  of which the calling thread is busy ${((thread.busyMs / count) * 1000).toFixed(1)} µs an asset`,
  );
  report('unchanged, through the thread', thread.resyncMs);
  const cli = await commandLine(file, join(dir, 'cli.db'));
  if (cli === null) console.log('No sqlite3 on this machine: nothing to compare with.');
  else {
    report('sqlite3 .import of the same rows', cli.ms);
    const ratios = [cli.ms / thread.ms, cli.ms / direct.ms, cli.cpuMs / direct.cpuMs];
    const [threaded, alone, processor] = ratios.map((ratio) => ratio.toFixed(2));
    console.log(`  the thread has ${threaded} of its rate (reach: 0.70), the writer by itself ${alone},`);
    console.log(`  ${processor} by the time of the processor`);
  }
} finally {
  rmSync(dir, { recursive: true, force: true });
}

function report(what: string, ms: number): void {
  console.log(`${what}: ${(ms / 1000).toFixed(2)} s, ${Math.round((count / ms) * 1000)} assets a second`);
}

function dayOf({ dates }: SourceAsset): string {
  return dates.published?.firstDay ?? '';
}

function sizeOf(file: string): number {
  return Math.round(statSync(file).size / 1e6);
}

function* pages(): Generator<SourceAsset[], void> {
  for (let at = 0; at < count; at += pageLength)
    yield arrival.slice(at, at + pageLength).map((n) => asRead(syntheticAsset(n)));
}

/** As a source's answer leaves it: texts of one piece, and not of the words they were put together from. */
function asRead(asset: SourceAsset): SourceAsset {
  return JSON.parse(JSON.stringify(asset)) as SourceAsset;
}

function open(file: string): Connection {
  const db = openDatabase({
    file,
    synchronous: 'NORMAL',
    migrations: catalogueMigrations,
    checkFirst: false,
    now: () => 1,
  });
  db.pragma('cache_size = -65536');
  return db;
}

/** The making of the assets is not counted. */
function ingest(file: string): { ms: number; cpuMs: number; longestMs: number } {
  const db = open(file);
  const longest = watchTransactions(db);
  const writer = createCatalogueWriter(db);
  const { run: number } = writer.begin(sourceId);
  let events = syntheticEvents();
  const took = { ms: 0, cpuMs: 0 };
  const measure = (work: () => void): void => {
    const [startedAt, cpuAt] = [performance.now(), process.cpuUsage()];
    work();
    took.ms += performance.now() - startedAt;
    const { user, system } = process.cpuUsage(cpuAt);
    took.cpuMs += (user + system) / 1000;
  };
  for (const assets of pages()) {
    measure(() => {
      const page = { sourceId, run: number, tellings: assets.map(tellingOf), events, failures: 0 };
      writer.writePage({ ...page, cursor: 'c', nowMs: 1 });
    });
    events = [];
  }
  measure(() => writer.finishRun({ sourceId, run: number, ends: 'everything', cursor: 'end', nowMs: 1 }));
  const optimisedAt = performance.now();
  run(writer.optimise());
  console.log(`put in order afterwards: ${((performance.now() - optimisedAt) / 1000).toFixed(2)} s`);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  return { ...took, longestMs: longest() };
}

function watchTransactions(db: Connection): () => number {
  let longestMs = 0;
  const transaction = db.transaction.bind(db);
  const watched = (work: (...args: unknown[]) => unknown): unknown => {
    const immediate = (): unknown => {
      const startedAt = performance.now();
      const result: unknown = transaction(work).immediate();
      longestMs = Math.max(longestMs, performance.now() - startedAt);
      return result;
    };
    return Object.assign((...args: unknown[]): unknown => transaction(work)(...args), { immediate });
  };
  Object.assign(db, { transaction: watched });
  return () => longestMs;
}

function resync(file: string): number {
  const db = open(file);
  const writer = createCatalogueWriter(db);
  const { run: number } = writer.begin(sourceId);
  let ms = 0;
  for (const assets of pages()) {
    const startedAt = performance.now();
    const page = { sourceId, run: number, tellings: assets.map(tellingOf), events: [], failures: 0 };
    const { unchanged } = writer.writePage({ ...page, cursor: 'c', nowMs: 2 });
    ms += performance.now() - startedAt;
    if (unchanged !== assets.length) throw new Error('A page that should be unchanged is not.');
  }
  const startedAt = performance.now();
  const { withdrawn } = writer.finishRun({
    sourceId,
    run: number,
    ends: 'everything',
    cursor: 'end',
    nowMs: 2,
  });
  ms += performance.now() - startedAt;
  if (withdrawn.length > 0) throw new Error('An unchanged run has withdrawn something.');
  db.close();
  return ms;
}

/**
 * As a sync does it: while a page is being written, the next one is told. What is measured are stretches of pages whose
 * assets were made before.
 */
async function throughThread(file: string): Promise<{ ms: number; busyMs: number; resyncMs: number }> {
  open(file).close();
  const log = { info: console.log, warn: console.warn, error: console.error };
  const writer = createCatalogueWriteThread({ file, workerUrl, log });
  const [first, second] = [
    { ms: 0, busyMs: 0 },
    { ms: 0, busyMs: 0 },
  ];
  for (const took of [first, second]) {
    const { run: number } = await writer.begin(sourceId);
    let events = syntheticEvents();
    for (const stretch of stretches()) {
      const startedAt = performance.now();
      let written: Promise<unknown> = Promise.resolve();
      for (const assets of stretch) {
        const page = { sourceId, run: number, assets, events, failures: 0, cursor: 'c', nowMs: 1 };
        const askedAt = performance.now();
        const next = writer.writePage(page);
        took.busyMs += performance.now() - askedAt;
        await written;
        written = next;
        events = [];
      }
      await written;
      took.ms += performance.now() - startedAt;
    }
    const startedAt = performance.now();
    await writer.finishRun({ sourceId, run: number, ends: 'everything', cursor: 'end', nowMs: 1 });
    took.ms += performance.now() - startedAt;
  }
  await writer.close();
  return { ...first, resyncMs: second.ms };
}

function* stretches(): Generator<SourceAsset[][], void> {
  let stretch: SourceAsset[][] = [];
  for (const assets of pages()) {
    stretch.push(assets);
    if (stretch.length < 40) continue;
    yield stretch;
    stretch = [];
  }
  yield stretch;
}

/**
 * The same rows in files of comma-separated values, taken in by the command line. It knows no NULL and no bytes in them,
 * so the tables are the same without STRICT and CHECK; its own SQLite may be too old to delete without content. A file
 * cannot say under which number a text is indexed, so the texts come from a table that was made before.
 */
async function commandLine(from: string, to: string): Promise<{ ms: number; cpuMs: number } | null> {
  if (spawnSync('sqlite3', ['--version']).status !== 0) return null;
  const db = open(from);
  const tables = ['asset', 'asset_told', 'rendition', 'catalogue_event', 'source_cursor'];
  const order: Record<string, string> = { asset: 'ORDER BY day DESC', rendition: 'ORDER BY asset_row DESC' };
  const schema = (
    db
      .prepare(
        `SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '%\\_fts\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'`,
      )
      .pluck()
      .all() as string[]
  ).map(plainer);
  for (const table of tables) {
    const columns = (db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) =>
      name === 'content_hash' ? 'hex(content_hash)' : name,
    );
    await dump(db, table, `SELECT ${columns.join(', ')} FROM ${table} ${order[table] ?? ''}`);
  }
  dumpTexts(db);
  db.close();
  const script = [
    'PRAGMA journal_mode = WAL;',
    'PRAGMA synchronous = NORMAL;',
    'PRAGMA cache_size = -65536;',
    'PRAGMA foreign_keys = ON;',
    ...schema.map((sql) => `${sql};`),
    ...tables.map((table) => `.import --csv ${join(dir, table)}.csv ${table}`),
    `ATTACH '${join(dir, 'texts.db')}' AS texts;`,
    `INSERT INTO asset_fts (rowid, ${textColumns.join(', ')}) SELECT * FROM texts.text ORDER BY 1;`,
  ];
  const startedAt = performance.now();
  // `times` tells the processor's time of what the shell has run, in its second line.
  const done = spawnSync('sh', ['-c', 'sqlite3 "$0"; times', to], {
    input: `${script.join('\n')}\n`,
    encoding: 'utf8',
  });
  const ms = performance.now() - startedAt;
  if (done.status !== 0 || done.stderr !== '') throw new Error(`sqlite3: ${done.stderr.slice(0, 500)}`);
  const check = new Database(to, { readonly: true });
  const rows = check.prepare('SELECT count(*) FROM asset').pluck().get();
  const texts = check.prepare("SELECT count(*) FROM asset_fts WHERE asset_fts MATCH 'council'").pluck().get();
  check.close();
  if (rows !== count || texts === 0) throw new Error(`sqlite3 has taken in ${String(rows)} rows.`);
  return { ms, cpuMs: cpuOf(done.stdout) };
}

function cpuOf(output: string): number {
  const times = [...(output.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  return times.reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000,
    0,
  );
}

function plainer(sql: string): string {
  return sql
    .replace(/\) STRICT, WITHOUT ROWID$/, ') WITHOUT ROWID')
    .replace(/\) STRICT$/, ')')
    .replace(/ CHECK \((?:[^()]|\([^()]*\))*\)/g, '')
    .replace(' contentless_delete=1,', '');
}

async function dump(db: Connection, table: string, sql: string): Promise<void> {
  await writeLines(`${table}.csv`, db.prepare(sql).raw().iterate() as Iterable<unknown[]>);
}

/** The folded texts of all assets by their rows, in a database beside. */
function dumpTexts(db: Connection): void {
  const texts = new Database(join(dir, 'texts.db'));
  texts.exec(`CREATE TABLE text (row INTEGER PRIMARY KEY, ${textColumns.join(', ')})`);
  const insert = texts.prepare(`INSERT INTO text VALUES (?, ${textColumns.map(() => '?').join(', ')})`);
  const events = new Map(syntheticEvents().map(({ externalId, title }) => [externalId, title]));
  const rows = db.prepare('SELECT row, external_id FROM asset').raw().all() as [number, string][];
  const fold = createTextFolder();
  texts.transaction(() => {
    for (const [row, externalId] of rows) {
      const asset = syntheticAsset(Number(externalId.replace('synthetic-', '')));
      const eventTitle = events.get(asset.eventExternalId ?? '') ?? null;
      const fileNames = asset.renditions.map(({ fileName }) => fileName);
      insert.run(row, ...Object.values(ftsColumns({ ...asset, eventTitle, fileNames }, fold)));
    }
  })();
  texts.close();
}

async function writeLines(name: string, rows: Iterable<unknown[]>): Promise<void> {
  const out = createWriteStream(join(dir, name));
  for (const row of rows) {
    const line = row.map((value) => `"${textOf(value).replaceAll('"', '""')}"`).join(',');
    if (!out.write(`${line}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

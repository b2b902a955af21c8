import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { catalogueMigrations, userMigrations } from '../../../electron/core/storage/databases.ts';
import { lockHome } from '../../../electron/core/storage/home-lock.ts';
import { openDatabase, type Connection } from '../../../electron/core/storage/open-database.ts';
import { anAsset } from '../../support/builders.ts';
import { tempDir } from '../../support/temp.ts';
import { playPortal } from './played-portal.ts';
import { runChild } from './run-child.ts';
import { addSource, codeOf, startCore, syncSummary } from './test-core.ts';

const first = { version: 1, sql: 'CREATE TABLE kept (text TEXT) STRICT;' };
const second = { version: 2, sql: 'ALTER TABLE kept ADD COLUMN more TEXT;' };
const broken = { version: 3, sql: 'CREATE TABLE half (a) STRICT; CREATE TABLE half (a);' };

function open(
  file: string,
  migrations: readonly { version: number; sql: string }[],
  checkFirst = false,
): Connection {
  const db = openDatabase({ file, synchronous: 'FULL', migrations, checkFirst, now: () => 77 });
  onTestFinished(() => void db.close());
  return db;
}

const versionOf = (db: Connection): unknown => db.pragma('user_version', { simple: true });

/** Flips bits in the pages from an offset on; near the end of a file only a whole check sees it. */
function damage(file: string, from = 4096): void {
  const bytes = readFileSync(file);
  for (let at = from < 0 ? bytes.length + from : from; at < bytes.length; at += 97)
    bytes[at] = (bytes[at] ?? 0) ^ 0x55;
  writeFileSync(file, bytes);
}

test('a fresh file gets every migration and no backup', () => {
  const dir = tempDir();
  const db = open(join(dir, 'x.db'), [first, second]);
  expect(versionOf(db)).toBe(2);
  expect(readdirSync(dir).filter((name) => name.includes('before'))).toEqual([]);
});

test('an older file is copied aside, whole, before it is changed', () => {
  const file = join(tempDir(), 'x.db');
  const old = open(file, [first]);
  old.exec(`INSERT INTO kept VALUES ('mine')`);
  old.close();
  const db = open(file, [first, second]);
  expect(db.prepare('SELECT text, more FROM kept').all()).toEqual([{ text: 'mine', more: null }]);
  const copy = new Database(`${file}.before-2-77`, { readonly: true });
  onTestFinished(() => void copy.close());
  expect(copy.pragma('user_version', { simple: true })).toBe(1);
  expect(copy.prepare('SELECT * FROM kept').all()).toEqual([{ text: 'mine' }]);
});

test('a migration that fails leaves nothing of itself behind', () => {
  const file = join(tempDir(), 'x.db');
  open(file, [first]).close();
  expect(() => open(file, [first, second, broken])).toThrow('half');
  const db = open(file, [first, second]);
  expect(versionOf(db)).toBe(2);
  expect(db.prepare(`SELECT name FROM sqlite_master WHERE name = 'half'`).all()).toEqual([]);
});

test('a migration killed midway is as if it had not begun', async () => {
  const file = join(tempDir(), 'x.db');
  open(file, [first]).close();
  const child = runChild('migrate-slowly', [file]);
  await child.line('midway');
  await child.kill();
  const db = open(file, [first], true);
  expect(versionOf(db)).toBe(1);
  expect(db.prepare('SELECT count(*) AS n FROM sqlite_master').get()).toEqual({ n: 1 });
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
});

test('a file of a newer version is refused by name and not touched', () => {
  const file = join(tempDir(), 'user.db');
  const newer = open(file, userMigrations);
  newer.pragma('user_version = 99');
  newer.close();
  const before = readFileSync(file);
  expect(() => open(file, userMigrations)).toThrowError(/user\.db was written by a newer version/);
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(readdirSync(join(file, '..'))).toEqual(['user.db']);
});

test('the core refuses a newer user.db, lets the home go and opens it again with the older one back', async () => {
  const core = await startCore();
  await core.close();
  const file = join(core.home, 'user.db');
  const db = new Database(file);
  const version = Number(versionOf(db));
  db.pragma('user_version = 99');
  db.close();
  expect(await codeOf(startCore({ home: core.home }))).toBe('DATABASE_NEWER');
  const again = new Database(file);
  again.pragma(`user_version = ${version}`);
  again.close();
  await startCore({ home: core.home });
});

test.each([
  ['garbage', (file: string) => writeFileSync(file, 'this is no database at all, whatever its name says')],
  ['a header of zeros', (file: string) => writeFileSync(file, readFileSync(file).fill(0, 0, 100))],
  ['half of it', (file: string) => truncateSync(file, 6000)],
  ['flipped bits', (file: string) => damage(file)],
])('a catalogue.db that is %s is set aside and a sync brings it back', async (_how, harm) => {
  const portal = await playPortal({ assets: [anAsset({ id: '1' }), anAsset({ id: '2' })] });
  const core = await startCore();
  const id = await addSource(core, portal.url);
  await syncSummary(core, id);
  const before = (await core.client.catalogue.list({})).items;
  await core.close();
  harm(join(core.home, 'catalogue.db'));
  // As after a crash: the owner's mark was never taken away.
  writeFileSync(join(core.home, 'owner'), '1');
  const again = await startCore({ home: core.home });
  expect((await again.client.catalogue.list({})).total).toBe(0);
  expect(readdirSync(core.home).some((name) => name.startsWith('catalogue.db.damaged-'))).toBe(true);
  expect((await syncSummary(again, id)).added).toBe(2);
  expect((await again.client.catalogue.list({})).items).toEqual(before);
});

test('a damaged user.db is refused at every start and never touched', async () => {
  const core = await startCore();
  for (let n = 0; n < 200; n++) await core.client.events.create({ title: `Event ${n} ${'x'.repeat(200)}` });
  await core.close();
  const file = join(core.home, 'user.db');
  damage(file, -8192);
  const harmed = readFileSync(file);
  writeFileSync(join(core.home, 'owner'), '1');
  // The second start is no less careful for the first having ended in good order.
  for (const start of ['first', 'second']) {
    expect(await codeOf(startCore({ home: core.home }))).toBe('DATABASE_DAMAGED');
    expect([start, readFileSync(file).equals(harmed)]).toEqual([start, true]);
  }
});

test('an end in good order takes the mark away, a kill leaves it and the next start looks at the whole file', async () => {
  const home = join(tempDir(), 'home');
  const child = runChild('hold-home', [home]);
  const line = await child.line('holding');
  expect(line).toBe('holding unclean=false');
  expect(existsSync(join(home, 'owner'))).toBe(true);
  await child.kill();
  const lock = lockHome(home);
  expect(lock.uncleanExit).toBe(true);
  lock.release({ clean: true });
  const after = lockHome(home);
  expect(after.uncleanExit).toBe(false);
  after.release({ clean: false });
  const last = lockHome(home);
  expect(last.uncleanExit).toBe(true);
  last.release({ clean: true });
});

test('a second process is refused with the number of the first, and let in when that was killed', async () => {
  const home = join(tempDir(), 'home');
  const child = runChild('hold-home', [home]);
  await child.line('holding');
  const refusal = await startCore({ home }).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: 'HOME_IN_USE' });
  expect(String(refusal)).toContain(`process ${child.process.pid}`);
  // Being refused does not take the holder's mark away.
  expect(existsSync(join(home, 'owner'))).toBe(true);
  await child.kill();
  await startCore({ home });
});

test('a second core in the same process is refused as well', async () => {
  const core = await startCore();
  expect(await codeOf(startCore({ home: core.home }))).toBe('HOME_IN_USE');
});

test("every file of a home is the user's alone, whatever the umask", async () => {
  const home = join(tempDir(), 'home');
  const child = runChild('open-home', [home]);
  await child.line('open');
  const wrong: string[] = [];
  const look = (): void => {
    for (const entry of readdirSync(home, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      const mode = statSync(path).mode & 0o777;
      if (mode !== (entry.isDirectory() ? 0o700 : 0o600)) wrong.push(`${path} ${mode.toString(8)}`);
    }
  };
  look();
  expect(statSync(home).mode & 0o777).toBe(0o700);
  const names = readdirSync(home);
  for (const name of [
    'user.db',
    'user.db-wal',
    'catalogue.db',
    'home.lock',
    'owner',
    'secrets.json',
    'secrets.key',
    'logs',
  ])
    expect(names).toContain(name);
  await child.kill();
  expect(wrong).toEqual([]);
});

test('files that an older version left readable are closed at the next start, the copy of a migration too', () => {
  const dir = tempDir();
  const file = join(dir, 'x.db');
  open(file, [first]).close();
  chmodSync(file, 0o644);
  const umask = process.umask(0);
  onTestFinished(() => void process.umask(umask));
  const db = open(file, [first, second]);
  db.exec(`INSERT INTO kept (text) VALUES ('mine')`);
  for (const name of readdirSync(dir))
    expect([name, statSync(join(dir, name)).mode & 0o777]).toEqual([name, 0o600]);
});

test('a database that another process holds for a moment is waited for', async () => {
  const dir = join(tempDir(), 'deep', 'er');
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'user.db');
  open(file, userMigrations).close();
  const child = runChild('hold-database', [file, '400']);
  await child.line('held');
  const db = open(file, userMigrations);
  db.exec(`INSERT INTO setting VALUES ('a', '1')`);
  expect(db.prepare('SELECT count(*) AS n FROM setting').get()).toEqual({ n: 1 });
});

test('the newest shapes open with sound foreign keys', () => {
  for (const migrations of [userMigrations, catalogueMigrations]) {
    const db = open(join(tempDir(), 'x.db'), migrations);
    expect(db.pragma('foreign_key_check')).toEqual([]);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
  }
});

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { walkFolder } from '../../../electron/core/library/walk-folder.ts';
import { readSidecar } from '../../../electron/core/places/sidecar-format.ts';
import { createSidecarRepo } from '../../../electron/core/places/sidecar-repo.ts';
import { createSidecars } from '../../../electron/core/places/sidecars.ts';
import { userMigrations } from '../../../electron/core/storage/databases.ts';
import { openDatabase } from '../../../electron/core/storage/open-database.ts';
import { tempDir } from '../../support/temp.ts';

const bytes = 'the bytes of a clip';
const sha256 = createHash('sha256').update(bytes).digest('hex');
const secret = 'CANARY-0451';
const snapshot = {
  title: 'Arrivals',
  sourceName: 'Meridian',
  pageUrl: `https://u:${secret}@meridian.example/a/1?session=${secret}#${secret}`,
  day: '2026-02-01',
  filmedFirstDay: '2026-02-01',
  publishedDay: null,
  rights: {
    usageText: 'Free for news.\n"No" resale.',
    creditLine: 'Meridian / A. Lind',
    copyright: null,
    licenceUrl: null,
    embargoText: null,
    editorialOnly: true,
    thirdParty: null,
    embargoUntilMs: Date.UTC(2026, 1, 2),
    expiresAtMs: null,
    territories: null,
  },
  event: null,
};

/** A database with one finished download, and the sidecars over it. */
function aFinishedDownload(options: { wanted?: boolean; url?: string } = {}) {
  const home = tempDir();
  const dir = join(home, 'media');
  mkdirSync(dir);
  const path = join(dir, 'clip.mp4');
  writeFileSync(path, bytes);
  const db = openDatabase({
    file: join(home, 'user.db'),
    synchronous: 'FULL',
    migrations: userMigrations,
    checkFirst: false,
    now: () => 0,
  });
  onTestFinished(() => void db.close());
  db.prepare(
    `INSERT INTO download (id, position, source_id, asset_external_id, rendition_external_id, url, title, asset_json, dir,
       file_name, path, state, size_bytes, promised_hash_kind, promised_hash, etag, verified, sha256, created_at_ms,
       finished_at_ms)
     VALUES ('d1', 1, 's1', 'ext-1', 'ext-1-hd', :url, 'Arrivals', :asset, :dir, 'clip.mp4', :path, 'complete', :size,
       'sha256', :sha256, '"v1"', 'hash', :sha256, 0, :finished)`,
  ).run({
    url: options.url ?? null,
    asset: JSON.stringify(snapshot),
    dir,
    path,
    size: bytes.length,
    sha256,
    finished: Date.UTC(2026, 1, 3, 4, 5, 6),
  });
  const logged: string[] = [];
  const keep = (message: string): void => void logged.push(message);
  const sidecars = createSidecars({
    db,
    log: { info: keep, warn: keep, error: keep },
    version: '9.9.9',
    wanted: () => options.wanted ?? true,
    readSnapshot: (json) => JSON.parse(json ?? 'null') as typeof snapshot,
  });
  return { dir, path, db, logged, sidecars, sidecarPath: `${path}.rushes.json` };
}

it('tells where a file came from, by whom it may be used and how it was proven, and no secret', async () => {
  const one = aFinishedDownload();
  one.sidecars.fetchedFrom(
    'd1',
    `https://u:${secret}@cdn.example:8443/v/~hmac=${secret}/clip.mp4?sig=${secret}#x`,
  );
  await one.sidecars.write('d1');
  expect(readFileSync(one.sidecarPath, 'utf8')).not.toContain(secret);
  expect(await readSidecar(one.sidecarPath)).toEqual({
    format: 'rushes-sidecar',
    version: 1,
    title: 'Arrivals',
    file: { name: 'clip.mp4', sizeBytes: bytes.length, sha256, verified: 'hash' },
    promised: { hash: { kind: 'sha256', value: sha256 }, etag: '"v1"', lastModified: null },
    source: {
      name: 'Meridian',
      id: 's1',
      assetId: 'ext-1',
      renditionId: 'ext-1-hd',
      pageUrl: 'https://meridian.example/a/1',
      downloadUrl: 'https://cdn.example:8443/v/-/clip.mp4',
    },
    rights: {
      usageText: 'Free for news.\n"No" resale.',
      creditLine: 'Meridian / A. Lind',
      editorialOnly: true,
      thirdParty: null,
      territories: null,
      embargoUntil: '2026-02-02T00:00:00.000Z',
      expiresAt: null,
    },
    event: null,
    days: { filmed: '2026-02-01', published: null },
    completedAt: '2026-02-03T04:05:06.000Z',
    writtenBy: 'Rushes 9.9.9',
  });
  expect(statSync(one.sidecarPath).mode & 0o777).toBe(0o644 & ~process.umask());
  expect(readdirSync(one.dir).sort()).toEqual(['clip.mp4', 'clip.mp4.rushes.json']);
  const row = one.db.prepare('SELECT fetched_from FROM download_provenance').pluck().get();
  expect(row).not.toContain(secret);
});

it('the scan of a library does not take it for a clip', async () => {
  const one = aFinishedDownload();
  await one.sidecars.write('d1');
  const found = [];
  for await (const { path } of walkFolder(one.dir, () => undefined)) found.push(path);
  expect(found).toEqual([one.path]);
});

it('overwrites nothing: what stands there already stays, and ours is numbered', async () => {
  const one = aFinishedDownload({ url: 'https://host.example/clip.mp4?sig=1' });
  writeFileSync(one.sidecarPath, 'mine');
  await one.sidecars.write('d1');
  expect(readFileSync(one.sidecarPath, 'utf8')).toBe('mine');
  const numbered = await readSidecar(join(one.dir, 'clip.mp4.rushes (1).json'));
  expect(numbered?.source.downloadUrl).toBe('https://host.example/clip.mp4');
});

it('is written once, also after a crash between the file and the note that it is there', async () => {
  const one = aFinishedDownload();
  await one.sidecars.write('d1');
  one.db.prepare('DELETE FROM download_provenance').run();
  writeFileSync(join(one.dir, '.rushes-d1.tmp'), 'half of on');
  await one.sidecars.recover();
  await one.sidecars.write('d1');
  expect(readdirSync(one.dir).sort()).toEqual(['clip.mp4', 'clip.mp4.rushes.json']);
  expect(one.db.prepare('SELECT sidecar FROM download_provenance').pluck().get()).toBe('written');
});

it('one whose name is blocked fails without a word to the download, and comes at the next start', async () => {
  const one = aFinishedDownload();
  const blocker = join(one.dir, '.rushes-d1.tmp');
  mkdirSync(blocker);
  await one.sidecars.write('d1');
  expect(one.logged).toEqual(['A sidecar could not be written.']);
  rmdirSync(blocker);
  await one.sidecars.recover();
  expect(readdirSync(one.dir).sort()).toEqual(['clip.mp4', 'clip.mp4.rushes.json']);
});

it('is made up for however many downloads stand before it', async () => {
  const one = aFinishedDownload();
  const add = one.db.prepare(
    `INSERT INTO download (id, position, title, dir, file_name, path, state, size_bytes, verified, sha256, created_at_ms,
       finished_at_ms)
     VALUES (:id, :position, 't', '/none', 'x', '/none/x', 'complete', 1, 'none', :sha256, 0, 0)`,
  );
  one.db.transaction(() => {
    for (let at = 2; at < 1300; at++) add.run({ id: `d${at}`, position: at, sha256 });
    one.db.prepare(`UPDATE download SET position = 1300 WHERE id = 'd1'`).run();
  })();
  await one.sidecars.recover();
  expect(readdirSync(one.dir).sort()).toEqual(['clip.mp4', 'clip.mp4.rushes.json']);
});

it('is not written where it is not wanted, nor later; nor beside a file that is not there', async () => {
  const one = aFinishedDownload({ wanted: false });
  await one.sidecars.write('d1');
  await one.sidecars.recover();
  expect(readdirSync(one.dir)).toEqual(['clip.mp4']);
  expect(one.db.prepare('SELECT sidecar FROM download_provenance').pluck().get()).toBe('unwanted');
  const gone = aFinishedDownload();
  gone.db.prepare(`UPDATE download SET path = path || '.moved'`).run();
  await gone.sidecars.recover();
  expect(readdirSync(gone.dir)).toEqual(['clip.mp4']);
});

it('downloads of before there were sidecars are owed none', async () => {
  const file = join(tempDir(), 'user.db');
  const how = { file, synchronous: 'FULL', checkFirst: false, now: () => 0 } as const;
  const old = openDatabase({ ...how, migrations: userMigrations.slice(0, 1) });
  old
    .prepare(
      `INSERT INTO download (id, position, title, dir, file_name, path, state, size_bytes, sha256, verified,
         created_at_ms, finished_at_ms)
       VALUES ('d1', 1, 'Old', '/media', 'old.mp4', '/media/old.mp4', 'complete', 1, :sha256, 'none', 0, 0)`,
    )
    .run({ sha256 });
  old.close();
  const db = openDatabase({ ...how, migrations: userMigrations });
  onTestFinished(() => void db.close());
  expect(createSidecarRepo(db).owedPage(-1)).toEqual({ ids: [], last: 1 });
  expect(createSidecarRepo(db).owedOf('d1')).toBeNull();
});

it.each(['', '{', '[]', '{"format":"rushes-sidecar","version":2}', 'null'])(
  'does not read %j',
  async (text) => {
    const path = join(tempDir(), 'x.rushes.json');
    writeFileSync(path, text);
    expect(await readSidecar(path)).toBeNull();
    expect(await readSidecar(`${path}.none`)).toBeNull();
  },
);

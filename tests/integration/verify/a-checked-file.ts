import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, statSync, utimesSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { Download } from '../../../shared/contract/downloads.ts';
import type { CheckResult, CheckRun } from '../../../shared/contract/verify.ts';
import { openDatabase, type Connection } from '../../../electron/core/storage/open-database.ts';
import { userMigrations } from '../../../electron/core/storage/databases.ts';
import { seededBody } from '../../support/fault-body.ts';
import { startFaultServer, type Behaviour, type FaultServer } from '../../support/fault-server.ts';
import { startCore, type TestCore } from '../core/test-core.ts';

export const MiB = 1024 * 1024;
export const pieceBytes = 4 * MiB;

/** A finished download of a server whose later answers a test decides. */
export interface CheckedFile {
  readonly core: TestCore;
  readonly server: FaultServer;
  readonly download: Download;
  readonly path: string;
  readonly sha256: string;
  /** What the server gives from now on. */
  serve(behaviour: Partial<Behaviour>): void;
}

/** Downloads a file with the real engine, clip and all. */
export async function aCheckedFile(sizeBytes = 10 * MiB): Promise<CheckedFile> {
  const body = seededBody(sizeBytes, 11);
  const sha256 = body.sha256();
  let behaviour: Behaviour = { body, etag: '"v1"' };
  const server = await startFaultServer(() => behaviour);
  onTestFinished(() => server.close());
  const core = await startCore({ pieceBytes });
  const { id } = await core.client.downloads.addUrl({
    url: `${server.url}/clip.mp4`,
    insecureHttp: true,
    allowPrivate: true,
    sha256,
  });
  const download = await patiently(
    () => core.client.downloads.get({ id }),
    ({ state, clipId }) => state === 'failed' || (state === 'complete' && clipId !== null),
  );
  if (download.path === null) throw new Error(`the download failed: ${JSON.stringify(download.reason)}`);
  return {
    core,
    server,
    download,
    path: download.path,
    sha256,
    serve: (more) => {
      behaviour = { ...behaviour, ...more };
    },
  };
}

/** A second connection to a core's user.db. */
export function userDbOf(core: TestCore): Connection {
  const file = join(core.home, 'user.db');
  const options = { synchronous: 'FULL', migrations: userMigrations, checkFirst: false } as const;
  const db = openDatabase({ file, ...options, now: () => 1 });
  onTestFinished(() => void db.close());
  return db;
}

/** Flips one bit as a decaying disk does: nobody is told, the file's time least of all. */
export function decay(path: string, at: number): void {
  // Through a Date the time would move by up to a millisecond.
  const modified = (Math.trunc(statSync(path).mtimeMs) + 0.5) / 1000;
  const file = openSync(path, 'r+');
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, at);
  byte[0] = (byte[0] ?? 0) ^ 1;
  writeSync(file, byte, 0, 1, at);
  closeSync(file);
  utimesSync(path, modified, modified);
}

/** Sets the time of a file ahead, as whoever writes to it does. */
export function touch(path: string): void {
  const at = new Date(Date.now() + 60_000);
  utimesSync(path, at, at);
}

export const sha256Of = (path: string): string =>
  createHash('sha256').update(readFileSync(path)).digest('hex');

/** How long a check or a mending may take on a busy machine, in milliseconds. */
const patienceMs = 50_000;

/** What a check is started with. */
type Scope = Parameters<TestCore['client']['verify']['start']>[0];

/** Checks and waits for the end. */
export async function check(core: TestCore, scope: Scope): Promise<CheckRun> {
  return ended(core, (await core.client.verify.start(scope)).id);
}

/** Waits for the end of a check. */
export async function ended(core: TestCore, runId: string): Promise<CheckRun> {
  const look = async (): Promise<CheckRun | null> => (await core.client.verify.status({ runId })).run;
  const run = await patiently(look, (one) => one?.state !== 'running');
  if (!run) throw new Error('There is no such check.');
  return run;
}

/** Looks again until it is so: these tests read and fetch many bytes, perhaps on a busy machine. */
export async function patiently<T>(look: () => T | Promise<T>, wanted: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const value = await look();
    if (wanted(value)) return value;
    if (Date.now() > deadline) throw new Error(`Waited in vain; the last was ${JSON.stringify(value)}.`);
    await sleep(25);
  }
}

export async function resultsOf(core: TestCore, runId: string): Promise<CheckResult[]> {
  return (await core.client.verify.results({ runId })).results;
}

/** Asks for the mending of one finding and waits for its end. */
export async function mend(core: TestCore, { id, runId }: CheckResult): Promise<CheckResult> {
  await core.client.verify.repair({ ids: [id] });
  const look = async (): Promise<CheckResult | undefined> =>
    (await resultsOf(core, runId)).find((one) => one.id === id);
  const found = await patiently(look, (one) => one?.mend?.state === 'done' || one?.mend?.state === 'failed');
  if (!found) throw new Error('There is no such finding.');
  return found;
}

import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createDownloads,
  type Downloads,
  type DownloadSettings,
} from '../../electron/core/downloads/downloads.ts';
import type { AssetDescription, FindHeld } from '../../electron/core/downloads/want-asset.ts';
import type { Checkpoint, EngineTuning, ResolveLink } from '../../electron/core/downloads/engine-deps.ts';
import { fixedPieceSize } from '../../electron/core/downloads/plan-pieces.ts';
import type { RenditionLink } from '../../electron/core/downloads/rendition-link.ts';
import type { DownloadSecrets } from '../../electron/core/downloads/url-download.ts';
import { ensureDir } from '../../electron/core/files/ensure-dir.ts';
import { safeFileName } from '../../electron/core/files/safe-name.ts';
import type { FindRenditions } from '../../electron/core/downloads/showing.ts';
import { loadPieceHash } from '../../electron/core/files/piece-hash.ts';
import { createHttpClient } from '../../electron/core/http/create-http-client.ts';
import { createFastClient } from '../../electron/core/http/fast/fast-client.ts';
import { createTrust } from '../../electron/core/http/trust.ts';
import type { HttpClient } from '../../electron/core/http/http-client.ts';
import { JobRunner } from '../../electron/core/jobs/job-runner.ts';
import { createJobsRepo } from '../../electron/core/jobs/jobs-repo.ts';
import type { Log } from '../../electron/core/ports.ts';
import { defaultSettings } from '../../electron/core/settings/default-settings.ts';
import { userMigrations } from '../../electron/core/storage/databases.ts';
import { openDatabase, type Connection } from '../../electron/core/storage/open-database.ts';
import type { Download } from '../../shared/contract/downloads.ts';

export const hashWorkerUrl = new URL('../../electron/core/files/hash-worker.ts', import.meta.url);
export const followWorkerUrl = new URL('../../electron/core/files/follow-worker.ts', import.meta.url);
export const transferWorkerUrl = new URL('../../electron/core/http/fast/transfer-worker.ts', import.meta.url);

/** What a rig is made of; everything has a default. */
export interface RigOptions {
  readonly home?: string;
  readonly connections?: number;
  readonly parallel?: number;
  readonly pieceBytes?: number;
  readonly tuning?: Partial<EngineTuning>;
  /** Nothing is quicker than in the product, and pieces are as large. */
  readonly asShipped?: boolean;
  /** Asked at every use, as in the product. */
  readonly settings?: Partial<DownloadSettings>;
  readonly findHeld?: FindHeld;
  readonly renditions?: FindRenditions;
  readonly online?: () => boolean;
  /** How far the wall clock is from the true one, asked at every reading. */
  readonly clockAheadMs?: () => number;
  readonly resolve?: ResolveLink;
  readonly describe?: (assetId: string) => Partial<AssetDescription>;
  readonly onComplete?: (path: string) => Promise<string | null>;
  /** Trusted beside the system's, PEM. */
  readonly certificates?: readonly string[];
  /** Without the thread that receives and writes. */
  readonly plain?: boolean;
  /** A client that several rigs share, and that is not theirs to close. */
  readonly http?: HttpClient;
  /** Another module for that thread. */
  readonly transferWorkerUrl?: URL;
  /** What was sealed before; a rig of its own begins with nothing. */
  readonly secrets?: Map<string, string>;
  readonly checkpoint?: (name: Checkpoint) => void | Promise<void>;
}

/** The real engine on a real database in a folder of its own. */
export interface Rig {
  readonly home: string;
  readonly dir: string;
  readonly db: Connection;
  readonly downloads: Downloads;
  readonly logged: string[];
  readonly notices: string[];
  readonly secrets: Map<string, string>;
  /** Waits until a download stands still: complete, failed, paused, cancelled, or waiting for a person or place. */
  settled(id: string, until?: (download: Download) => boolean): Promise<Download>;
  sha256(name: string): string;
  files(): string[];
  /** Ends the core but keeps the folder, as at quitting. */
  stop(): Promise<void>;
  /** Ends all and removes the folder. */
  close(): Promise<void>;
}

/** Waits quick enough for tests; the rules are those of the product. */
const quick: Partial<EngineTuning> = {
  timeouts: { headMs: 1500, idleMs: 300 },
  pauseMs: 20,
  delayFactor: 0.02,
  tickMs: 50,
  piecesAtOnce: 1,
};

/**
 * For tests that count bytes: a busy machine must not take its own slowness for a silent server, because what such a
 * server has sent is asked for again.
 */
export const patient: Partial<EngineTuning> = { timeouts: { headMs: 20_000, idleMs: 20_000 } };

/** The client of the product, or its plain half alone. */
export function startHttp(
  options: Pick<RigOptions, 'plain' | 'certificates' | 'transferWorkerUrl'>,
  log: Log = logInto([]),
): HttpClient {
  const trust = createTrust({ log, ...(options.certificates ? { certificates: options.certificates } : {}) });
  const userAgent = 'Rushes test';
  const plain = createHttpClient({ userAgent, log, trust });
  const workerUrl = options.transferWorkerUrl ?? transferWorkerUrl;
  // The same tests without the fast way: RUSHES_TEST_PLAIN=1.
  const isPlain = options.transferWorkerUrl === undefined && process.env['RUSHES_TEST_PLAIN'] === '1';
  if (options.plain ?? isPlain) return plain;
  return createFastClient({ plain, trust, workerUrl, userAgent, log, now: () => performance.now() });
}

/** Starts a rig. */
export async function startRig(options: RigOptions = {}): Promise<Rig> {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'rushes-rig-'));
  const dir = join(home, 'media');
  const clock = { now: () => Date.now() + (options.clockAheadMs?.() ?? 0) };
  const logged: string[] = [];
  const notices: string[] = [];
  const secrets = options.secrets ?? new Map<string, string>();
  const log = logInto(logged);
  const db = openDatabase({
    file: join(home, 'user.db'),
    synchronous: 'FULL',
    migrations: userMigrations,
    checkFirst: false,
    now: clock.now,
  });
  const http = options.http ?? startHttp(options, log);
  const jobs = new JobRunner({ repo: createJobsRepo(db), clock, log, notify: () => undefined });
  const downloads = createDownloads({
    db,
    jobs,
    clock,
    log,
    http,
    notify: (entity, id) => notices.push(`${entity} ${id ?? ''}`),
    settings: {
      connections: () => options.connections ?? 4,
      parallelDownloads: () => options.parallel ?? 3,
      downloadDir: () => dir,
      hostConnections: () => 32,
      totalConnections: () => 64,
      keepFreeBytes: () => 0,
      traffic: () => defaultSettings(dir).traffic,
      ...options.settings,
    },
    findHeld: options.findHeld ?? (() => Promise.resolve(null)),
    renditions: options.renditions ?? (() => []),
    ...(options.online ? { online: options.online } : {}),
    resolve: options.resolve ?? (() => Promise.reject(new Error('No resolver.'))),
    places: {
      find: async ({ base, fileName }) => {
        await ensureDir(base);
        return { dir: base, fileName: safeFileName(fileName) };
      },
      nameOf: ({ fileName }) => safeFileName(fileName),
    },
    describeAsset: (assetId) => ({ ...plainAsset(assetId), ...options.describe?.(assetId) }),
    onComplete: (_row, file) => options.onComplete?.(file.path) ?? Promise.resolve(null),
    hashWorkerUrl,
    followWorkerUrl,
    pieceHash: await loadPieceHash(),
    secrets: secretsIn(secrets),
    tuning: {
      ...(options.asShipped ? {} : { ...quick, pieceSize: fixedPieceSize(options.pieceBytes ?? 64 * 1024) }),
      ...options.tuning,
    },
    ...(options.checkpoint ? { checkpoint: options.checkpoint } : {}),
  });
  await downloads.recover();
  jobs.start();
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> => {
    stopped ??= (async () => {
      await downloads.close();
      await jobs.close();
      if (!options.http) await http.close();
      db.close();
    })();
    return stopped;
  };
  return {
    home,
    dir,
    db,
    downloads,
    logged,
    notices,
    secrets,
    settled: (id, until = isStill) =>
      waitFor(
        () => downloads.get({ id }),
        // Complete is said as soon as it is true; tests look at what is left when all is cleared away, too.
        (one) => until(one) && (one.state !== 'complete' || isHandedOver(db, id)),
      ),
    sha256: (name) =>
      createHash('sha256')
        .update(readFileSync(join(dir, name)))
        .digest('hex'),
    files: () => readdirSync(dir).sort(),
    stop,
    close: async () => {
      await stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Reads until it is as wanted; thirty seconds at most, which only a machine that is busy with much else comes near. */
export async function waitFor<T>(read: () => T, until: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const value = read();
    if (until(value)) return value;
    if (Date.now() > deadline) throw new Error(`Waited in vain; the last was ${JSON.stringify(value)}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A link to a fault server, which lies on loopback over plain http. */
export function aLink(url: string, facts: Partial<RenditionLink> = {}): RenditionLink {
  return {
    url,
    policy: { insecureHttp: true, allowPrivate: true },
    sizeBytes: null,
    hash: null,
    etag: null,
    expiresAtMs: null,
    fileName: null,
    ...facts,
  };
}

function isStill(download: Download): boolean {
  return ['complete', 'failed', 'paused', 'cancelled'].includes(download.state);
}

function isHandedOver(db: Connection, id: string): boolean {
  return db.prepare('SELECT handed_over FROM download WHERE id = ?').pluck().get(id) === 1;
}

function plainAsset(assetId: string): AssetDescription {
  return {
    title: `Asset ${assetId}`,
    sourceId: 'source-1',
    externalId: assetId,
    renditionId: `${assetId}-master`,
    renditionExternalId: `${assetId}-m`,
    fileName: `${assetId}.mp4`,
    sizeBytes: null,
    hash: null,
    etag: null,
    snapshot: { title: `Asset ${assetId}` },
  };
}

function logInto(lines: string[]): Log {
  const write = (message: string, facts?: Readonly<Record<string, unknown>>): void =>
    void lines.push(`${message} ${JSON.stringify(facts ?? {})}`);
  return { info: write, warn: write, error: write };
}

function secretsIn(map: Map<string, string>): DownloadSecrets {
  return {
    set: async (name, value) => void map.set(name, value),
    get: async (name) => map.get(name) ?? null,
    delete: async (name) => void map.delete(name),
  };
}

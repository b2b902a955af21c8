import { access, constants } from 'node:fs/promises';
import type { Finding } from '../../../shared/contract/system.ts';
import { freeSpace } from '../files/free-space.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import type { MediaTools, Notify } from '../ports.ts';
import { checkDatabase } from '../storage/check-database.ts';
import type { Databases } from '../storage/databases.ts';

/** Below this much free room the doctor warns, in bytes. */
const littleRoomBytes = 2 * 1024 ** 3;

interface SystemDeps {
  readonly version: string;
  readonly home: string;
  readonly door: 'desktop' | 'browser' | 'cli';
  readonly dbs: Databases;
  readonly jobs: JobRunner;
  readonly tools: MediaTools;
  readonly toolVersion: (path: string) => Promise<string>;
  readonly downloadDir: () => string;
  readonly checkWorkerUrl: URL;
  /** The proxy's and the certificates' lines. */
  readonly networkFindings: () => Promise<Finding[]>;
  readonly notify: Notify;
}

/** What the core knows of itself and of the machine it runs on. */
export function createSystem(deps: SystemDeps) {
  let hostWork: string | null = null;
  return {
    /** What the host itself is busy with, shown among the background jobs; null when it is done. */
    announce: (title: string | null): void => {
      hostWork = title;
      deps.notify('job');
    },
    info: () => ({ version: deps.version, home: deps.home, door: deps.door, node: process.version }),
    jobs: () => ({
      jobs: [
        ...(hostWork === null ? [] : [hostJob(hostWork)]),
        ...deps.jobs.list().map(({ id, kind, title, state, reason, createdAtMs }) => ({
          id,
          kind,
          title,
          state,
          reason,
          createdAtMs,
        })),
      ],
    }),
    doctor: async () => {
      const findings: Finding[] = [
        {
          name: 'Rushes',
          state: 'ok',
          value: `${deps.version} on Node ${process.versions.node}, ${process.platform} ${process.arch}`,
        },
        await writable('Home', deps.home),
        await writable('Download folder', deps.downloadDir()),
        await room('Free space at home', deps.home),
        await room('Free space for downloads', deps.downloadDir()),
        await tool(deps, 'ffmpeg', deps.tools.ffmpegPath),
        await tool(deps, 'ffprobe', deps.tools.ffprobePath),
        await database('User database', deps.dbs.user, deps.checkWorkerUrl),
        await database('Catalogue database', deps.dbs.catalogue, deps.checkWorkerUrl),
        ...(await deps.networkFindings()),
      ];
      return { ok: findings.every(({ state }) => state !== 'problem'), findings };
    },
  };
}

function hostJob(title: string) {
  return { id: 'host', kind: 'host', title, state: 'running' as const, reason: null, createdAtMs: 0 };
}

async function writable(name: string, path: string): Promise<Finding> {
  try {
    await access(path, constants.W_OK);
    return { name, state: 'ok', value: path };
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return missing
      ? { name, state: 'ok', value: `${path} (made when first needed)` }
      : { name, state: 'problem', value: path, hint: 'Rushes may not write there; choose another folder.' };
  }
}

async function room(name: string, path: string): Promise<Finding> {
  const free = await freeSpace(path);
  if (free === null) return { name, state: 'ok', value: 'not known before the folder is made' };
  const value = `${(free / 1e9).toFixed(1)} GB`;
  return free < littleRoomBytes
    ? { name, state: 'warning', value, hint: 'Large downloads will wait for room.' }
    : { name, state: 'ok', value };
}

async function tool(deps: SystemDeps, name: string, path: string | null): Promise<Finding> {
  if (path === null) {
    return {
      name,
      state: 'problem',
      value: 'not found',
      hint: 'Posters and filmstrips cannot be made without it.',
    };
  }
  try {
    return { name, state: 'ok', value: `${await deps.toolVersion(path)} (${path})` };
  } catch (error) {
    return { name, state: 'problem', value: path, hint: `It does not start: ${String(error)}` };
  }
}

async function database(name: string, db: Databases['user'], workerUrl: URL): Promise<Finding> {
  const result = await checkDatabase(db.name, workerUrl);
  const version = db.pragma('user_version', { simple: true });
  return result === 'ok'
    ? { name, state: 'ok', value: `sound, version ${String(version)}` }
    : {
        name,
        state: 'problem',
        value: result,
        hint: 'Close Rushes and put a backup of the file in its place.',
      };
}

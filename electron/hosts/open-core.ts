import { join } from 'node:path';
import { createCore, type Core } from '../core/create-core.ts';
import { pathError } from '../core/files/disk-error.ts';
import { makeFolder } from '../core/files/make-folder.ts';
import { findMediaTools } from '../core/media/media-tools.ts';
import type { Log, SecretBox, SystemProxy, WorkerModules } from '../core/ports.ts';
import { createFileLog } from './file-log.ts';
import { defaultDownloadFolder } from './home-folder.ts';
import { createKeyFileBox } from './key-file-box.ts';

const sourceWorkers: WorkerModules = {
  hash: new URL('../core/files/hash-worker.ts', import.meta.url),
  follow: new URL('../core/files/follow-worker.ts', import.meta.url),
  pac: new URL('../core/network/pac/pac-worker.ts', import.meta.url),
  check: new URL('../core/storage/check-worker.ts', import.meta.url),
  catalogueWriter: new URL('../core/catalogue/catalogue-write-worker.ts', import.meta.url),
  catalogueSearch: new URL('../core/catalogue/search/search-worker.ts', import.meta.url),
  transfer: new URL('../core/http/fast/transfer-worker.ts', import.meta.url),
};

/** What a door says to have a core opened for it. */
export interface OpenCore {
  readonly home: string;
  readonly door: 'desktop' | 'browser' | 'cli';
  readonly version: string;
  /** The operating system's key store where the door can reach it; else a key file in the home. */
  readonly secretBox?: SecretBox;
  readonly log?: Log;
  /** What the operating system is set to, where the door can ask it; else the environment alone counts. */
  readonly systemProxy?: SystemProxy;
  /** The process's own unless told. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Where the modules of worker threads lie, for a door that was built; else their source files. */
  /** Where a packaged application keeps what lies beside its archive, ffmpeg among it. */
  readonly resourcesDir?: string | undefined;
  readonly workers?: WorkerModules;
  readonly downloadDir?: string;
  readonly pieceBytes?: number;
  readonly pace?: number;
  /** Nothing is worked off until the core is told to begin. */
  readonly still?: boolean;
}

/**
 * Opens the core the way every door does.
 *
 * @throws RushesError HOME_IN_USE, DATABASE_NEWER, DATABASE_DAMAGED; DISK_FULL or DISK_ERROR when the home cannot be used.
 */
export async function openCore(wanted: OpenCore): Promise<Core> {
  try {
    await makeFolder(wanted.home, 0o700);
    return await open(wanted);
  } catch (error) {
    throw pathError(error, `The home folder ${wanted.home} cannot be used.`) ?? error;
  }
}

async function open(wanted: OpenCore): Promise<Core> {
  return createCore({
    home: wanted.home,
    door: wanted.door,
    version: wanted.version,
    clock: { now: () => Date.now() },
    log: wanted.log ?? createFileLog(wanted.home, wanted.door),
    secretBox: wanted.secretBox ?? createKeyFileBox(join(wanted.home, 'secrets.key')),
    environment: wanted.environment ?? process.env,
    ...(wanted.systemProxy === undefined ? {} : { systemProxy: wanted.systemProxy }),
    tools: await findMediaTools(
      wanted.resourcesDir === undefined ? {} : { resourcesDir: wanted.resourcesDir },
    ),
    downloadDir: wanted.downloadDir ?? process.env['RUSHES_DOWNLOADS'] ?? defaultDownloadFolder(),
    workers: wanted.workers ?? sourceWorkers,
    ...(wanted.pieceBytes === undefined ? {} : { pieceBytes: wanted.pieceBytes }),
    ...(wanted.pace === undefined ? {} : { pace: wanted.pace }),
    ...(wanted.still === undefined ? {} : { still: wanted.still }),
  });
}

import { join } from 'node:path';
import { createCore, type Core } from '../core/create-core.ts';
import { pathError } from '../core/files/disk-error.ts';
import { makeFolder } from '../core/files/make-folder.ts';
import { findMediaTools } from '../core/media/media-tools.ts';
import type { Log, SecretBox } from '../core/ports.ts';
import { createFileLog } from './file-log.ts';
import { defaultDownloadFolder } from './home-folder.ts';
import { createKeyFileBox } from './key-file-box.ts';

/** What a door says to have a core opened for it. */
export interface OpenCore {
  readonly home: string;
  readonly door: 'desktop' | 'browser' | 'cli';
  readonly version: string;
  /** The operating system's key store where the door can reach it; else a key file in the home. */
  readonly secretBox?: SecretBox;
  readonly log?: Log;
  /** Where the modules of worker threads lie, for a door that was built; else their source files. */
  /** Where a packaged application keeps what lies beside its archive, ffmpeg among it. */
  readonly resourcesDir?: string | undefined;
  readonly hashWorkerUrl?: URL;
  readonly checkWorkerUrl?: URL;
  readonly downloadDir?: string;
  readonly pieceBytes?: number;
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
    tools: await findMediaTools(
      wanted.resourcesDir === undefined ? {} : { resourcesDir: wanted.resourcesDir },
    ),
    downloadDir: wanted.downloadDir ?? process.env['RUSHES_DOWNLOADS'] ?? defaultDownloadFolder(),
    hashWorkerUrl: wanted.hashWorkerUrl ?? new URL('../core/files/hash-worker.ts', import.meta.url),
    checkWorkerUrl: wanted.checkWorkerUrl ?? new URL('../core/storage/check-worker.ts', import.meta.url),
    ...(wanted.pieceBytes === undefined ? {} : { pieceBytes: wanted.pieceBytes }),
  });
}

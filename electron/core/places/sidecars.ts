import { rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writeNewFile } from '../files/write-new-file.ts';
import type { AssetSnapshot } from '../library/asset-snapshot.ts';
import type { Log } from '../ports.ts';
import type { Connection } from '../storage/open-database.ts';
import { plainAddress } from './plain-address.ts';
import { sidecarOf } from './sidecar-content.ts';
import { readSidecar, sidecarEnding } from './sidecar-format.ts';
import { createSidecarRepo, type FinishedDownload } from './sidecar-repo.ts';

/** Writes what is known of a finished file beside it. */
export interface Sidecars {
  /** Keeps where the bytes of a download come from, without its secrets. */
  fetchedFrom(downloadId: string, url: string): void;
  /** Writes the sidecar of a finished download where it is wanted; one that cannot be written is made up for at the next start. */
  write(downloadId: string): Promise<void>;
  /** Writes what an earlier run could not. */
  recover(): Promise<void>;
  /** Ends what `recover` began; a sidecar that is being written is written. */
  close(): Promise<void>;
}

/** Builds the sidecars over user.db. */
export function createSidecars(deps: {
  readonly db: Connection;
  readonly log: Log;
  readonly version: string;
  readonly wanted: () => boolean;
  /** Reads the copy of the asset that a download keeps; null when there is none that makes sense. */
  readonly readSnapshot: (json: string | null) => AssetSnapshot | null;
}): Sidecars {
  const repo = createSidecarRepo(deps.db);
  const closing = new AbortController();
  let recovering: Promise<void> = Promise.resolve();

  const settle = async (row: FinishedDownload): Promise<void> => {
    const found = await stat(row.path).catch(() => null);
    // Moved, or its volume is away: there is nothing that a sidecar could stand beside.
    if (!found?.isFile()) return;
    const known = await readSidecar(`${row.path}${sidecarEnding}`);
    const temporaryName = `.rushes-${row.id}.tmp`;
    if (known?.file.sha256 === row.sha256) {
      // A crash came between the file and the row; it may have left its other name.
      await rm(join(dirname(row.path), temporaryName), { force: true });
    } else {
      const content = sidecarOf(row, deps.readSnapshot(row.assetJson), deps.version);
      await writeNewFile({
        dir: dirname(row.path),
        fileName: `${basename(row.path)}${sidecarEnding}`,
        temporaryName,
        content: `${JSON.stringify(content, null, 2)}\n`,
        mode: 0o644,
      });
    }
    repo.settle(row.id, 'written');
  };

  const tryOne = async (row: FinishedDownload): Promise<void> => {
    try {
      if (deps.wanted()) await settle(row);
      else repo.settle(row.id, 'unwanted');
    } catch (error) {
      deps.log.warn('A sidecar could not be written.', { id: row.id, error: String(error) });
    }
  };

  const write = async (downloadId: string): Promise<void> => {
    const row = repo.owedOf(downloadId);
    if (row) await tryOne(row);
  };

  const recover = async (): Promise<void> => {
    for (let page = repo.owedPage(-1); page !== null; page = repo.owedPage(page.last)) {
      for (const id of page.ids) {
        if (closing.signal.aborted) return;
        await write(id);
      }
      await new Promise(setImmediate);
      // The database is closed behind the core.
      if (closing.signal.aborted) return;
    }
  };

  return {
    fetchedFrom: (downloadId, url) => {
      const address = plainAddress(url);
      if (address !== null) repo.fetchedFrom(downloadId, address);
    },
    write,
    recover: () => {
      recovering = recover();
      return recovering;
    },
    close: async () => {
      closing.abort();
      await recovering.catch(() => undefined);
    },
  };
}

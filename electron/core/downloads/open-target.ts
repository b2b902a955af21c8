import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode, toFileFault, FileFault } from '../files/file-fault.ts';
import { hashFile } from '../files/hash-file.ts';
import { makeFolder } from '../files/make-folder.ts';
import { createPart, openPart, type PartFile } from '../files/part-file.ts';
import { freePartName, removePart } from '../files/publish-file.ts';
import { syncDir } from '../files/sync-dir.ts';
import { identityOf, type DownloadRow } from './download-row.ts';
import type { EngineDeps } from './engine-deps.ts';
import type { RemoteIdentity } from './remote-identity.ts';
import { reserveOf, volumeOf } from './traffic/room.ts';

const mostPartNames = 100;

/**
 * Makes the partial file for a remote file that has just been met, after writing down what it is to be.
 *
 * @throws FileFault
 */
export async function createTarget(
  deps: EngineDeps,
  row: DownloadRow,
  identity: RemoteIdentity,
): Promise<PartFile> {
  try {
    await makeFolder(row.dir);
    for (let tries = 0; tries < mostPartNames; tries++) {
      const name = await freePartName(row.dir, row.fileName);
      // First the name, then the file: a crash in between leaves a name without a file, never a file without a row.
      deps.repo.fixIdentity(row.id, identity, join(row.dir, name));
      await deps.checkpoint('identity-fixed');
      const part = await createPart(row.dir, name).catch((error: unknown) => {
        if (hasCode(error, 'EEXIST')) return null;
        throw error;
      });
      if (!part) continue;
      await orClose(part, async () => {
        deps.repo.fixPart(row.id, part.identity);
        await syncDir(row.dir);
        await deps.checkpoint('part-created');
      });
      return part;
    }
  } catch (error) {
    throw toFileFault(error, 'The partial file cannot be created');
  }
  throw new FileFault('FILE_FAILED', 'No free name was found for the partial file.');
}

/**
 * Opens the partial file of an earlier run and drops what cannot be trusted of it. Null, and the row begun anew, when
 * there is nothing to go on with.
 *
 * @throws FileFault FILE_VANISHED when the volume seems to be away, rather than fetching onto another one.
 */
export async function reopenTarget(deps: EngineDeps, row: DownloadRow): Promise<PartFile | null> {
  const identity = identityOf(row);
  if (!identity || row.partPath === null) return null;
  const noRange = (row.noRangeUntilMs ?? 0) > deps.clock.now();
  const wholeThere = identity.sizeBytes !== null && row.doneBytes === identity.sizeBytes;
  const usable = identity.sizeBytes !== null && !noRange;
  if (!usable && !wholeThere) {
    await removePart(row.partPath, row.part);
    deps.repo.startOver(row.id, row.oldPartPath);
    return null;
  }
  const part = await openPart(row.partPath).catch(async (error: unknown) => {
    if (!(error instanceof FileFault) || error.reason !== 'FILE_VANISHED') throw error;
    if (row.doneBytes > 0 && !(await isSameVolume(row))) throw error;
    deps.repo.startOver(row.id, row.oldPartPath);
    return null;
  });
  if (!part) return null;
  const isOurs = await orClose(part, async () => {
    if (row.part === null && (await part.sizeBytes()) > 0) return false;
    return trustOrCheck(deps, row, part);
  });
  if (isOurs) return part;
  // Someone else's file has the name that was written down, since before ours was made or later: it is left alone.
  await part.close();
  deps.repo.startOver(row.id, row.oldPartPath);
  return null;
}

/** Does something with a file that was just opened; closes it where that fails, for then nobody else will. */
async function orClose<T>(part: PartFile, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await part.close();
    throw error;
  }
}

async function isSameVolume(row: DownloadRow): Promise<boolean> {
  const dir = await stat(row.dir, { bigint: true }).catch(() => null);
  return dir !== null && (row.part === null || row.part.dev === String(dir.dev));
}

/**
 * The very file that was written is trusted as far as it reaches; any other, and one that somebody has lengthened since,
 * is compared with the journal. False for one that holds nothing of ours: whoever put it there may want it.
 */
async function trustOrCheck(deps: EngineDeps, row: DownloadRow, part: PartFile): Promise<boolean> {
  const sizeBytes = await part.sizeBytes();
  const isTooLong = row.sizeBytes !== null && sizeBytes > row.sizeBytes;
  const pieces = deps.repo.pieces(row.id);
  if (row.part?.ino === part.identity.ino && !isTooLong) {
    const beyond = pieces.filter((piece) => piece.start + piece.length > sizeBytes);
    dropPieces(
      deps,
      row,
      beyond.map((piece) => piece.start),
    );
  } else {
    const damaged = await damagedPieces(deps, row, part.path);
    if (pieces.length > 0 && damaged.length === pieces.length) return false;
    dropPieces(deps, row, damaged);
    if (isTooLong && row.sizeBytes !== null) await part.cut(row.sizeBytes);
  }
  deps.repo.fixPart(row.id, part.identity);
  return true;
}

/**
 * Cuts what another program has added to a partial file whose every piece is as it was received.
 *
 * @returns false when nothing was added.
 */
export async function cutToSize(row: DownloadRow, path: string): Promise<boolean> {
  const part = await openPart(path);
  try {
    const isOurs = row.part?.ino === part.identity.ino;
    if (!isOurs || row.sizeBytes === null || (await part.sizeBytes()) <= row.sizeBytes) return false;
    await part.cut(row.sizeBytes);
    return true;
  } finally {
    await part.close();
  }
}

function dropPieces(deps: EngineDeps, row: DownloadRow, starts: readonly number[]): void {
  if (starts.length > 0) deps.repo.dropPieces(row.id, starts);
}

/** The starts of the journalled pieces whose bytes on the disk are not those that were received. */
export async function damagedPieces(deps: EngineDeps, row: DownloadRow, path: string): Promise<number[]> {
  const pieces = deps.repo.pieces(row.id);
  const { pieces: found } = await hashFile({ path, ranges: pieces, workerUrl: deps.hashWorkerUrl });
  return pieces.filter((piece, index) => piece.xxh64 !== found[index]).map((piece) => piece.start);
}

/**
 * Refuses to begin what will not fit.
 *
 * @throws FileFault NO_SPACE.
 */
export async function assertRoom(deps: EngineDeps, dir: string, missingBytes: number): Promise<void> {
  const volume = await volumeOf(dir);
  if (!volume || volume.freeBytes >= missingBytes + reserveOf(volume, deps.keepFreeBytes())) return;
  const toMegabytes = (bytes: number): string => `${Math.ceil(bytes / 1_000_000)} MB`;
  const [missing, free] = [toMegabytes(missingBytes), toMegabytes(volume.freeBytes)];
  throw new FileFault(
    'NO_SPACE',
    `${missing} are missing, ${free} are free, of which ${toMegabytes(reserveOf(volume, deps.keepFreeBytes()))} are to stay so.`,
  );
}

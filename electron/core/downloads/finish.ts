import { stat } from 'node:fs/promises';
import { FileFault } from '../files/file-fault.ts';
import { hashFile, type FileHashes } from '../files/hash-file.ts';
import { openPart } from '../files/part-file.ts';
import { publish, removePart } from '../files/publish-file.ts';
import type { DownloadRow } from './download-row.ts';
import type { Completion, DownloadsRepo } from './downloads-repo.ts';
import type { EngineDeps } from './engine-deps.ts';
import { provingKinds, type Following } from './following.ts';
import { keptAddress } from './kept-address.ts';
import { cutToSize, damagedPieces } from './open-target.ts';
import type { Outcome } from './outcome.ts';
import { encodeSeal } from './seal.ts';

/** How often a wrong hash may be answered by fetching again. */
const mostHashFailures = 3;

/** What proving a partial file came to: good, to be fetched again in part or whole, or given up. */
export type Proof =
  | { readonly kind: 'good'; readonly sha256: string; readonly verified: Completion['verified'] }
  | { readonly kind: 'again' }
  | Extract<Outcome, { kind: 'fail' }>;

/**
 * Proves that the partial file is what the source promises: its size, then its hash or, without one, that the disk
 * holds what was received. Damaged pieces are dropped from the journal so that only they are fetched again.
 */
export async function prove(
  deps: EngineDeps,
  row: DownloadRow,
  by: { readonly following: Following; readonly signal: AbortSignal },
): Promise<Proof> {
  const path = row.partPath;
  if (path === null) throw new Error('Nothing to prove: there is no partial file.');
  const { whole, sizeBytes, asReceived } = await read(deps, row, { ...by, path });
  const rightSize = row.sizeBytes === null || sizeBytes === row.sizeBytes;
  if (rightSize && asReceived && isPromised(row, whole)) {
    return { kind: 'good', sha256: whole.sha256 ?? '', verified: restsOn(row) };
  }
  return afterMismatch(deps, row, path);
}

interface Reading {
  readonly whole: FileHashes['whole'];
  readonly sizeBytes: number;
  readonly asReceived: boolean;
}

/** Mostly the file has been followed, and only its last bytes are waited for; else all of it is read. */
async function read(
  deps: EngineDeps,
  row: DownloadRow,
  by: { readonly path: string; readonly following: Following; readonly signal: AbortSignal },
): Promise<Reading> {
  const { path, signal } = by;
  const followed = await by.following.result(signal);
  if (followed?.isWhole && (!row.expectedHash || followed.whole[row.expectedHash.kind] !== undefined)) {
    return { ...followed, asReceived: followed.damaged.length === 0 };
  }
  const pieces = row.expectedHash ? [] : deps.repo.pieces(row.id);
  const kinds = provingKinds(row);
  const hashes = await hashFile({ path, kinds, ranges: pieces, workerUrl: deps.hashWorkerUrl, signal });
  const asReceived = pieces.every((piece, index) => piece.xxh64 === hashes.pieces[index]);
  return { ...hashes, asReceived };
}

function restsOn(row: DownloadRow): Completion['verified'] {
  if (row.expectedHash) return 'hash';
  return row.sizeWasTold ? 'size' : 'none';
}

function isPromised(row: DownloadRow, whole: FileHashes['whole']): boolean {
  const promised = row.expectedHash;
  return promised === null || whole[promised.kind] === promised.value.toLowerCase();
}

async function afterMismatch(deps: EngineDeps, row: DownloadRow, path: string): Promise<Proof> {
  const damaged = await damagedPieces(deps, row, path);
  deps.repo.hashFailed(row.id);
  deps.log.warn('A downloaded file is not what was promised.', { id: row.id, damagedPieces: damaged.length });
  const detail =
    damaged.length > 0
      ? 'The disk does not hold what was written to it.'
      : "The server's bytes do not have the promised hash.";
  const failures = row.hashFailures + 1;
  if (failures >= mostHashFailures) return { kind: 'fail', reason: 'HASH_MISMATCH', detail };
  if (damaged.length > 0) {
    deps.repo.dropPieces(row.id, damaged);
    return { kind: 'again' };
  }
  if (await cutToSize(row, path)) return { kind: 'again' };
  // The line brought wrong bytes, and nothing tells which: everything once more, then no more.
  if (row.hashFailures > 0) return { kind: 'fail', reason: 'HASH_MISMATCH', detail };
  await removePart(path, row.part);
  deps.repo.startOver(row.id, row.oldPartPath);
  return { kind: 'again' };
}

/**
 * Gives a proven file its final name and completes the row. The intended place is written down first: a crash between
 * the two is found at the next start.
 *
 * @throws FileFault
 */
export async function finish(
  deps: EngineDeps,
  row: DownloadRow,
  proof: Extract<Proof, { kind: 'good' }>,
): Promise<Completion> {
  const { partPath } = row;
  if (partPath === null) throw new Error('Nothing to finish: there is no partial file.');
  const part = await openPart(partPath);
  let sizeBytes: number;
  try {
    await part.seal();
    await part.assertSamePlace();
    sizeBytes = await part.sizeBytes();
    const isProven = part.identity.ino === row.part?.ino && sizeBytes === (row.sizeBytes ?? sizeBytes);
    if (!isProven) throw new FileFault('FILE_VANISHED', 'Another file lies where the proven one was.');
  } finally {
    await part.close();
  }
  await deps.checkpoint('before-publish');
  const path = await publish({
    partPath,
    dir: row.dir,
    fileName: row.fileName,
    intend: (target) => deps.repo.intend(row.id, target, proof.sha256),
  });
  await deps.checkpoint('after-publish');
  const completion: Completion = { path, sha256: proof.sha256, sizeBytes, verified: proof.verified };
  await complete(deps, row, completion);
  return completion;
}

/** Recognises a file that got its name just before a crash; null when there is none and the work is to be done. */
export async function adopt(deps: EngineDeps, row: DownloadRow): Promise<Completion | null> {
  const { path, sha256 } = row;
  if (path === null || sha256 === null) return null;
  const found = await stat(path).catch(() => null);
  if (!found?.isFile() || found.size !== row.sizeBytes) return null;
  const hashes = await hashFile({ path, kinds: ['sha256'], workerUrl: deps.hashWorkerUrl }).catch(
    (error: unknown) => {
      if (error instanceof FileFault) return null;
      throw error;
    },
  );
  if (hashes?.whole.sha256 !== sha256) return null;
  const completion: Completion = { path, sha256, sizeBytes: found.size, verified: restsOn(row) };
  await complete(deps, row, completion);
  return completion;
}

async function complete(deps: EngineDeps, row: DownloadRow, completion: Completion): Promise<void> {
  // The pieces go on telling later damage apart, when the journal is gone.
  const seal = encodeSeal(deps.repo.pieces(row.id), completion.sizeBytes);
  const kept = row.url === null ? null : keptAddress(row.url);
  deps.repo.complete(row.id, { ...completion, seal, kept }, deps.clock.now());
  await deps.checkpoint('after-commit');
  await removeParts(deps.repo, row);
}

/** Removes what an ended download has left beside its final place, and forgets it. */
export async function removeParts(repo: DownloadsRepo, row: DownloadRow): Promise<void> {
  if (row.partPath !== null) await removePart(row.partPath, row.part);
  if (row.oldPartPath !== null) await removePart(row.oldPartPath);
  repo.forgetParts(row.id);
}

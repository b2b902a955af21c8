import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { chmod, lstat, rename, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { copyBeside } from '../files/copy-beside.ts';
import { FileFault } from '../files/file-fault.ts';
import { hashFile } from '../files/hash-file.ts';
import { openPart } from '../files/part-file.ts';
import { removePart } from '../files/publish-file.ts';
import { syncDir } from '../files/sync-dir.ts';
import { damagedPieces, type SealedPiece } from './check-file.ts';
import type { CheckItem } from './check-row.ts';

/** Fetches pieces of a finished download once more; each is proven by its hash before it counts. */
export type FetchPieces = (wish: {
  readonly downloadId: string;
  readonly pieces: readonly SealedPiece[];
  readonly write: (bytes: Uint8Array, position: number) => Promise<void>;
  readonly signal: AbortSignal;
}) => Promise<
  | { readonly kind: 'fetched'; readonly bytes: number }
  | {
      readonly kind: 'failed';
      readonly reason: string;
      readonly detail: string | null;
      readonly bytes: number;
    }
>;

/** How a file is mended. */
export interface Mending {
  /** A damaged file as the check found it. */
  readonly item: CheckItem;
  readonly downloadId: string;
  /** All pieces of the file. */
  readonly pieces: readonly SealedPiece[];
  readonly sha256: string;
  readonly fetch: FetchPieces;
  readonly hashWorkerUrl: URL;
  readonly signal: AbortSignal;
  /** Told the copy's path before the copy is made, so that a crash leaves none behind unknown. */
  readonly intend: (partPath: string | null) => void;
}

/** How it ended. The file is another one only for `mended`. */
export type Mended =
  | { readonly kind: 'mended'; readonly fetchedBytes: number; readonly modifiedAtMs: number }
  | { readonly kind: 'failed'; readonly detail: string; readonly fetchedBytes: number };

/**
 * Mends the damaged pieces of a file in a copy beside it, and puts the copy in its place once the whole has the hash
 * that it should. Until then the file stays as it is; one that somebody has written to is left alone for good.
 *
 * @throws FileFault; the signal's reason when it aborts. The copy may be left behind then.
 */
export async function mendFile(mending: Mending): Promise<Mended> {
  const { item, signal, hashWorkerUrl } = mending;
  const { path } = item;
  const failed = (detail: string, fetchedBytes = 0): Mended => ({ kind: 'failed', detail, fetchedBytes });
  const before = await unchanged(item);
  if (before === null) return failed('The file was changed since the check; it is left as it is.');
  const damaged = await damagedPieces(path, mending.pieces, { hashWorkerUrl, signal });
  // A name that no download and nobody else is given: what a crash leaves of it can be removed without a look.
  const partPath = join(dirname(path), `.rushes-${randomUUID()}.part`);
  mending.intend(partPath);
  await copyBeside(path, partPath, signal);
  const part = await openPart(partPath);
  let fetchedBytes = 0;
  try {
    const write = (bytes: Uint8Array, at: number): Promise<void> => part.write(bytes, at);
    const fetched = await mending.fetch({ downloadId: mending.downloadId, pieces: damaged, write, signal });
    fetchedBytes = fetched.bytes;
    if (fetched.kind === 'failed') {
      await removePart(partPath, part.identity);
      return failed(fetched.detail ?? fetched.reason, fetchedBytes);
    }
    await part.syncData();
  } finally {
    await part.close();
  }
  const { whole } = await hashFile({
    path: partPath,
    kinds: ['sha256'],
    workerUrl: hashWorkerUrl,
    signal,
    calm: true,
  });
  if (whole.sha256 !== mending.sha256 || (await unchanged(item)) === null) {
    await removePart(partPath, part.identity);
    return whole.sha256 === mending.sha256
      ? failed('The file was changed meanwhile; it is left as it is.', fetchedBytes)
      : failed('All pieces are right, and the whole is not; only a fresh download helps.', fetchedBytes);
  }
  await replace(partPath, path, before);
  const { mtimeMs } = await lstat(path);
  return { kind: 'mended', fetchedBytes, modifiedAtMs: Math.trunc(mtimeMs) };
}

/** The file, when nobody has written to it since the check. */
async function unchanged(item: CheckItem) {
  const now = await lstat(item.path).catch(() => null);
  const same =
    now?.isFile() === true && now.size === item.sizeBytes && Math.trunc(now.mtimeMs) === item.modifiedAtMs;
  return same ? now : null;
}

/** The mended copy takes the place in one step, with the times and the mode of the file that it replaces. */
async function replace(partPath: string, path: string, before: Stats): Promise<void> {
  // Half a millisecond more than the whole ones that are compared: on the way through seconds some get lost.
  const modified = (Math.trunc(before.mtimeMs) + 0.5) / 1000;
  await utimes(partPath, modified, modified);
  const part = await openPart(partPath);
  try {
    await part.seal();
    await part.assertSamePlace();
    await chmod(partPath, before.mode & 0o777);
  } catch (error) {
    if (error instanceof FileFault) await removePart(partPath, part.identity);
    throw error;
  } finally {
    await part.close();
  }
  await rename(partPath, path);
  await syncDir(dirname(path));
}

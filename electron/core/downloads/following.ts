import { drop } from '../drop.ts';
import { followFile, type FileFollower, type Followed, type FollowedPiece } from '../files/follow-file.ts';
import type { HashKind } from '../files/hash-file.ts';
import type { PartFile } from '../files/part-file.ts';
import type { DownloadRow } from './download-row.ts';
import type { EngineDeps } from './engine-deps.ts';

/** Below this a file is hashed sooner than a thread is started. */
const leastBytes = 32 * 1024 * 1024;

/** What is followed. */
interface Followable {
  readonly row: DownloadRow;
  readonly part: PartFile;
  readonly sizeBytes: number | null;
}

/** The hashes that a download is proven by: always ours, and the kind that its source promises. */
export function provingKinds(row: DownloadRow): HashKind[] {
  const promised = row.expectedHash;
  return promised && promised.kind !== 'sha256' ? ['sha256', promised.kind] : ['sha256'];
}

/** Hashes the partial file of a download while it grows; at most one at a time, whoever begins anew ends the one before. */
export interface Following {
  begin(deps: EngineDeps, what: Followable): void;
  journalled(pieces: readonly FollowedPiece[]): void;
  /** What came of it; null when there is nothing that could be relied on, or the signal aborts. */
  result(signal: AbortSignal): Promise<Followed | null>;
  close(): Promise<void>;
}

/** Makes it, with nothing to follow yet. */
export function createFollowing(): Following {
  let current: FileFollower | null = null;
  const ending = new Set<Promise<void>>();
  const end = (): void => {
    if (!current) return;
    const closed = current.close();
    current = null;
    ending.add(closed);
    drop(
      closed.finally(() => ending.delete(closed)),
      () => undefined,
    );
  };
  return {
    begin: (deps, { row, part, sizeBytes }) => {
      end();
      if (sizeBytes === null || sizeBytes < leastBytes) return;
      current = followFile({
        workerUrl: deps.followWorkerUrl,
        task: { path: part.path, identity: part.identity, kinds: provingKinds(row) },
        sizeBytes,
        present: deps.repo.pieces(row.id),
      });
    },
    journalled: (pieces) => current?.journalled(pieces),
    result: async (signal) => {
      if (!current || signal.aborted) return null;
      signal.addEventListener('abort', end);
      try {
        return await current.result();
      } finally {
        signal.removeEventListener('abort', end);
        end();
      }
    },
    close: async () => {
      end();
      await Promise.all(ending);
    },
  };
}

import type { FileFollower, Followed, FollowedPiece } from '../files/follow-file.ts';
import type { HashKind } from '../files/hash-file.ts';
import type { PartFile } from '../files/part-file.ts';
import type { DownloadRow } from './download-row.ts';
import type { EngineDeps } from './engine-deps.ts';

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

/** Hashes the partial file of a download while it grows; at most one, whoever begins anew ends the one before. */
export interface Following {
  begin(what: Followable): void;
  journalled(pieces: readonly FollowedPiece[]): void;
  /** What came of it; null when there is nothing that could be relied on, or the signal aborts. */
  result(signal: AbortSignal): Promise<Followed | null>;
  close(): void;
}

/** Makes it, with nothing to follow yet. */
export function createFollowing({
  followThread,
  repo,
}: Pick<EngineDeps, 'followThread' | 'repo'>): Following {
  let current: FileFollower | null = null;
  const close = (): void => {
    current?.close();
    current = null;
  };
  return {
    begin: ({ row, part, sizeBytes }) => {
      close();
      if (!sizeBytes) return;
      const task = { path: part.path, identity: part.identity, kinds: provingKinds(row) };
      current = followThread.follow(task, sizeBytes, repo.pieces(row.id));
    },
    journalled: (pieces) => current?.journalled(pieces),
    result: async (signal) => {
      if (!current || signal.aborted) return null;
      signal.addEventListener('abort', close);
      try {
        return await current.result();
      } finally {
        signal.removeEventListener('abort', close);
        close();
      }
    },
    close,
  };
}

import { Worker } from 'node:worker_threads';
import type { HashKind } from './hash-file.ts';
import type { FileIdentity } from './part-file.ts';

/** A run of the file that lies there for good, with the hash of what was received. */
export interface FollowedPiece {
  readonly start: number;
  readonly length: number;
  readonly xxh64: string;
}

/** What the thread is begun with. */
export interface FollowTask {
  readonly path: string;
  readonly identity: FileIdentity;
  readonly kinds: readonly HashKind[];
}

/** What the thread is told: the next pieces without a gap, and that there are no more. */
export type FollowOrder =
  | { readonly kind: 'pieces'; readonly pieces: readonly FollowedPiece[]; readonly isBacklog: boolean }
  | { readonly kind: 'end' };

/** What the thread says, once. */
export type FollowAnswer = ({ readonly kind: 'done' } & Followed) | { readonly kind: 'failed'; readonly why: string };

/** What came of following a file to its end. */
export interface Followed {
  /** It is still that file, and no longer than what was hashed. */
  readonly isWhole: boolean;
  /** Lower-case hexadecimal. */
  readonly whole: Readonly<Partial<Record<HashKind, string>>>;
  /** Starts of the pieces that the file does not hold as they were received. */
  readonly damaged: readonly number[];
  readonly sizeBytes: number;
}

/** Hashes a file while it is being written. */
export interface FileFollower {
  /** These pieces lie on the disk now; one that was told before has grown. */
  journalled(pieces: readonly FollowedPiece[]): void;
  /** The result, once all is hashed; null when the pieces have a gap or the file could not be read. */
  result(): Promise<Followed | null>;
  /** Ends the thread. */
  close(): Promise<void>;
}

/** Begins to follow a file of `sizeBytes`; `present` are the pieces that an earlier run has left. */
export function followFile(deps: {
  readonly workerUrl: URL;
  readonly task: FollowTask;
  readonly sizeBytes: number;
  readonly present: readonly FollowedPiece[];
}): FileFollower {
  const { sizeBytes } = deps;
  const worker = new Worker(deps.workerUrl, { workerData: deps.task });
  const ahead = new Map<number, FollowedPiece>();
  let frontier = 0;
  const { promise: followed, resolve } = Promise.withResolvers<Followed | null>();
  worker.on('message', (answer: FollowAnswer) => resolve(answer.kind === 'done' ? answer : null));
  worker.on('error', () => resolve(null));
  worker.on('exit', () => resolve(null));

  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
  const tell = (order: FollowOrder): void => worker.postMessage(order);
  /** A piece grows no more when another begins at its end, or the file ends there. */
  const takeFinal = (): FollowedPiece[] => {
    const pieces: FollowedPiece[] = [];
    for (let piece = ahead.get(frontier); piece; piece = ahead.get(frontier)) {
      const end = piece.start + piece.length;
      if (end !== sizeBytes && !ahead.has(end)) break;
      ahead.delete(piece.start);
      pieces.push(piece);
      frontier = end;
    }
    return pieces;
  };
  const take = (pieces: readonly FollowedPiece[], isBacklog: boolean): void => {
    for (const piece of pieces) ahead.set(piece.start, piece);
    const final = takeFinal();
    if (final.length > 0) tell({ kind: 'pieces', pieces: final, isBacklog });
  };
  take(deps.present, true);
  return {
    journalled: (pieces) => take(pieces, false),
    result: async () => {
      if (frontier !== sizeBytes) return null;
      tell({ kind: 'end' });
      return followed;
    },
    close: async () => {
      await worker.terminate();
    },
  };
}

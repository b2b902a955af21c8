import { Worker } from 'node:worker_threads';
import type { HashKind } from './hash-file.ts';
import type { FileIdentity } from './part-file.ts';

/** A run of the file that lies there for good, with the hash of what was received. */
export interface FollowedPiece {
  readonly start: number;
  readonly length: number;
  readonly xxh64: string;
}

/** A file that is being written. */
export interface FollowTask {
  readonly path: string;
  readonly identity: FileIdentity;
  readonly kinds: readonly HashKind[];
}

/** What the thread is told. Pieces come in the order of the file, without a gap. */
export type FollowOrder =
  | {
      readonly kind: 'begin';
      readonly id: number;
      readonly task: FollowTask;
      readonly present: readonly FollowedPiece[];
    }
  | { readonly kind: 'pieces'; readonly id: number; readonly pieces: readonly FollowedPiece[] }
  | { readonly kind: 'end'; readonly id: number }
  | { readonly kind: 'drop'; readonly id: number };

/** What the thread says, once for each file. */
export type FollowAnswer =
  | ({ readonly kind: 'done'; readonly id: number } & Followed)
  | { readonly kind: 'failed'; readonly id: number; readonly why: string };

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

/** Hashes one file while it is being written. */
export interface FileFollower {
  /** These pieces lie on the disk now; one that was told before has grown. */
  journalled(pieces: readonly FollowedPiece[]): void;
  /** The result, once all is hashed; null when the pieces have a gap, the file could not be read, or it was closed. */
  result(): Promise<Followed | null>;
  close(): void;
}

/** The one thread that hashes all files that are being written: a line is seldom faster than one hash. */
export interface FollowThread {
  /** Begins to follow a file of `sizeBytes`; `present` are the pieces that an earlier run has left, in their order. */
  follow(task: FollowTask, sizeBytes: number, present: readonly FollowedPiece[]): FileFollower;
  close(): Promise<void>;
}

// What the thread makes dies young; left alone, the heap would grow to many times of what it needs.
const smallHeap = { maxYoungGenerationSizeMb: 4 };

/** Makes the thread's main side; the thread itself is started at first use, and anew after it died. */
export function createFollowThread(deps: { readonly workerUrl: URL }): FollowThread {
  const results = new Map<number, (followed: Followed | null) => void>();
  let worker: Worker | null = null;
  let lastId = 0;

  const settle = (id: number, followed: Followed | null): void => {
    results.get(id)?.(followed);
    results.delete(id);
  };
  const start = (): Worker => {
    const one = new Worker(deps.workerUrl, { resourceLimits: smallHeap });
    one.on('message', (answer: FollowAnswer) => settle(answer.id, answer.kind === 'done' ? answer : null));
    // What it was to hash is read at the end, in the usual way.
    one.on('error', () => undefined);
    one.on('exit', () => {
      if (worker !== one) return;
      worker = null;
      for (const id of results.keys()) settle(id, null);
    });
    return one;
  };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
  const tell = (order: FollowOrder): void => worker?.postMessage(order);
  return {
    follow: (task, sizeBytes, present) => {
      worker ??= start();
      const id = ++lastId;
      const { promise: followed, resolve } = Promise.withResolvers<Followed | null>();
      results.set(id, resolve);
      const line = createPieceLine(sizeBytes);
      tell({ kind: 'begin', id, task, present: line.add(present) });
      return {
        journalled: (pieces) => {
          const final = line.add(pieces);
          if (final.length > 0) tell({ kind: 'pieces', id, pieces: final });
        },
        result: async () => {
          if (!line.isWhole()) return null;
          tell({ kind: 'end', id });
          return followed;
        },
        close: () => {
          if (results.has(id)) tell({ kind: 'drop', id });
          settle(id, null);
        },
      };
    },
    close: async () => {
      await worker?.terminate();
    },
  };
}

/** Puts pieces that come in any order in a line; those that may still grow are kept back. */
export function createPieceLine(sizeBytes: number) {
  const ahead = new Map<number, FollowedPiece>();
  let end = 0;
  return {
    isWhole: (): boolean => end === sizeBytes,
    /** What can be added to the line now. */
    add: (pieces: readonly FollowedPiece[]): FollowedPiece[] => {
      for (const piece of pieces) if (piece.start >= end) ahead.set(piece.start, piece);
      const next: FollowedPiece[] = [];
      for (let piece = ahead.get(end); piece; piece = ahead.get(end)) {
        const itsEnd = piece.start + piece.length;
        // It grows no more when another begins at its end, or the file ends there.
        if (itsEnd !== sizeBytes && !ahead.has(itsEnd)) break;
        ahead.delete(piece.start);
        next.push(piece);
        end = itsEnd;
      }
      return next;
    },
  };
}

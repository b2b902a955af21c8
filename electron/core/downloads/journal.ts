import { drop } from '../drop.ts';
import type { PartFile } from '../files/part-file.ts';
import type { PieceHash } from '../files/piece-hash.ts';
import type { WrittenRun } from '../http/save-to.ts';
import type { PieceRow } from './download-row.ts';
import { createGrownRuns, type GrownRuns } from './grown-runs.ts';

/** When what was written is brought to the disk and journalled. */
export interface FlushRule {
  readonly everyBytes: number;
  readonly everyMs: number;
  /** How many pieces a connection may have ended before the disk has the first of them; none unless told. */
  readonly piecesBehind?: number;
}

/**
 * At most 8 MiB a connection is lost to a crash: a piece of 4 MiB on its way to the disk, and the next on its way here.
 * The two take turns otherwise, and line and disk wait for one another.
 */
export const usualFlushRule: FlushRule = { everyBytes: 8 * 1024 * 1024, everyMs: 2000, piecesBehind: 1 };

/** One contiguous run that a connection is writing. */
export interface Run {
  /** These bytes are written, right after those before them. */
  wrote(bytes: Uint8Array): void;
}

/** Knows which bytes are safe: a piece is journalled only after its bytes lie on the disk in a file that still has a name. */
export interface Journal {
  begin(start: number): Run;
  /** These runs lie in the file as far as they say; one that was told before has grown. */
  wrote(runs: readonly WrittenRun[]): void;
  /**
   * Begins to flush when the rule says so. Null when the writer may go on; else what it has to wait for, because the
   * disk is slower than the line.
   */
  flushIfDue(): Promise<void> | null;
  /** Resolves when all that was written before the call is journalled. */
  flush(): Promise<void>;
  /** For one connection: called at the end of each of its pieces, it resolves when the next may be begun. */
  connection(): () => Promise<void>;
}

interface JournalDeps {
  readonly part: PartFile;
  readonly commit: (grown: readonly PieceRow[], addedBytes: number) => void;
  readonly rule: FlushRule;
  readonly pieceHash: PieceHash;
  readonly now: () => number;
}

/** Takes what has grown to the disk and writes it down. Flushes are numbered from 1, and one is under way at a time. */
function createFlushing(deps: JournalDeps, grown: GrownRuns) {
  let begun = 0;
  let done = 0;
  let begunAt = deps.now();
  let broken: { readonly error: unknown } | null = null;
  return {
    begun: () => begun,
    done: () => done,
    sinceMs: () => deps.now() - begunAt,
    run: async (): Promise<void> => {
      // After a failed sync the system may drop the bytes and report success the next time: never trust this file again.
      if (broken) throw broken.error;
      const number = ++begun;
      begunAt = deps.now();
      // Their hashes are of what is written by now; what comes while the disk works is left for the next time.
      const rows = grown.take();
      if (rows.length > 0) {
        try {
          await deps.part.syncData();
          await deps.part.assertSamePlace();
        } catch (error) {
          broken = { error };
          throw error;
        }
        try {
          deps.commit(rows, grown.addedBy(rows));
        } catch (error) {
          // The bytes are safe, only not written down.
          grown.putBack(rows);
          throw error;
        }
        grown.settle(rows);
      }
      done = number;
    },
  };
}

/** Makes the journal of one partial file. `commit` writes pieces and their growth in one transaction. */
export function createJournal(deps: JournalDeps): Journal {
  const grown = createGrownRuns();
  const flushing = createFlushing(deps, grown);
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  const flush = (): Promise<void> => {
    if (!running) {
      running = flushing.run().finally(() => {
        running = null;
      });
      return running;
    }
    // The flush under way may have begun before the caller's bytes were written: one more follows, shared by all.
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = null;
        return flush();
      });
    return next;
  };

  const flushIfDue = (): Promise<void> | null => {
    const unflushed = grown.unflushedBytes();
    // What is on its way to the disk, what may come meanwhile, and what each connection has not told yet: together no
    // more than the rule allows.
    const due = unflushed * 8 >= deps.rule.everyBytes * 3 || flushing.sinceMs() >= deps.rule.everyMs;
    if (!due || unflushed === 0) return null;
    if (running) return flush();
    // Its failure is not lost: whoever has to wait for it learns of it, and so does the last flush.
    drop(flush(), () => undefined);
    return null;
  };

  return {
    begin: (start) => {
      const hash = deps.pieceHash();
      let length = 0;
      return {
        wrote: (bytes) => {
          hash.update(bytes);
          length += bytes.byteLength;
          grown.took({ start, length, digest: () => hash.digest() }, bytes.byteLength);
        },
      };
    },
    wrote: (runs) => {
      for (const { start, length, xxh64 } of runs) {
        grown.took({ start, length, digest: () => xxh64 }, length - grown.lengthOf(start));
      }
    },
    flushIfDue,
    flush,
    connection: () => {
      // For each piece that may not be on the disk, the flush that takes it there.
      const behind: number[] = [];
      return async () => {
        behind.push(flushing.begun() + 1);
        const last = behind.length > (deps.rule.piecesBehind ?? 0) ? behind.shift() : undefined;
        if (last !== undefined && last > flushing.done()) {
          await (last > flushing.begun() || !running ? flush() : running);
        } else await flushIfDue();
      };
    },
  };
}

import { drop } from '../drop.ts';
import type { PartFile } from '../files/part-file.ts';
import type { PieceHash } from '../files/piece-hash.ts';
import type { WrittenRun } from '../http/save-to.ts';
import type { PieceRow } from './download-row.ts';

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

interface OpenRun {
  readonly start: number;
  /** Of the first `length` bytes. */
  readonly digest: () => string;
  readonly length: number;
}

/** Makes the journal of one partial file. `commit` writes pieces and their growth in one transaction. */
export function createJournal(deps: {
  part: PartFile;
  commit: (grown: readonly PieceRow[], addedBytes: number) => void;
  rule: FlushRule;
  pieceHash: PieceHash;
  now: () => number;
}): Journal {
  // What was received and is not journalled, by its start; a run that grows again is put in again.
  const grown = new Map<number, OpenRun>();
  // How much of a run is journalled, as long as it may grow.
  const journalled = new Map<number, number>();
  let unflushed = 0;
  // Flushes are numbered; what is written while one is under way belongs to the next.
  let begun = 0;
  let done = 0;
  let flushedAt = deps.now();
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let broken: { readonly error: unknown } | null = null;

  const flushNow = async (): Promise<void> => {
    // After a failed sync the system may drop the bytes and report success the next time: never trust this file again.
    if (broken) throw broken.error;
    const number = ++begun;
    // Their hashes are of what is written by now; what comes while the disk works is left for the next time.
    const rows = [...grown.values()].map(({ start, length, digest }) => ({ start, length, xxh64: digest() }));
    grown.clear();
    unflushed = 0;
    flushedAt = deps.now();
    if (rows.length === 0) {
      done = number;
      return;
    }
    try {
      await deps.part.syncData();
      await deps.part.assertSamePlace();
    } catch (error) {
      broken = { error };
      throw error;
    }
    const added = rows.reduce((sum, row) => sum + row.length - (journalled.get(row.start) ?? 0), 0);
    try {
      deps.commit(rows, added);
    } catch (error) {
      // The bytes are safe, only not written down: the next flush does that, with whatever they have grown to.
      for (const { start, length, xxh64 } of rows) {
        if (!grown.has(start)) grown.set(start, { start, length, digest: () => xxh64 });
      }
      unflushed += added;
      throw error;
    }
    for (const row of rows) journalled.set(row.start, row.length);
    done = number;
  };
  const took = (run: OpenRun, bytes: number): void => {
    grown.set(run.start, run);
    unflushed += bytes;
  };

  const flush = (): Promise<void> => {
    if (!running) {
      running = flushNow().finally(() => {
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
    const due = unflushed * 2 >= deps.rule.everyBytes || deps.now() - flushedAt >= deps.rule.everyMs;
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
      const run: OpenRun = {
        start,
        digest: () => hash.digest(),
        get length() {
          return length;
        },
      };
      return {
        wrote: (bytes) => {
          hash.update(bytes);
          length += bytes.byteLength;
          took(run, bytes.byteLength);
        },
      };
    },
    wrote: (runs) => {
      for (const { start, length, xxh64 } of runs) {
        const before = grown.get(start)?.length ?? journalled.get(start) ?? 0;
        took({ start, length, digest: () => xxh64 }, length - before);
      }
    },
    flushIfDue,
    flush,
    connection: () => {
      // For each piece that may not be on the disk, the flush that takes it there.
      const behind: number[] = [];
      return async () => {
        behind.push(begun + 1);
        const last = behind.length > (deps.rule.piecesBehind ?? 0) ? behind.shift() : undefined;
        if (last !== undefined && last > done) await (last > begun || !running ? flush() : running);
        else await flushIfDue();
      };
    },
  };
}

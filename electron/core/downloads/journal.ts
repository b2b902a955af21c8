import { createHash, type Hash } from 'node:crypto';
import type { PartFile } from '../files/part-file.ts';
import type { PieceRow } from './download-row.ts';

/** When what was written is brought to the disk and journalled. */
export interface FlushRule {
  readonly everyBytes: number;
  readonly everyMs: number;
}

/** At most this much is lost to a crash on all connections together, unless the disk is slower than the line. */
export const usualFlushRule: FlushRule = { everyBytes: 8 * 1024 * 1024, everyMs: 2000 };

/** One contiguous run that a connection is writing. */
export interface Run {
  /** These bytes are written, right after those before them. */
  wrote(bytes: Uint8Array): void;
  /** Nothing more comes; the run is kept as long as it is. */
  end(): void;
}

/** Knows which bytes are safe: a piece is journalled only after its bytes lie on the disk in a file that still has a name. */
export interface Journal {
  begin(start: number): Run;
  /** Flushes when the rule says so; a writer waits for it, which bounds what is unwritten. */
  flushIfDue(): Promise<void>;
  /** Resolves when all that was written before the call is journalled. */
  flush(): Promise<void>;
}

interface OpenRun {
  readonly start: number;
  readonly hash: Hash;
  length: number;
  journalled: number;
  ended: boolean;
}

/** Makes the journal of one partial file. `commit` writes pieces and their growth in one transaction. */
export function createJournal(deps: {
  part: PartFile;
  commit: (grown: readonly PieceRow[], addedBytes: number) => void;
  rule: FlushRule;
  now: () => number;
}): Journal {
  const runs = new Set<OpenRun>();
  let unflushed = 0;
  let flushedAt = deps.now();
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let broken: { readonly error: unknown } | null = null;

  const flushNow = async (): Promise<void> => {
    // After a failed sync the system may drop the bytes and report success the next time: never trust this file again.
    if (broken) throw broken.error;
    const grown = [...runs].filter((run) => run.length > run.journalled);
    const taken = grown.map((run) => ({ run, row: rowOf(run), added: run.length - run.journalled }));
    unflushed = 0;
    flushedAt = deps.now();
    if (taken.length > 0) {
      try {
        await deps.part.syncData();
        await deps.part.assertSamePlace();
      } catch (error) {
        broken = { error };
        throw error;
      }
      deps.commit(
        taken.map((one) => one.row),
        taken.reduce((sum, one) => sum + one.added, 0),
      );
      for (const { run, row } of taken) run.journalled = row.length;
    }
    for (const run of runs) if (run.ended && run.journalled === run.length) runs.delete(run);
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

  return {
    begin: (start) => {
      const run: OpenRun = { start, hash: createHash('sha256'), length: 0, journalled: 0, ended: false };
      runs.add(run);
      return {
        wrote: (bytes) => {
          run.hash.update(bytes);
          run.length += bytes.byteLength;
          unflushed += bytes.byteLength;
        },
        end: () => {
          run.ended = true;
          if (run.length === run.journalled) runs.delete(run);
        },
      };
    },
    flushIfDue: async () => {
      const due = unflushed >= deps.rule.everyBytes || deps.now() - flushedAt >= deps.rule.everyMs;
      if (due && unflushed > 0) await flush();
    },
    flush,
  };
}

function rowOf(run: OpenRun): PieceRow {
  return { start: run.start, length: run.length, sha256: run.hash.copy().digest('hex') };
}

import type { PieceRow } from './download-row.ts';

/** A contiguous run that was received, as far as it goes by now. */
export interface GrownRun {
  readonly start: number;
  readonly length: number;
  /** Of the first `length` bytes. */
  readonly digest: () => string;
}

/** What was received and is not journalled yet. */
export interface GrownRuns {
  /** A run was begun or has grown; `bytes` by how much. */
  took(run: GrownRun, bytes: number): void;
  /** How far a run was told to go. */
  lengthOf(start: number): number;
  unflushedBytes(): number;
  /** All of them as they are now; they count as taken until they are put back. */
  take(): PieceRow[];
  /** They could not be journalled: the next time, with whatever they have grown to. */
  putBack(rows: readonly PieceRow[]): void;
  /** They are journalled. */
  settle(rows: readonly PieceRow[]): void;
  /** By how much these rows go beyond what is journalled, in bytes. */
  addedBy(rows: readonly PieceRow[]): number;
}

/** Makes an empty list. */
export function createGrownRuns(): GrownRuns {
  const grown = new Map<number, GrownRun>();
  const journalled = new Map<number, number>();
  const told = new Map<number, number>();
  let unflushed = 0;
  const addedBy = (rows: readonly PieceRow[]): number =>
    rows.reduce((sum, row) => sum + row.length - (journalled.get(row.start) ?? 0), 0);
  return {
    took: (run, bytes) => {
      grown.set(run.start, run);
      told.set(run.start, run.length);
      unflushed += bytes;
    },
    lengthOf: (start) => told.get(start) ?? 0,
    unflushedBytes: () => unflushed,
    take: () => {
      const rows = [...grown.values()].map(({ start, length, digest }) => ({
        start,
        length,
        xxh64: digest(),
      }));
      grown.clear();
      unflushed = 0;
      return rows;
    },
    putBack: (rows) => {
      for (const { start, length, xxh64 } of rows) {
        if (!grown.has(start)) grown.set(start, { start, length, digest: () => xxh64 });
      }
      unflushed += addedBy(rows);
    },
    settle: (rows) => {
      for (const row of rows) journalled.set(row.start, row.length);
    },
    addedBy,
  };
}

import type { DownloadSort } from '../../../shared/contract/downloads.ts';
import type { Connection } from '../storage/open-database.ts';
import { createStatementCache } from '../storage/statement-cache.ts';
import { inQueueOrder, isActive, queueOfDownloads } from './queue-repo.ts';
import { toDownloadRow, type DownloadRecord, type DownloadRow } from './download-row.ts';

/** Which downloads a list shows. */
export type Shown = 'active' | 'done' | 'failed' | 'all';

/** How many there are of each. */
export interface DownloadCounts {
  readonly active: number;
  readonly done: number;
  readonly failed: number;
}

/** Sums over the downloads that are not finished. */
export interface ActiveSums {
  readonly running: number;
  readonly queued: number;
  readonly waiting: number;
  readonly paused: number;
  /** Waiting ones that are tried again by themselves soon. */
  readonly retrying: number;
  /** Of those that run, are queued or wait, and whose size is known. */
  readonly bytes: number;
  readonly sizeBytes: number;
}

/** A page of a list; the cursor is where the next one begins. */
export interface RowPage {
  readonly rows: readonly DownloadRow[];
  readonly nextCursor: string | null;
}

/** One try, as the table has it. */
export interface AttemptRow {
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
  readonly host: string | null;
  readonly fetchedBytes: number;
  readonly outcome: string | null;
}

const where: Readonly<Record<Exclude<Shown, 'active'>, string>> = {
  done: `state = 'complete'`,
  failed: `state IN ('failed', 'cancelled')`,
  all: 'TRUE',
};
/** What a list is sorted by; ties, and what has no such value, newest first. */
const sortedBy: Readonly<Record<DownloadSort['by'], string>> = {
  added: 'position',
  name: 'title COLLATE NOCASE',
  size: 'size_bytes',
  finished: 'finished_at_ms',
};

/** A page of a sorted list, which begins by number. */
export interface SortedPage {
  readonly shown: Exclude<Shown, 'active'>;
  readonly sort: DownloadSort;
  readonly from: number;
  readonly limit: number;
}

/** Reading the download table for the eye: pages, counts and sums. */
export function createListingRepo(db: Connection) {
  const queue = db.prepare(`
    SELECT * FROM ${queueOfDownloads} WHERE ${isActive} ${inQueueOrder} LIMIT ? OFFSET ?`);
  const newest = Object.fromEntries(
    Object.entries(where).map(([shown, clause]) => [
      shown,
      db.prepare(`
        SELECT * FROM download WHERE ${clause} AND forgotten = 0 AND position < ?
        ORDER BY position DESC LIMIT ?`),
    ]),
  );
  const prepare = createStatementCache(db);
  const states = db.prepare(
    'SELECT state, count(*) AS count FROM download WHERE forgotten = 0 GROUP BY state',
  );
  const sums = db.prepare(`
    SELECT coalesce(sum(done_bytes), 0) AS bytes, coalesce(sum(size_bytes), 0) AS sizeBytes
    FROM download WHERE ${isActive} AND state <> 'paused' AND size_bytes IS NOT NULL`);
  const retrying = db.prepare(`
    SELECT count(*) AS count FROM download WHERE state = 'waiting' AND retry_at_ms IS NOT NULL
      AND reason NOT IN ('OUTSIDE_HOURS', 'NOT_RELEASED')`);
  const attempts = db.prepare(`
    SELECT started_at_ms AS startedAtMs, ended_at_ms AS endedAtMs, host, fetched_bytes AS fetchedBytes, outcome
    FROM download_attempt WHERE download_id = ? ORDER BY id DESC LIMIT 1000`);
  const page = (found: unknown[], limit: number, cursorOf: (last: DownloadRow) => string): RowPage => {
    const rows = (found as DownloadRecord[]).slice(0, limit).map(toDownloadRow);
    const last = rows.at(-1);
    return { rows, nextCursor: found.length > limit && last ? cursorOf(last) : null };
  };
  const countsByState = (): ReadonlyMap<string, number> =>
    new Map((states.all() as { state: string; count: number }[]).map((row) => [row.state, row.count]));
  return {
    /** In the order of the queue, which moves: a page begins by number, so none is missed for long. */
    queuePage: (from: number, limit: number): RowPage =>
      page(queue.all(limit + 1, from), limit, () => String(from + limit)),
    /** Newest first, those before a position. */
    newestPage: (shown: Exclude<Shown, 'active'>, before: number, limit: number): RowPage =>
      page(newest[shown]?.all(before, limit + 1) ?? [], limit, (last) => String(last.position)),
    /** Only the page's own rows are read whole: some carry all that their asset said of itself. */
    sortedPage: ({ shown, sort, from, limit }: SortedPage): RowPage => {
      const order = `ORDER BY ${sortedBy[sort.by]} ${sort.order === 'up' ? 'ASC' : 'DESC'} NULLS LAST, position DESC`;
      const sql = `SELECT * FROM download WHERE rowid IN (
        SELECT rowid FROM download WHERE ${where[shown]} AND forgotten = 0 ${order} LIMIT ? OFFSET ?) ${order}`;
      return page(prepare(sql).all([limit + 1, from]), limit, () => String(from + limit));
    },
    counts: (): DownloadCounts => {
      const of = sumOf(countsByState());
      return {
        active: of('queued', 'running', 'waiting', 'paused', 'verifying'),
        done: of('complete'),
        failed: of('failed', 'cancelled'),
      };
    },
    activeSums: (): ActiveSums & { readonly failed: number } => {
      const of = sumOf(countsByState());
      return {
        ...(sums.get() as { bytes: number; sizeBytes: number }),
        running: of('running', 'verifying'),
        queued: of('queued'),
        waiting: of('waiting'),
        paused: of('paused'),
        retrying: (retrying.get() as { count: number }).count,
        failed: of('failed'),
      };
    },
    attempts: (id: string): AttemptRow[] => attempts.all(id) as AttemptRow[],
  };
}

function sumOf(counts: ReadonlyMap<string, number>) {
  return (...of: readonly string[]): number => of.reduce((sum, state) => sum + (counts.get(state) ?? 0), 0);
}

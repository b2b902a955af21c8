import type { DownloadPriority } from '../../../shared/contract/downloads.ts';
import type { Connection } from '../storage/open-database.ts';
import {
  priorityOf,
  toDownloadRow,
  urgentTurn,
  type DownloadRecord,
  type DownloadRow,
} from './download-row.ts';

/** What orders the queue, and no more: all of it is read at every look. */
export interface QueueEntry {
  readonly id: string;
  readonly state: 'queued' | 'running' | 'waiting' | 'verifying';
  readonly turn: number;
  readonly priority: number;
  readonly queueRank: number;
  readonly neededByMs: number | null;
  readonly wasUrgent: boolean;
  /** Bytes still to come; null while the size is not known. */
  readonly restBytes: number | null;
}

/** A place in the queue as `move` sees it. */
export interface Place {
  readonly id: string;
  readonly priority: DownloadPriority;
  readonly queueRank: number;
}

/** The condition of download_in_queue, to the letter: only so does SQLite take that index. */
export const isActive = `state IN ('queued', 'running', 'waiting', 'paused', 'verifying')`;
/** The order of the queue, as download_in_queue has it. */
export const inQueueOrder = 'ORDER BY turn DESC, iif(turn = 2, needed_by_ms, 0), queue_rank, id';
/** The table by its queue. Said outright: without statistics SQLite would rather sort. */
export const queueOfDownloads = 'download INDEXED BY download_in_queue';

/** The turns are read so many at once: mostly the first is the one. */
const turnsAtOnce = 50;

/** The order of the queue, as it is read from the download table. */
export function createQueueRepo(db: Connection) {
  const moving = db.prepare(`
    SELECT id, state, turn, priority, queue_rank AS queueRank, needed_by_ms AS neededByMs,
      CASE WHEN size_bytes IS NULL THEN NULL ELSE max(0, size_bytes - done_bytes) END AS restBytes
    FROM ${queueOfDownloads} WHERE ${isActive} AND state <> 'paused' ${inQueueOrder}`);
  const due = db.prepare(`
    SELECT id FROM ${queueOfDownloads}
    WHERE ${isActive} AND (state = 'queued' OR state = 'waiting' AND retry_at_ms <= ?) ${inQueueOrder} LIMIT ? OFFSET ?`);
  const firstDue = db.prepare(`
    SELECT id, turn FROM ${queueOfDownloads}
    WHERE ${isActive} AND (state = 'queued' OR state = 'waiting' AND retry_at_ms <= ?)
      AND id NOT IN (SELECT value FROM json_each(?)) ${inQueueOrder} LIMIT 1`);
  const anyDeadline = db.prepare(`
    SELECT 1 FROM download INDEXED BY download_by_need WHERE needed_by_ms IS NOT NULL AND ${isActive} LIMIT 1`);
  const waitingFor = db.prepare(`
    SELECT * FROM download WHERE ${isActive} AND state = 'waiting'
      AND reason IN (SELECT value FROM json_each(?)) ${inQueueOrder}`);
  const beyond = db.prepare(`
    SELECT * FROM download WHERE ${isActive} AND state = 'waiting' AND retry_at_ms > ? ${inQueueOrder}`);
  const places = db.prepare(`
    SELECT id, priority, queue_rank AS queueRank FROM download WHERE ${isActive}
    ORDER BY priority DESC, queue_rank, id`);
  return {
    /** Everything that runs, is queued or waits, in the order of the queue. */
    queue: (): QueueEntry[] =>
      (moving.all() as Omit<QueueEntry, 'wasUrgent'>[]).map((entry) => ({
        ...entry,
        wasUrgent: entry.turn === urgentTurn,
      })),
    /** Those whose turn may come now, in the order of the queue; read lazily. */
    *inTurn(now: number): Generator<string> {
      for (let from = 0; ; from += turnsAtOnce) {
        const found = due.all(now, turnsAtOnce, from) as { id: string }[];
        for (const { id } of found) yield id;
        if (found.length < turnsAtOnce) return;
      }
    },
    /** The first whose turn may come now and that is none of these. */
    firstInTurn: (now: number, except: readonly string[]): { id: string; turn: number } | null =>
      (firstDue.get(now, JSON.stringify(except)) as { id: string; turn: number } | undefined) ?? null,
    hasDeadlines: (): boolean => anyDeadline.get() !== undefined,
    waitingFor: (reasons: readonly string[]): DownloadRow[] =>
      (waitingFor.all(JSON.stringify(reasons)) as DownloadRecord[]).map(toDownloadRow),
    waitingBeyond: (timeMs: number): DownloadRow[] =>
      (beyond.all(timeMs) as DownloadRecord[]).map(toDownloadRow),
    /** All unfinished downloads by priority and rank, whatever their deadlines say. */
    places: (): Place[] =>
      (places.all() as { id: string; priority: number; queueRank: number }[]).map((row) => ({
        ...row,
        priority: priorityOf(row.priority),
      })),
  };
}

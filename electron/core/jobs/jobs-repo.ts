import { v7 as newId } from 'uuid';
import type { Connection } from '../storage/open-database.ts';
import type { JobRequest, StoredJob } from './job.ts';

interface Row {
  id: string;
  kind: string;
  key: string;
  title: string;
  payload_json: string;
  state: StoredJob['state'];
  tries: number;
  reason: string | null;
  created_at_ms: number;
}

/** The job table. */
export function createJobsRepo(db: Connection) {
  const columns = 'id, kind, key, title, payload_json, state, tries, reason, created_at_ms';
  const upsert = db.prepare(`
    INSERT INTO job (id, kind, key, title, payload_json, state, not_before_ms, priority, created_at_ms)
    VALUES (:id, :kind, :key, :title, :payload, :state, :notBeforeMs, :priority, :now)
    ON CONFLICT (kind, key) DO UPDATE SET
      title = excluded.title, payload_json = excluded.payload_json, priority = excluded.priority,
      state = CASE state WHEN 'running' THEN 'running' ELSE excluded.state END,
      not_before_ms = excluded.not_before_ms, tries = 0, reason = NULL`);
  const next = db.prepare(`
    SELECT ${columns} FROM job
    WHERE kind = :kind AND (state = 'queued' OR state = 'waiting' AND not_before_ms <= :now)
      AND key NOT IN (SELECT value FROM json_each(:except))
    ORDER BY priority DESC, created_at_ms, id LIMIT 1`);
  const due = db.prepare(`
    SELECT ${columns} FROM job
    WHERE kind = :kind AND key = :key AND (state = 'queued' OR state = 'waiting' AND not_before_ms <= :now)`);
  const start = db.prepare(`UPDATE job SET state = 'running', tries = tries + 1, reason = NULL WHERE id = ?`);
  const settle = db.prepare(
    `UPDATE job SET state = :state, reason = :reason, not_before_ms = :notBeforeMs WHERE id = :id`,
  );
  const queueAgain = db.prepare(
    `UPDATE job SET state = CASE WHEN not_before_ms IS NULL THEN 'queued' ELSE 'waiting' END WHERE id = ?`,
  );
  const remove = db.prepare('DELETE FROM job WHERE kind = ? AND key IN (SELECT value FROM json_each(?))');
  const removeById = db.prepare('DELETE FROM job WHERE id = ?');
  const earliest = db.prepare(
    `SELECT min(not_before_ms) AS at FROM job WHERE state = 'waiting' AND not_before_ms > ?`,
  );
  const wake = db.prepare(
    `UPDATE job SET state = 'queued', not_before_ms = NULL, reason = NULL WHERE state = 'waiting' AND kind = ?`,
  );
  const requeue = db.prepare(`UPDATE job SET state = 'queued' WHERE state = 'running'`);
  const all = db.prepare(`SELECT ${columns} FROM job ORDER BY priority DESC, created_at_ms, id LIMIT 500`);
  const byKey = db.prepare(`SELECT ${columns} FROM job WHERE kind = ? AND key = ?`);
  const read = (row: unknown): StoredJob | null => (row === undefined ? null : fromRow(row as Row));
  const addAll = db.transaction((jobs: readonly JobRequest[], now: number) => {
    for (const job of jobs) {
      upsert.run({
        id: newId(),
        kind: job.kind,
        key: job.key,
        title: job.title,
        payload: JSON.stringify(job.payload),
        state: job.notBeforeMs == null ? 'queued' : 'waiting',
        notBeforeMs: job.notBeforeMs ?? null,
        priority: job.priority ?? 0,
        now,
      });
    }
  });
  return {
    /** All in one commit. */
    add: (jobs: readonly JobRequest[], now: number): void => addAll(jobs, now),
    /** The job whose turn it is; `except` are keys that are being worked on. */
    next: (kind: string, at: { now: number; except: readonly string[] }): StoredJob | null =>
      read(next.get({ kind, now: at.now, except: JSON.stringify(at.except) })),
    /** The job of a key, if it may run now. */
    due: (kind: string, key: string, now: number): StoredJob | null => read(due.get({ kind, key, now })),
    start: (id: string): void => void start.run(id),
    settle: (
      id: string,
      to: { state: StoredJob['state']; reason: string | null; notBeforeMs: number | null },
    ) => void settle.run({ id, ...to }),
    /** Puts a running job back, for the time it was renewed with. */
    queueAgain: (id: string): void => void queueAgain.run(id),
    removeAll: (kind: string, keys: readonly string[]): void => void remove.run(kind, JSON.stringify(keys)),
    removeById: (id: string): void => void removeById.run(id),
    /** When the next waiting job comes due. One that is due already waits for a free place, not for a time. */
    nextDueMs: (now: number): number | null => (earliest.get(now) as { at: number | null }).at,
    wake: (kind: string): number => wake.run(kind).changes,
    /** What was running when the last process ended is queued again. */
    requeueRunning: (): number => requeue.run().changes,
    all: (): StoredJob[] => (all.all() as Row[]).map(fromRow),
    find: (kind: string, key: string): StoredJob | null => read(byKey.get(kind, key)),
  };
}
export type JobsRepo = ReturnType<typeof createJobsRepo>;

function fromRow(row: Row): StoredJob {
  return {
    id: row.id,
    kind: row.kind,
    key: row.key,
    title: row.title,
    payload: JSON.parse(row.payload_json),
    state: row.state,
    tries: row.tries,
    reason: row.reason,
    createdAtMs: row.created_at_ms,
  };
}

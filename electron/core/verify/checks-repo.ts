import { v7 as newId } from 'uuid';
import type { CheckCounts, CheckState, ManifestReport } from '../../../shared/contract/verify.ts';
import { checkStates } from '../../../shared/contract/verify.ts';
import type { Connection } from '../storage/open-database.ts';
import { createStatementCache } from '../storage/statement-cache.ts';
import {
  toItem,
  toRun,
  type CheckItem,
  type ItemRecord,
  type RunRecord,
  type StoredRun,
} from './check-row.ts';
import type { Finding, Listed } from './finding.ts';

/** A file that a run is to look at. */
export interface NewItem {
  readonly path: string;
  readonly clipId: string | null;
  readonly downloadId: string | null;
  readonly listed: Listed | null;
  readonly sizeBytes: number | null;
}

/** Which of a run's files are shown. */
export type ShownResults = 'all' | 'problems' | CheckState;

const problems = ['changed', 'damaged', 'missing', 'unreadable'] as const satisfies readonly CheckState[];
/** Older runs than these keep only what no later check has said anew. */
const keptRuns = 5;
/** Rows that are pruned at once. */
const prunedRows = 150;

/** The tables of the checks. */
export function createChecksRepo(db: Connection) {
  return { ...createRuns(db), ...createItems(db), ...createBaselines(db) };
}
export type ChecksRepo = ReturnType<typeof createChecksRepo>;

function createRuns(db: Connection) {
  const insert = db.prepare(`
    INSERT INTO check_run (id, title, scope_json, folder, manifest_wanted, state, reason, started_at_ms)
    VALUES (:id, :title, :scopeJson, :folder, :manifestWanted, 'failed', 'It was never begun.', :now)`);
  const begin = db.prepare(`UPDATE check_run SET state = 'running', reason = NULL WHERE id = ?`);
  const same = db.prepare(`SELECT * FROM check_run WHERE state = 'running' AND scope_json = ?`);
  const running = db.prepare(`SELECT * FROM check_run WHERE state = 'running' ORDER BY started_at_ms, id`);
  const byId = db.prepare('SELECT * FROM check_run WHERE id = ?');
  const newest = db.prepare('SELECT * FROM check_run ORDER BY started_at_ms DESC, id DESC LIMIT 1');
  const end = db.prepare(`
    UPDATE check_run SET state = :state, reason = :reason, finished_at_ms = :now WHERE id = :id AND state = 'running'`);
  const setManifest = db.prepare('UPDATE check_run SET manifest_json = ? WHERE id = ?');
  const counts = db.prepare(`
    SELECT state, count(*) AS files, coalesce(sum(size_bytes), 0) AS bytes FROM check_item WHERE run_id = ?
    GROUP BY state`);
  const old = db
    .prepare(`
      SELECT id FROM check_run WHERE state <> 'running' ORDER BY started_at_ms DESC, id DESC LIMIT -1 OFFSET ${keptRuns}`)
    .pluck();
  const superseded = db.prepare(`
    SELECT id, path, mend_state IS NOT 'queued' AND mend_state IS NOT 'running'
      AND EXISTS (SELECT 1 FROM check_item later WHERE later.path = check_item.path AND later.id > check_item.id
        AND later.state <> 'todo') AS superseded
    FROM check_item WHERE run_id = ? AND path > ? ORDER BY path LIMIT ${prunedRows}`);
  const drop = db.prepare('DELETE FROM check_item WHERE id = ?');
  const dropEmpty = db.prepare(`
    DELETE FROM check_run WHERE state <> 'running' AND NOT EXISTS (SELECT 1 FROM check_item WHERE run_id = check_run.id)
      AND id NOT IN (SELECT id FROM check_run ORDER BY started_at_ms DESC, id DESC LIMIT ${keptRuns})`);
  const read = (row: unknown): StoredRun | null => (row === undefined ? null : toRun(row as RunRecord));
  const prunePage = db.transaction((runId: string, after: string): string | null => {
    const page = superseded.all(runId, after) as { id: number; path: string; superseded: 0 | 1 }[];
    for (const one of page) if (one.superseded) drop.run(one.id);
    return page.at(-1)?.path ?? null;
  });
  return {
    addRun: (
      run: { title: string; scopeJson: string; folder: string | null; manifestWanted: boolean },
      now: number,
    ): string => {
      const id = newId();
      insert.run({ id, now, ...run, manifestWanted: run.manifestWanted ? 1 : 0 });
      return id;
    },
    /** All its files are written down. */
    beginRun: (id: string): void => void begin.run(id),
    /** The run under way that was asked for in the same words. */
    sameRun: (scopeJson: string): StoredRun | null => read(same.get(scopeJson)),
    runningRuns: (): StoredRun[] => (running.all() as RunRecord[]).map(toRun),
    run: (id: string): StoredRun | null => read(byId.get(id)),
    newestRun: (): StoredRun | null => read(newest.get()),
    endRun: (id: string, to: { state: StoredRun['state']; reason: string | null }, now: number): void =>
      void end.run({ id, now, ...to }),
    setManifest: (id: string, report: ManifestReport): void =>
      void setManifest.run(JSON.stringify(report), id),
    /** How many files a run has in each state, and how many bytes; what is still to do is not among the states. */
    counts: (runId: string) => {
      const states = Object.fromEntries(checkStates.map((state) => [state, 0])) as CheckCounts;
      const sum = { files: 0, checkedFiles: 0, bytes: 0, checkedBytes: 0, states };
      for (const row of counts.all(runId) as { state: CheckState | 'todo'; files: number; bytes: number }[]) {
        sum.files += row.files;
        sum.bytes += row.bytes;
        if (row.state === 'todo') continue;
        sum.checkedFiles += row.files;
        sum.checkedBytes += row.bytes;
        states[row.state] = row.files;
      }
      return sum;
    },
    /** Runs of which only what no later check has said anew is kept. */
    oldRuns: (): string[] => old.all() as string[],
    /** Forgets what a page of an old run found of files that were checked again since; where the next page begins. */
    prunePage: (runId: string, after: string): string | null => prunePage(runId, after),
    /** Forgets old runs that have nothing left. */
    dropEmptyRuns: (): void => void dropEmpty.run(),
  };
}

function createItems(db: Connection) {
  const prepare = createStatementCache(db);
  const insert = db.prepare(`
    INSERT INTO check_item (run_id, path, clip_id, download_id, listed_json, size_bytes, state)
    VALUES (:runId, :path, :clipId, :downloadId, :listed, :sizeBytes, 'todo') ON CONFLICT (run_id, path) DO NOTHING`);
  const todo = db.prepare(`
    SELECT * FROM check_item WHERE run_id = ? AND state = 'todo' AND path > ? ORDER BY path LIMIT ?`);
  const added = db
    .prepare(
      'SELECT count(*) FROM check_item WHERE run_id = ? AND listed_json IS NULL AND hashes_json IS NOT NULL',
    )
    .pluck();
  const byId = db.prepare('SELECT * FROM check_item WHERE id = ?');
  const listed = db.prepare(`SELECT * FROM check_item WHERE run_id = ? AND path > ? ORDER BY path LIMIT ?`);
  const found = db.prepare(`
    UPDATE check_item SET state = :state, detail = :detail, size_bytes = :sizeBytes, modified_at_ms = :modifiedAtMs,
      sha256 = :sha256, expected_sha256 = :expectedSha256, hashes_json = :hashes, damage_json = :damage,
      remedy = :remedy, checked_at_ms = :now
    WHERE id = :id`);
  const mend = db.prepare(`
    UPDATE check_item SET mend_state = :state, mend_detail = :detail, mend_bytes = :fetchedBytes WHERE id = :id`);
  const setMendPart = db.prepare('UPDATE check_item SET mend_part_path = ? WHERE id = ?');
  const ofClip = db.prepare(`
    SELECT * FROM check_item WHERE id IN (
      SELECT max(id) FROM check_item WHERE clip_id = ? AND state <> 'todo' GROUP BY path) ORDER BY path`);
  const rows = (records: unknown[]): CheckItem[] => (records as ItemRecord[]).map(toItem);
  const addAll = db.transaction((runId: string, items: readonly NewItem[]) => {
    for (const item of items) {
      insert.run({ ...item, runId, listed: item.listed === null ? null : JSON.stringify(item.listed) });
    }
  });
  return {
    addItems: (runId: string, items: readonly NewItem[]): void => addAll(runId, items),
    /** What is still to be looked at, behind the path given. */
    todo: (runId: string, after: string, limit: number): CheckItem[] => rows(todo.all(runId, after, limit)),
    /** How many files were read that no media hash list knew. */
    addedCount: (runId: string): number => added.get(runId) as number,
    item: (id: number): CheckItem | null => rows([byId.get(id)].filter(Boolean))[0] ?? null,
    /** All items of a run in the order of their paths, done or not. */
    itemsByPath: (runId: string, after: string, limit: number): CheckItem[] =>
      rows(listed.all(runId, after, limit)),
    results: (runId: string, page: { show: ShownResults; after: string; limit: number }): CheckItem[] => {
      const { show, ...rest } = page;
      return rows(prepare(resultsSql(show)).all({ runId, ...rest }));
    },
    ofClip: (clipId: string): CheckItem[] => rows(ofClip.all(clipId)),
    found: (id: number, finding: Finding, now: number): void => {
      const { hashes, damage, ...columns } = finding;
      found.run({
        id,
        now,
        ...columns,
        hashes: hashes === null ? null : JSON.stringify(hashes),
        damage: JSON.stringify(damage),
      });
    },
    mend: (id: number, to: { state: string; detail: string | null; fetchedBytes: number }): void =>
      void mend.run({ id, ...to }),
    setMendPart: (id: number, path: string | null): void => void setMendPart.run(path, id),
  };
}

/** A page of each state is found in the order of the paths, then these few are merged: good files are never looked at. */
function resultsSql(show: ShownResults): string {
  const pageOf = (which: string): string =>
    `SELECT * FROM check_item WHERE run_id = :runId AND ${which} AND path > :after ORDER BY path LIMIT :limit`;
  if (show === 'all') return pageOf(`state <> 'todo'`);
  if (show !== 'problems') return pageOf(`state = '${show}'`);
  const each = problems.map((state) => `SELECT * FROM (${pageOf(`state = '${state}'`)})`);
  return `${each.join(' UNION ALL ')} ORDER BY path LIMIT :limit`;
}

function createBaselines(db: Connection) {
  const put = db.prepare(`
    INSERT INTO check_baseline (path, size_bytes, modified_at_ms, sha256)
    VALUES (:path, :sizeBytes, :modifiedAtMs, :sha256)
    ON CONFLICT (path) DO UPDATE SET size_bytes = excluded.size_bytes, modified_at_ms = excluded.modified_at_ms,
      sha256 = excluded.sha256`);
  const find = db.prepare(`
    SELECT size_bytes AS sizeBytes, modified_at_ms AS modifiedAtMs, sha256 FROM check_baseline WHERE path = ?`);
  return {
    putBaseline: (path: string, as: Baseline): void => void put.run({ path, ...as }),
    baseline: (path: string): Baseline | null => (find.get(path) as Baseline | undefined) ?? null,
  };
}

/** A file as it was when its bytes were last known. */
export interface Baseline {
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  readonly sha256: string;
}

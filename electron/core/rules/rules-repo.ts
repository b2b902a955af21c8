import { v7 as newId } from 'uuid';
import type { RuleWish } from '../../../shared/contract/rules.ts';
import type { Connection } from '../storage/open-database.ts';

/** A rule as stored, with the name of its search. */
export interface StoredRule extends RuleWish {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly lastRunAtMs: number | null;
  readonly reason: string | null;
}

type Row = Omit<StoredRule, 'enabled' | 'keepOut'> & { enabled: number; keepOut: number };

/** The rules and what they have taken. */
export function createRulesRepo(db: Connection) {
  const columns = `r.id, r.search_id AS searchId, s.name, r.enabled, r.rendition, r.dir, r.from_day AS fromDay,
    r.most_files AS mostFiles, r.most_bytes AS mostBytes, r.keep_out AS keepOut, r.last_run_at_ms AS lastRunAtMs, r.reason`;
  const all = db.prepare(
    `SELECT ${columns} FROM rule r JOIN saved_search s ON s.id = r.search_id ORDER BY s.position, s.id`,
  );
  const ofSearch = db.prepare(
    `SELECT ${columns} FROM rule r JOIN saved_search s ON s.id = r.search_id WHERE r.search_id = ?`,
  );
  const put = db.prepare(`
    INSERT INTO rule (id, search_id, enabled, rendition, dir, from_day, most_files, most_bytes, keep_out)
    SELECT :id, id, :enabled, :rendition, :dir, :fromDay, :mostFiles, :mostBytes, :keepOut
    FROM saved_search WHERE id = :searchId
    ON CONFLICT (search_id) DO UPDATE SET enabled = excluded.enabled, rendition = excluded.rendition,
      dir = excluded.dir, from_day = excluded.from_day, most_files = excluded.most_files,
      most_bytes = excluded.most_bytes, keep_out = excluded.keep_out, reason = NULL`);
  const remove = db.prepare('DELETE FROM rule WHERE id = ?');
  const setRun = db.prepare('UPDATE rule SET last_run_at_ms = :now, reason = :reason WHERE id = :id');
  const take = db.prepare(`
    INSERT OR REPLACE INTO rule_take (rule_id, asset_id, size_bytes, at_ms)
    SELECT id, :assetId, :sizeBytes, :now FROM rule WHERE id = :ruleId`);
  // What the source did not tell the size of counts as soon as the download has learnt it.
  const taken = db.prepare(`
    SELECT count(*) AS files, coalesce(sum(coalesce(t.size_bytes,
      (SELECT max(d.size_bytes) FROM download d WHERE d.asset_id = t.asset_id))), 0) AS bytes
    FROM rule_take t WHERE t.rule_id = ? AND t.at_ms > ?`);
  // Whether it was ever here: a clip without a place left was deleted, a cancelled download was not wanted.
  const before = db
    .prepare(
      `SELECT value FROM json_each(:ids) WHERE EXISTS (SELECT 1 FROM download WHERE asset_id = value)
         OR EXISTS (SELECT 1 FROM clip WHERE asset_id = value)
         OR EXISTS (SELECT 1 FROM rule_take WHERE rule_id = :ruleId AND asset_id = value)`,
    )
    .pluck();
  // In the library, or on its way: there is nothing to be fetched.
  const here = db
    .prepare(
      `SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM clip c JOIN clip_place p ON p.clip_id = c.id
           WHERE c.asset_id = value AND p.present = 1)
         OR EXISTS (SELECT 1 FROM download WHERE asset_id = value
           AND state IN ('queued', 'running', 'waiting', 'paused', 'verifying', 'failed'))`,
    )
    .pluck();
  return {
    all: (): StoredRule[] => (all.all() as Row[]).map(fromRow),
    ofSearch: (searchId: string): StoredRule | null => {
      const row = ofSearch.get(searchId) as Row | undefined;
      return row ? fromRow(row) : null;
    },
    /** Does nothing when the search is not there. */
    put: (wish: RuleWish & { enabled: boolean }): void =>
      void put.run({ ...wish, id: newId(), enabled: wish.enabled ? 1 : 0, keepOut: wish.keepOut ? 1 : 0 }),
    remove: (id: string): boolean => remove.run(id).changes === 1,
    setRun: (id: string, as: { now: number; reason: string | null }): void => void setRun.run({ id, ...as }),
    /** Does nothing when the rule was removed meanwhile. */
    take: (of: { ruleId: string; assetId: string; sizeBytes: number | null; now: number }): void =>
      void take.run(of),
    /** What a rule has taken since a time. */
    takenSince: (ruleId: string, sinceMs: number) =>
      taken.get(ruleId, sinceMs) as { files: number; bytes: number },
    hereOf: (assetIds: readonly string[]): ReadonlySet<string> =>
      new Set(here.all(JSON.stringify(assetIds)) as string[]),
    beforeOf: (ruleId: string | null, assetIds: readonly string[]): ReadonlySet<string> =>
      new Set(before.all({ ids: JSON.stringify(assetIds), ruleId: ruleId ?? '' }) as string[]),
  };
}
export type RulesRepo = ReturnType<typeof createRulesRepo>;

function fromRow(row: Row): StoredRule {
  return { ...row, enabled: row.enabled === 1, keepOut: row.keepOut === 1 };
}

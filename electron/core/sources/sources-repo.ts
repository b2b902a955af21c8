import { atomic } from '../storage/atomic.ts';
import type { Connection } from '../storage/open-database.ts';
import type { SourceConfig } from './source-model.ts';

interface Row {
  id: string;
  kind: SourceConfig['kind'];
  name: string;
  url: string;
  instance_id: string | null;
  insecure_http: number;
  allow_private: number;
  mailbox: string | null;
  settings_json: string;
  how: string | null;
  state: SourceConfig['state'];
  reason: string | null;
  evidence: string | null;
  last_good_at_ms: number | null;
  last_try_at_ms: number | null;
  next_at_ms: number | null;
  every_minutes: number | null;
  failures_in_a_row: number;
  failed_items: number;
}

/** What a source is, as it is written. */
export type SourceFields = Pick<
  SourceConfig,
  | 'id'
  | 'kind'
  | 'name'
  | 'url'
  | 'instanceId'
  | 'insecureHttp'
  | 'allowPrivate'
  | 'mailbox'
  | 'settings'
  | 'how'
>;

/** How a source is doing, as a sync leaves it. */
export interface SourceHealth {
  readonly state: SourceConfig['state'];
  readonly reason: string | null;
  readonly evidence: string | null;
  /** Null leaves the one before. */
  readonly lastGoodAtMs: number | null;
  readonly lastTryAtMs: number;
  readonly nextAtMs: number | null;
  readonly failuresInARow: number;
  readonly failedItems: number;
}

/** The configured sources with their health. */
export function createSourcesRepo(db: Connection) {
  const joined = `SELECT s.id, s.kind, s.name, s.url, s.instance_id, s.insecure_http, s.allow_private, s.mailbox,
      s.settings_json, s.how, h.state, h.reason, h.evidence, h.last_good_at_ms, h.last_try_at_ms, h.next_at_ms,
      h.every_minutes, h.failures_in_a_row, h.failed_items
    FROM source s JOIN source_health h ON h.source_id = s.id`;
  // A removal may be cut short: it is written down with the source, which is as good as gone from then on.
  const isLeaving = `s.settings_json ->> '$.beingRemoved' = 'yes'`;
  const isStaying = `s.settings_json ->> '$.beingRemoved' IS NULL`;
  const all = db.prepare(`${joined} WHERE ${isStaying} ORDER BY s.created_at_ms, s.id`);
  const leaving = db.prepare(`SELECT s.id FROM source s WHERE ${isLeaving}`).pluck();
  const byId = db.prepare(`${joined} WHERE s.id = ?`);
  const same = db.prepare(
    `${joined} WHERE ${isStaying} AND s.kind = :kind AND (s.instance_id = :instanceId OR s.url = :url)
     ORDER BY s.instance_id IS :instanceId DESC LIMIT 1`,
  );
  const insert = db.prepare(`
    INSERT INTO source (id, kind, name, url, instance_id, insecure_http, allow_private, mailbox, settings_json, how,
      created_at_ms)
    VALUES (:id, :kind, :name, :url, :instanceId, :insecureHttp, :allowPrivate, :mailbox, :settings, :how, :now)`);
  const insertHealth = db.prepare(`
    INSERT INTO source_health (source_id, state, every_minutes, next_at_ms)
    VALUES (:id, 'never-synced', :everyMinutes, :nextAtMs)`);
  const update = db.prepare(`
    UPDATE source SET kind = :kind, name = :name, url = :url, instance_id = :instanceId,
      insecure_http = :insecureHttp, allow_private = :allowPrivate, mailbox = :mailbox, settings_json = :settings,
      how = :how WHERE id = :id`);
  const rename = db.prepare('UPDATE source SET name = ? WHERE id = ?');
  const setUrl = db.prepare('UPDATE source SET url = ? WHERE id = ?');
  const setHealth = db.prepare(`
    UPDATE source_health SET state = :state, reason = :reason, evidence = :evidence,
      last_good_at_ms = coalesce(:lastGoodAtMs, last_good_at_ms), last_try_at_ms = :lastTryAtMs,
      next_at_ms = :nextAtMs, failures_in_a_row = :failuresInARow, failed_items = :failedItems
    WHERE source_id = :id`);
  const setSchedule = db.prepare(
    'UPDATE source_health SET every_minutes = :everyMinutes, next_at_ms = :nextAtMs WHERE source_id = :id',
  );
  const setDue = db.prepare(
    'UPDATE source_health SET next_at_ms = :now WHERE source_id = :id AND every_minutes IS NOT NULL',
  );
  // Without its identity, so that the same source can be added anew meanwhile.
  const markLeaving = db.prepare(`UPDATE source SET instance_id = NULL,
    settings_json = json_set(settings_json, '$.beingRemoved', 'yes') WHERE id = ?`);
  const remove = db.prepare('DELETE FROM source WHERE id = ?');
  const read = (row: unknown): SourceConfig | null => (row === undefined ? null : fromRow(row as Row));
  return {
    /** All but those that are being removed. */
    all: (): SourceConfig[] => (all.all() as Row[]).map(fromRow),
    /** Those that are being removed. */
    beingRemoved: (): string[] => leaving.all() as string[],
    /** One that is being removed, too. */
    find: (id: string): SourceConfig | null => read(byId.get(id)),
    /** The source that says it is the same; only when none does, the one of its kind at the same address. */
    findSame: (known: Pick<SourceConfig, 'instanceId' | 'url' | 'kind'>): SourceConfig | null =>
      read(same.get(known)),
    insert: atomic(
      db,
      (source: SourceFields, first: { now: number; everyMinutes: number; nextAtMs: number }): void => {
        insert.run({ ...columns(source), now: first.now });
        insertHealth.run({ id: source.id, everyMinutes: first.everyMinutes, nextAtMs: first.nextAtMs });
      },
    ),
    update: (source: SourceFields): void => void update.run(columns(source)),
    rename: (id: string, name: string): void => void rename.run(name, id),
    setUrl: (id: string, url: string): void => void setUrl.run(url, id),
    setHealth: (id: string, health: SourceHealth): void => void setHealth.run({ id, ...health }),
    setSchedule: (id: string, to: { everyMinutes: number | null; nextAtMs: number | null }): void =>
      void setSchedule.run({ id, ...to }),
    /** It is to be read by itself as soon as may be, when it is read by itself at all. */
    setDue: (id: string, now: number): void => void setDue.run({ id, now }),
    /** From here on it is being removed, over a kill too. */
    markBeingRemoved: atomic(db, (id: string): void => {
      markLeaving.run(id);
      setSchedule.run({ id, everyMinutes: null, nextAtMs: null });
    }),
    remove: (id: string): void => void remove.run(id),
  };
}
export type SourcesRepo = ReturnType<typeof createSourcesRepo>;

function columns(source: SourceFields): Record<string, string | number | null> {
  return {
    id: source.id,
    kind: source.kind,
    name: source.name,
    url: source.url,
    instanceId: source.instanceId,
    insecureHttp: source.insecureHttp ? 1 : 0,
    allowPrivate: source.allowPrivate ? 1 : 0,
    mailbox: source.mailbox,
    settings: JSON.stringify(source.settings),
    how: source.how,
  };
}

function fromRow(row: Row): SourceConfig {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    url: row.url,
    instanceId: row.instance_id,
    insecureHttp: row.insecure_http === 1,
    allowPrivate: row.allow_private === 1,
    mailbox: row.mailbox,
    settings: JSON.parse(row.settings_json) as Record<string, string>,
    how: row.how,
    state: row.state,
    reason: row.reason,
    evidence: row.evidence,
    lastSyncAtMs: row.last_good_at_ms,
    lastTryAtMs: row.last_try_at_ms,
    nextSyncAtMs: row.next_at_ms,
    everyMinutes: row.every_minutes,
    failuresInARow: row.failures_in_a_row,
    failedItems: row.failed_items,
  };
}

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
  state: SourceConfig['state'];
  reason: string | null;
  last_sync_at_ms: number | null;
}

/** The source table. */
export function createSourcesRepo(db: Connection) {
  const columns =
    'id, kind, name, url, instance_id, insecure_http, allow_private, mailbox, state, reason, last_sync_at_ms';
  const all = db.prepare(`SELECT ${columns} FROM source ORDER BY created_at_ms, id`);
  const byId = db.prepare(`SELECT ${columns} FROM source WHERE id = ?`);
  const same = db.prepare(
    `SELECT ${columns} FROM source WHERE instance_id = :instanceId OR url = :url
     ORDER BY instance_id IS :instanceId DESC LIMIT 1`,
  );
  const insert = db.prepare(`
    INSERT INTO source (id, kind, name, url, instance_id, insecure_http, allow_private, mailbox, state, created_at_ms)
    VALUES (:id, :kind, :name, :url, :instanceId, :insecureHttp, :allowPrivate, :mailbox, 'never-synced', :now)`);
  const update = db.prepare(`
    UPDATE source SET name = :name, url = :url, instance_id = :instanceId, insecure_http = :insecureHttp,
      allow_private = :allowPrivate, mailbox = :mailbox WHERE id = :id`);
  const setState = db.prepare(
    `UPDATE source SET state = :state, reason = :reason, last_sync_at_ms = coalesce(:lastSyncAtMs, last_sync_at_ms)
     WHERE id = :id`,
  );
  const remove = db.prepare('DELETE FROM source WHERE id = ?');
  const read = (row: unknown): SourceConfig | null => (row === undefined ? null : fromRow(row as Row));
  return {
    all: (): SourceConfig[] => (all.all() as Row[]).map(fromRow),
    find: (id: string): SourceConfig | null => read(byId.get(id)),
    /** The source that says it is the same; only when none does, the one at the same address. */
    findSame: (known: { instanceId: string | null; url: string }): SourceConfig | null =>
      read(same.get(known)),
    insert: (source: StoredFields, now: number): void => void insert.run({ ...flags(source), now }),
    update: (source: StoredFields): void => void update.run(flags(source)),
    setState: (
      id: string,
      to: { state: SourceConfig['state']; reason: string | null; lastSyncAtMs: number | null },
    ) => void setState.run({ id, ...to }),
    remove: (id: string): void => void remove.run(id),
  };
}

type StoredFields = Omit<SourceConfig, 'state' | 'reason' | 'lastSyncAtMs'>;

function flags(source: StoredFields): Record<string, string | number | null> {
  return {
    id: source.id,
    kind: source.kind,
    name: source.name,
    url: source.url,
    instanceId: source.instanceId,
    insecureHttp: source.insecureHttp ? 1 : 0,
    allowPrivate: source.allowPrivate ? 1 : 0,
    mailbox: source.mailbox,
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
    state: row.state,
    reason: row.reason,
    lastSyncAtMs: row.last_sync_at_ms,
  };
}

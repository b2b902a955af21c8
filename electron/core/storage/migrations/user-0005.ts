import type { Migration } from '../migrate.ts';

/** How each source is doing, apart from what it is; what a kind has to remember of it; how its kind was found out. */
export const user0005: Migration = {
  version: 5,
  sql: `
CREATE TABLE source_health (
  source_id TEXT PRIMARY KEY REFERENCES source (id) ON DELETE CASCADE,
  state TEXT NOT NULL CHECK (state IN ('never-synced', 'ok', 'unavailable', 'changed', 'key-needed')),
  reason TEXT,
  -- What came back when it failed: status, type, the first words. Never an address with secrets.
  evidence TEXT,
  last_good_at_ms INTEGER,
  last_try_at_ms INTEGER,
  next_at_ms INTEGER,
  every_minutes INTEGER CHECK (every_minutes > 0),
  failures_in_a_row INTEGER NOT NULL DEFAULT 0,
  failed_items INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO source_health (source_id, state, reason, last_good_at_ms, last_try_at_ms, every_minutes)
  SELECT id, state, reason, last_sync_at_ms, last_sync_at_ms, 15 FROM source;
ALTER TABLE source DROP COLUMN state;
ALTER TABLE source DROP COLUMN reason;
ALTER TABLE source DROP COLUMN last_sync_at_ms;
ALTER TABLE source ADD COLUMN settings_json TEXT NOT NULL DEFAULT '{}';
ALTER TABLE source ADD COLUMN how TEXT;
`,
};

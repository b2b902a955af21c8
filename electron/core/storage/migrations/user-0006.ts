import type { Migration } from '../migrate.ts';

/** Searches that are kept, the rules that download what they find, and what those have taken. */
export const user0006: Migration = {
  version: 6,
  sql: `
CREATE TABLE saved_search (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  filter_json TEXT NOT NULL,
  seen_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE rule (
  id TEXT PRIMARY KEY,
  search_id TEXT NOT NULL UNIQUE REFERENCES saved_search (id) ON DELETE CASCADE,
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  rendition TEXT NOT NULL CHECK (rendition IN ('best', 'smallest')),
  dir TEXT,
  from_day TEXT CHECK (from_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  most_files INTEGER CHECK (most_files > 0),
  most_bytes INTEGER CHECK (most_bytes > 0),
  keep_out INTEGER NOT NULL CHECK (keep_out IN (0, 1)),
  last_run_at_ms INTEGER,
  reason TEXT
) STRICT;

CREATE TABLE rule_take (
  rule_id TEXT NOT NULL REFERENCES rule (id) ON DELETE CASCADE,
  asset_id TEXT NOT NULL,
  size_bytes INTEGER,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (rule_id, asset_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX rule_take_by_time ON rule_take (rule_id, at_ms);
`,
};

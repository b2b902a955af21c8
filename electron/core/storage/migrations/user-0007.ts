import type { Migration } from '../migrate.ts';

/** What sources have said of items that are held here, and what the holders were told last of each. */
export const user0007: Migration = {
  version: 7,
  sql: `
CREATE TABLE notice (
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  asset_id TEXT NOT NULL,
  source_id TEXT,
  source_name TEXT NOT NULL,
  title TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('killed', 'withdrawn', 'withheld', 'corrected', 'rights', 'file-replaced',
    'text-changed', 'usable-again')),
  severity TEXT NOT NULL CHECK (severity IN ('stop', 'look', 'know')),
  text TEXT,
  changes_json TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  acknowledged_at_ms INTEGER,
  note TEXT
) STRICT;
CREATE INDEX notice_by_asset ON notice (asset_id);
CREATE INDEX notice_open ON notice (position DESC, severity) WHERE acknowledged_at_ms IS NULL;

CREATE TABLE told_asset (
  asset_id TEXT PRIMARY KEY,
  told_json TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`,
};

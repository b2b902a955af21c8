import type { Migration } from '../migrate.ts';

/** Checks of files, and what each of them found. */
export const user0003: Migration = {
  version: 3,
  sql: `
CREATE TABLE check_run (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  -- What was asked for: asked for again while it runs, it is the same run.
  scope_json TEXT NOT NULL,
  -- The folder that is checked whole against its media hash list; null for a check of known files.
  folder TEXT,
  manifest_wanted INTEGER NOT NULL CHECK (manifest_wanted IN (0, 1)),
  manifest_json TEXT,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'failed')),
  reason TEXT,
  started_at_ms INTEGER NOT NULL,
  finished_at_ms INTEGER
) STRICT;

CREATE TABLE check_item (
  id INTEGER PRIMARY KEY,
  run_id TEXT NOT NULL REFERENCES check_run (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  clip_id TEXT,
  download_id TEXT,
  -- Hashes of the media hash list that the file is held against, by their kind.
  listed_json TEXT,
  state TEXT NOT NULL CHECK (state IN
    ('todo', 'ok', 'unproven', 'changed', 'damaged', 'missing', 'offline', 'unreadable')),
  detail TEXT,
  size_bytes INTEGER,
  modified_at_ms INTEGER,
  sha256 TEXT,
  expected_sha256 TEXT,
  hashes_json TEXT,
  damage_json TEXT NOT NULL DEFAULT '[]',
  remedy TEXT NOT NULL DEFAULT 'none' CHECK (remedy IN ('none', 'pieces', 'download')),
  mend_state TEXT CHECK (mend_state IN ('queued', 'running', 'done', 'failed')),
  mend_detail TEXT,
  mend_bytes INTEGER NOT NULL DEFAULT 0,
  mend_part_path TEXT,
  checked_at_ms INTEGER,
  UNIQUE (run_id, path)
) STRICT;
-- One to count by, one to page by.
CREATE INDEX check_item_by_state ON check_item (run_id, state, size_bytes);
CREATE INDEX check_item_by_show ON check_item (run_id, state, path);
CREATE INDEX check_item_by_path ON check_item (path);
CREATE INDEX check_item_by_clip ON check_item (clip_id) WHERE clip_id IS NOT NULL;

-- Finished files by their paths; the clip tells which of them the library does not hold.
CREATE INDEX download_by_path ON download (path, clip_id) WHERE state = 'complete';

-- A file as it was when its bytes were last proven or first recorded: whoever writes to it later moves its time.
CREATE TABLE check_baseline (
  path TEXT PRIMARY KEY,
  size_bytes INTEGER NOT NULL,
  modified_at_ms INTEGER NOT NULL,
  sha256 TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`,
};

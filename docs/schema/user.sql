-- user_version 7

CREATE TABLE account (
  source_id TEXT PRIMARY KEY REFERENCES source (id) ON DELETE CASCADE,
  email TEXT,
  state TEXT NOT NULL CHECK (state IN ('signed-out', 'unverified', 'signed-in')),
  newsletter INTEGER CHECK (newsletter IN (0, 1)),
  session_expires_at_ms INTEGER,
  code_purpose TEXT CHECK (code_purpose IN ('register', 'reset')),
  code_expires_at_ms INTEGER,
  code_resend_at_ms INTEGER,
  clock_offset_ms INTEGER NOT NULL DEFAULT 0,
  reason TEXT
) STRICT;

CREATE TABLE action (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  before_json TEXT NOT NULL,
  after_json TEXT NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
) STRICT;

CREATE TABLE check_baseline (
  path TEXT PRIMARY KEY,
  size_bytes INTEGER NOT NULL,
  modified_at_ms INTEGER NOT NULL,
  sha256 TEXT NOT NULL
) STRICT, WITHOUT ROWID;

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

CREATE INDEX check_item_by_clip ON check_item (clip_id) WHERE clip_id IS NOT NULL;

CREATE INDEX check_item_by_path ON check_item (path);

CREATE INDEX check_item_by_show ON check_item (run_id, state, path);

CREATE INDEX check_item_by_state ON check_item (run_id, state, size_bytes);

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

CREATE TABLE clip (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  fingerprint TEXT NOT NULL UNIQUE,
  size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
  sha256 TEXT,
  title TEXT NOT NULL,
  day TEXT CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  event_id TEXT REFERENCES event (id) ON DELETE SET NULL,
  rating INTEGER NOT NULL DEFAULT 0 CHECK (rating BETWEEN 0 AND 5),
  label TEXT CHECK (label IN ('red', 'yellow', 'green', 'blue')),
  note TEXT NOT NULL DEFAULT '',
  source_id TEXT,
  asset_id TEXT,
  download_id TEXT,
  provenance_json TEXT,
  rights_json TEXT,
  probe_json TEXT,
  poster_at_ms INTEGER,
  strip_frames INTEGER NOT NULL DEFAULT 0,
  created_at_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX clip_by_asset ON clip (asset_id) WHERE asset_id IS NOT NULL;

CREATE INDEX clip_by_day ON clip (coalesce(day, ''), row);

CREATE INDEX clip_by_event ON clip (event_id) WHERE event_id IS NOT NULL;

CREATE INDEX clip_by_sha256 ON clip (sha256) WHERE sha256 IS NOT NULL;

CREATE VIRTUAL TABLE clip_fts USING fts5 (
  title, file_name, tags, event, place, note,
  content='', contentless_delete=1, prefix='2 3', tokenize="unicode61 remove_diacritics 2"
);

CREATE TABLE clip_place (
  id INTEGER PRIMARY KEY,
  clip_id TEXT NOT NULL REFERENCES clip (id) ON DELETE CASCADE,
  root_id TEXT REFERENCES root (id) ON DELETE SET NULL,
  path TEXT NOT NULL UNIQUE,
  size_bytes INTEGER NOT NULL,
  modified_at_ms INTEGER NOT NULL,
  present INTEGER NOT NULL CHECK (present IN (0, 1))
) STRICT;

CREATE INDEX clip_place_by_clip ON clip_place (clip_id);

CREATE INDEX clip_place_by_root ON clip_place (root_id);

CREATE TABLE clip_step (
  clip_id TEXT NOT NULL REFERENCES clip (id) ON DELETE CASCADE,
  step TEXT NOT NULL CHECK (step IN ('bytes', 'hash', 'probe', 'picture', 'tags')),
  state TEXT NOT NULL CHECK (state IN ('todo', 'running', 'done', 'failed', 'none')),
  reason TEXT,
  PRIMARY KEY (clip_id, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE clip_tag (
  clip_id TEXT NOT NULL REFERENCES clip (id) ON DELETE CASCADE,
  tag_id TEXT NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
  PRIMARY KEY (clip_id, tag_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX clip_tag_by_tag ON clip_tag (tag_id);

CREATE TABLE download (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL UNIQUE,
  source_id TEXT,
  asset_id TEXT,
  asset_external_id TEXT,
  rendition_id TEXT,
  rendition_external_id TEXT,
  url TEXT,
  options_json TEXT NOT NULL DEFAULT '{}',
  title TEXT NOT NULL,
  asset_json TEXT,
  dir TEXT NOT NULL,
  file_name TEXT NOT NULL,
  path TEXT,
  part_path TEXT,
  state TEXT NOT NULL CHECK (state IN
    ('queued', 'running', 'waiting', 'paused', 'verifying', 'complete', 'failed', 'cancelled')),
  reason TEXT,
  reason_detail TEXT,
  retry_at_ms INTEGER,
  size_bytes INTEGER CHECK (size_bytes >= 0),
  size_told INTEGER NOT NULL DEFAULT 1 CHECK (size_told IN (0, 1)),
  etag TEXT,
  last_modified TEXT,
  part_dev TEXT,
  part_ino TEXT,
  old_part_path TEXT,
  done_bytes INTEGER NOT NULL DEFAULT 0 CHECK (done_bytes >= 0),
  no_range_until_ms INTEGER,
  failures INTEGER NOT NULL DEFAULT 0,
  hash_failures INTEGER NOT NULL DEFAULT 0,
  sha256 TEXT,
  verified TEXT CHECK (verified IN ('hash', 'size', 'none')),
  clip_id TEXT,
  handed_over INTEGER NOT NULL DEFAULT 0 CHECK (handed_over IN (0, 1)),
  created_at_ms INTEGER NOT NULL,
  finished_at_ms INTEGER
, priority INTEGER NOT NULL DEFAULT 0 CHECK (priority IN (-1, 0, 1)), queue_rank REAL NOT NULL DEFAULT 0, needed_by_ms INTEGER, max_rate INTEGER CHECK (max_rate > 0), forgotten INTEGER NOT NULL DEFAULT 0 CHECK (forgotten IN (0, 1)), validators_vary INTEGER NOT NULL DEFAULT 0 CHECK (validators_vary IN (0, 1)), turn INTEGER NOT NULL DEFAULT 0 CHECK (turn BETWEEN -1 AND 2), promised_hash_kind TEXT
  CHECK (promised_hash_kind IN ('crc32', 'xxh64', 'md5', 'sha1', 'sha256', 'sha384', 'sha512')), promised_hash TEXT) STRICT;

CREATE INDEX download_by_asset ON download (asset_id) WHERE asset_id IS NOT NULL;

CREATE INDEX download_by_need ON download (needed_by_ms) WHERE needed_by_ms IS NOT NULL;

CREATE INDEX download_by_path ON download (path, clip_id) WHERE state = 'complete';

CREATE INDEX download_by_rank ON download (queue_rank);

CREATE INDEX download_by_show ON download (forgotten, state);

CREATE INDEX download_by_state ON download (state, position);

CREATE INDEX download_by_url ON download (url) WHERE url IS NOT NULL;

CREATE INDEX download_finished ON download (state, forgotten, finished_at_ms, position);

CREATE INDEX download_in_queue ON download (turn DESC, iif(turn = 2, needed_by_ms, 0), queue_rank, id)
  WHERE state IN ('queued', 'running', 'waiting', 'paused', 'verifying');

CREATE TABLE download_attempt (
  id INTEGER PRIMARY KEY,
  download_id TEXT NOT NULL REFERENCES download (id) ON DELETE CASCADE,
  started_at_ms INTEGER NOT NULL,
  ended_at_ms INTEGER,
  host TEXT,
  fetched_bytes INTEGER NOT NULL DEFAULT 0,
  outcome TEXT
) STRICT;

CREATE INDEX download_attempt_by_download ON download_attempt (download_id);

CREATE TABLE download_piece (
  download_id TEXT NOT NULL REFERENCES download (id) ON DELETE CASCADE,
  start_byte INTEGER NOT NULL CHECK (start_byte >= 0),
  length_bytes INTEGER NOT NULL CHECK (length_bytes > 0),
  -- Of the bytes as they were received, 16 hexadecimal digits.
  xxh64 TEXT NOT NULL,
  PRIMARY KEY (download_id, start_byte)
) STRICT, WITHOUT ROWID;

CREATE TABLE download_provenance (
  download_id TEXT PRIMARY KEY REFERENCES download (id) ON DELETE CASCADE,
  -- Where the bytes came from, without user, query and fragment.
  fetched_from TEXT,
  sidecar TEXT NOT NULL DEFAULT 'owed' CHECK (sidecar IN ('owed', 'written', 'unwanted'))
) STRICT;

CREATE TABLE download_seal (
  download_id TEXT PRIMARY KEY REFERENCES download (id) ON DELETE CASCADE,
  pieces BLOB NOT NULL
) STRICT;

CREATE TABLE event (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  first_day TEXT CHECK (first_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  last_day TEXT CHECK (last_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  place TEXT,
  people_json TEXT NOT NULL DEFAULT '[]',
  organisations_json TEXT NOT NULL DEFAULT '[]',
  summary TEXT,
  origin TEXT NOT NULL CHECK (origin IN ('catalogue', 'person')),
  source_id TEXT,
  external_id TEXT,
  created_at_ms INTEGER NOT NULL,
  CHECK (last_day IS NULL OR first_day IS NOT NULL AND last_day >= first_day)
) STRICT;

CREATE TABLE evidence (
  id TEXT PRIMARY KEY,
  clip_id TEXT NOT NULL REFERENCES clip (id) ON DELETE CASCADE,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  rule TEXT NOT NULL,
  source_text TEXT NOT NULL,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  state TEXT NOT NULL CHECK (state IN ('accepted', 'proposed', 'rejected')),
  created_at_ms INTEGER NOT NULL,
  UNIQUE (clip_id, field, value, rule)
) STRICT;

CREATE TABLE job (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  title TEXT NOT NULL,
  payload_json TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'waiting', 'failed')),
  tries INTEGER NOT NULL DEFAULT 0,
  not_before_ms INTEGER,
  priority INTEGER NOT NULL DEFAULT 0,
  reason TEXT,
  created_at_ms INTEGER NOT NULL,
  UNIQUE (kind, key)
) STRICT;

CREATE INDEX job_by_state ON job (state, not_before_ms);

CREATE INDEX job_by_turn ON job (kind, priority DESC, created_at_ms, id);

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

CREATE TABLE root (
  id TEXT PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  online INTEGER NOT NULL CHECK (online IN (0, 1)),
  reason TEXT,
  scanned_at_ms INTEGER,
  created_at_ms INTEGER NOT NULL
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

CREATE TABLE saved_search (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  filter_json TEXT NOT NULL,
  seen_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value_json TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  instance_id TEXT UNIQUE,
  insecure_http INTEGER NOT NULL CHECK (insecure_http IN (0, 1)),
  allow_private INTEGER NOT NULL CHECK (allow_private IN (0, 1)),
  mailbox TEXT,
  created_at_ms INTEGER NOT NULL
, settings_json TEXT NOT NULL DEFAULT '{}', how TEXT) STRICT;

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

CREATE TABLE tag (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE told_asset (
  asset_id TEXT PRIMARY KEY,
  told_json TEXT NOT NULL
) STRICT, WITHOUT ROWID;

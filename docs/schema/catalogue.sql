-- user_version 3

CREATE TABLE asset (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  source_id TEXT NOT NULL,
  external_id TEXT NOT NULL,
  version TEXT,
  story TEXT,
  version_kind TEXT NOT NULL CHECK (version_kind IN ('master', 'subtitled', 'b-roll', 'unknown')),
  status TEXT NOT NULL CHECK (status IN ('usable', 'expected', 'embargoed', 'withheld', 'withdrawn')),
  status_reason TEXT,
  notice_kind TEXT CHECK (notice_kind IN ('kill', 'correction', 'update')),
  notice_text TEXT,
  -- The asset of another source that is shown for this one, because both are the same item.
  twin_of TEXT,
  title TEXT NOT NULL,
  -- The calendar day it is listed under: filmed, else of the event, else published; null when none is known to the day.
  day TEXT,
  duration_ms INTEGER,
  place TEXT,
  country TEXT,
  language TEXT,
  event_id TEXT,
  added_at_ms INTEGER NOT NULL,
  changed_at_ms INTEGER NOT NULL,
  aliases_json TEXT NOT NULL,
  people_json TEXT NOT NULL,
  organisations_json TEXT NOT NULL,
  keywords_json TEXT NOT NULL,
  dates_json TEXT NOT NULL,
  rights_json TEXT NOT NULL,
  page_url TEXT,
  picture_url TEXT,
  teaser TEXT,
  synopsis TEXT,
  shotlist TEXT,
  transcript TEXT
) STRICT;

CREATE INDEX asset_by_event ON asset (event_id, row DESC, status) WHERE event_id IS NOT NULL;

CREATE INDEX asset_by_facets ON asset (row DESC, source_id, status, version_kind, event_id, country, language, twin_of,
  added_at_ms, (
    (shotlist IS NOT NULL) + (transcript IS NOT NULL) * 2 + (synopsis IS NOT NULL) * 4 + (picture_url IS NOT NULL) * 8
    + (people_json <> '[]') * 16 + (organisations_json <> '[]') * 32 + (place IS NOT NULL) * 64
    + (keywords_json <> '[]') * 128 + (day IS NOT NULL) * 256 + (duration_ms IS NOT NULL) * 512
    + (rights_json GLOB '*":[^n]*') * 1024 + coalesce(notice_kind = 'kill', 0) * 2048
    + coalesce(notice_kind = 'correction', 0) * 4096), id, title, day, place, duration_ms);

CREATE INDEX asset_by_source ON asset (source_id, row DESC);

CREATE INDEX asset_by_story ON asset (source_id, story) WHERE story IS NOT NULL;

CREATE INDEX asset_by_twin ON asset (twin_of) WHERE twin_of IS NOT NULL;

CREATE TABLE asset_alias (
  scheme TEXT NOT NULL,
  value TEXT NOT NULL,
  source_id TEXT NOT NULL,
  asset_id TEXT NOT NULL,
  PRIMARY KEY (scheme, value, source_id, asset_id)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE asset_fts USING fts5 (
  title, synopsis, shotlist, transcript, people, organisations, place, country, event, keywords, file_name,
  content='', contentless_delete=1, prefix='2 3', tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co M*'"
);

CREATE TABLE asset_told (
  number INTEGER PRIMARY KEY,
  source_id TEXT NOT NULL,
  external_id TEXT NOT NULL,
  row INTEGER NOT NULL,
  -- Empty when what was told no longer holds, for the source has stopped listing the item.
  content_hash BLOB NOT NULL,
  seen_run INTEGER NOT NULL,
  version TEXT,
  changed_at_ms INTEGER,
  -- Where the texts of a withdrawn asset are from: the newest telling that was none of a withdrawal.
  text_version TEXT,
  text_changed_at_ms INTEGER,
  -- 1 when only withdrawals were ever told, so that any other telling brings better texts.
  text_is_bare INTEGER NOT NULL CHECK (text_is_bare IN (0, 1)),
  UNIQUE (source_id, external_id)
) STRICT;

CREATE TABLE catalogue_event (
  id TEXT PRIMARY KEY,
  source_id TEXT NOT NULL,
  external_id TEXT NOT NULL,
  title TEXT NOT NULL,
  first_day TEXT,
  last_day TEXT,
  place TEXT,
  people_json TEXT NOT NULL,
  organisations_json TEXT NOT NULL,
  summary TEXT,
  page_url TEXT
) STRICT;

CREATE INDEX catalogue_event_by_source ON catalogue_event (source_id);

CREATE TABLE fts_todo (
  row INTEGER PRIMARY KEY,
  -- Whether the index may hold an older text of the row, which has to go first.
  is_indexed INTEGER NOT NULL CHECK (is_indexed IN (0, 1))
) STRICT;

CREATE TABLE rendition (
  asset_row INTEGER NOT NULL REFERENCES asset (row) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  external_id TEXT NOT NULL,
  medium TEXT NOT NULL CHECK (medium IN ('video', 'audio', 'captions', 'picture', 'document')),
  role TEXT NOT NULL,
  file_name TEXT NOT NULL,
  address TEXT,
  media_type TEXT,
  container TEXT,
  video_codec TEXT,
  audio_codec TEXT,
  width INTEGER,
  height INTEGER,
  rate_num INTEGER,
  rate_den INTEGER,
  scan TEXT CHECK (scan IN ('progressive', 'interlaced')),
  start_timecode TEXT,
  bitrate INTEGER,
  size_bytes INTEGER CHECK (size_bytes >= 0),
  about_bytes INTEGER CHECK (about_bytes >= 0),
  duration_ms INTEGER,
  language TEXT,
  hash_kind TEXT CHECK (hash_kind IN ('sha256', 'md5', 'sha1')),
  hash TEXT,
  etag TEXT,
  PRIMARY KEY (asset_row, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX rendition_by_name ON rendition (external_id);

CREATE TABLE source_cursor (
  source_id TEXT PRIMARY KEY,
  -- Where to go on: in the middle of a run that was cut short, or with the changes since the last whole one.
  cursor TEXT,
  -- Negative while the source is being removed.
  run INTEGER NOT NULL,
  under_way INTEGER NOT NULL CHECK (under_way IN (0, 1)),
  -- Items that could not be read in this run: then nothing is withdrawn at its end.
  failed INTEGER NOT NULL DEFAULT 0
, doubted_run INTEGER) STRICT;

import type { Migration } from '../migrate.ts';

/**
 * The first shape of catalogue.db: what a source can give again.
 *
 * `asset.row` is built from the day (see asset-row.ts), so newest first is the order of the rowid and costs no sort.
 * The indexes end in what is counted by: a row with its texts fills a page of the disk, and counting must not read it.
 */
export const catalogue0001: Migration = {
  version: 1,
  sql: `
CREATE TABLE asset (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  source_id TEXT NOT NULL,
  external_id TEXT NOT NULL,
  story TEXT,
  version_kind TEXT NOT NULL CHECK (version_kind IN ('master', 'subtitled', 'b-roll')),
  status TEXT NOT NULL CHECK (status IN ('usable', 'expected', 'embargoed', 'withheld', 'withdrawn')),
  title TEXT NOT NULL,
  day TEXT,
  duration_ms INTEGER,
  place TEXT,
  country TEXT,
  language TEXT,
  event_id TEXT,
  teaser TEXT,
  synopsis TEXT,
  shotlist TEXT,
  transcript TEXT,
  published_at_ms INTEGER,
  published_day TEXT,
  filmed_first_day TEXT,
  filmed_last_day TEXT,
  people_json TEXT NOT NULL,
  organisations_json TEXT NOT NULL,
  keywords_json TEXT NOT NULL,
  rights_json TEXT NOT NULL,
  page_url TEXT,
  picture_url TEXT,
  content_hash TEXT NOT NULL,
  seen_run INTEGER NOT NULL
) STRICT;
CREATE INDEX asset_by_event ON asset (event_id, row DESC, status) WHERE event_id IS NOT NULL;
CREATE INDEX asset_by_story ON asset (source_id, story) WHERE story IS NOT NULL;
CREATE INDEX asset_by_source ON asset (source_id, row DESC);
CREATE INDEX asset_by_status ON asset (status, row DESC, version_kind);
CREATE INDEX asset_by_version ON asset (version_kind, row DESC, status);

CREATE TABLE rendition (
  id TEXT PRIMARY KEY,
  asset_id TEXT NOT NULL REFERENCES asset (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  external_id TEXT NOT NULL,
  role TEXT NOT NULL,
  file_name TEXT NOT NULL,
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
  duration_ms INTEGER,
  language TEXT,
  hash_kind TEXT CHECK (hash_kind IN ('sha256', 'md5', 'sha1')),
  hash TEXT,
  etag TEXT
) STRICT;
CREATE INDEX rendition_by_asset ON rendition (asset_id, position);

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

CREATE VIRTUAL TABLE asset_fts USING fts5 (
  title, synopsis, shotlist, transcript, people, place, event, keywords,
  content='', contentless_delete=1, prefix='2 3', tokenize="unicode61 remove_diacritics 2"
);

CREATE TABLE source_cursor (
  source_id TEXT PRIMARY KEY,
  change_cursor TEXT,
  page_cursor TEXT,
  next_change_cursor TEXT,
  run INTEGER NOT NULL,
  full_run INTEGER NOT NULL CHECK (full_run IN (0, 1))
) STRICT;
`,
};

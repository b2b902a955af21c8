import type { Migration } from '../migrate.ts';

/**
 * Downloads that can be ordered, limited and checked again. Pieces of before are forgotten, because what they were
 * hashed with has changed: what was half fetched begins again.
 */
export const user0002: Migration = {
  version: 2,
  sql: `
ALTER TABLE download ADD COLUMN priority INTEGER NOT NULL DEFAULT 0 CHECK (priority IN (-1, 0, 1));
ALTER TABLE download ADD COLUMN queue_rank REAL NOT NULL DEFAULT 0;
ALTER TABLE download ADD COLUMN needed_by_ms INTEGER;
ALTER TABLE download ADD COLUMN max_rate INTEGER CHECK (max_rate > 0);
ALTER TABLE download ADD COLUMN forgotten INTEGER NOT NULL DEFAULT 0 CHECK (forgotten IN (0, 1));
-- The server's nodes disagree about the validators of one and the same file: the hash decides alone.
ALTER TABLE download ADD COLUMN validators_vary INTEGER NOT NULL DEFAULT 0 CHECK (validators_vary IN (0, 1));
-- Where it stands in the queue before its rank counts: its priority, or 2 while its deadline is in danger.
ALTER TABLE download ADD COLUMN turn INTEGER NOT NULL DEFAULT 0 CHECK (turn BETWEEN -1 AND 2);
UPDATE download SET queue_rank = position, max_rate = nullif(json_extract(options_json, '$.maxRate'), 0);
CREATE INDEX download_by_rank ON download (queue_rank);
CREATE INDEX download_in_queue ON download (turn DESC, iif(turn = 2, needed_by_ms, 0), queue_rank, id)
  WHERE state IN ('queued', 'running', 'waiting', 'paused', 'verifying');
CREATE INDEX download_by_need ON download (needed_by_ms) WHERE needed_by_ms IS NOT NULL;
CREATE INDEX download_by_show ON download (forgotten, state);
-- "We already have this", by what the source promises.
CREATE INDEX clip_by_sha256 ON clip (sha256) WHERE sha256 IS NOT NULL;

ALTER TABLE download ADD COLUMN promised_hash_kind TEXT
  CHECK (promised_hash_kind IN ('crc32', 'xxh64', 'md5', 'sha1', 'sha256', 'sha384', 'sha512'));
ALTER TABLE download ADD COLUMN promised_hash TEXT;
UPDATE download SET promised_hash_kind = expected_hash_kind, promised_hash = expected_hash;
ALTER TABLE download DROP COLUMN expected_hash_kind;
ALTER TABLE download DROP COLUMN expected_hash;

DROP TABLE download_piece;
CREATE TABLE download_piece (
  download_id TEXT NOT NULL REFERENCES download (id) ON DELETE CASCADE,
  start_byte INTEGER NOT NULL CHECK (start_byte >= 0),
  length_bytes INTEGER NOT NULL CHECK (length_bytes > 0),
  -- Of the bytes as they were received, 16 hexadecimal digits.
  xxh64 TEXT NOT NULL,
  PRIMARY KEY (download_id, start_byte)
) STRICT, WITHOUT ROWID;
UPDATE download SET done_bytes = 0
  WHERE state IN ('queued', 'running', 'waiting', 'paused', 'verifying', 'failed');

-- The pieces of a finished file, by which later damage is found and mended piece by piece: for each piece its start
-- (6 bytes), its length (4) and its xxh64 (8), big-endian, in order and without a gap.
CREATE TABLE download_seal (
  download_id TEXT PRIMARY KEY REFERENCES download (id) ON DELETE CASCADE,
  pieces BLOB NOT NULL
) STRICT;

-- What a sidecar beside the file tells and the download itself does not. A finished download without a row is owed its
-- sidecar; those of before are not.
CREATE TABLE download_provenance (
  download_id TEXT PRIMARY KEY REFERENCES download (id) ON DELETE CASCADE,
  -- Where the bytes came from, without user, query and fragment.
  fetched_from TEXT,
  sidecar TEXT NOT NULL DEFAULT 'owed' CHECK (sidecar IN ('owed', 'written', 'unwanted'))
) STRICT;
INSERT INTO download_provenance (download_id, sidecar) SELECT id, 'unwanted' FROM download WHERE state = 'complete';
`,
};

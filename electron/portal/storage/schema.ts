/** Version of the portal's tables, kept in `user_version`. */
export const portalSchemaVersion = 1;

/**
 * Tables of portal.db.
 *
 * `address_key` is a keyed hash of an e-mail address: limits must hold for addresses without an account too, and such
 * addresses need not be stored. `change_seq` orders every change of the catalogue and is never reused.
 */
export const portalSchemaSql = `
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE accounts (
  id INTEGER PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL,
  verified INTEGER NOT NULL DEFAULT 0 CHECK (verified IN (0, 1)),
  newsletter INTEGER NOT NULL DEFAULT 0 CHECK (newsletter IN (0, 1)),
  created_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE codes (
  address_key TEXT NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('register', 'reset')),
  code_hash BLOB NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  wrong_tries INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (address_key, purpose)
) STRICT, WITHOUT ROWID;

CREATE TABLE code_sends (
  id INTEGER PRIMARY KEY,
  address_key TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX code_sends_by_address ON code_sends (address_key, at_ms);

CREATE TABLE login_failures (
  address_key TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  blocked_until_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  token_hash BLOB PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  expires_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_account ON sessions (account_id);

CREATE TABLE events (
  id TEXT PRIMARY KEY,
  first_day TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE assets (
  id INTEGER PRIMARY KEY,
  change_seq INTEGER NOT NULL UNIQUE,
  changed_at_ms INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('usable', 'expected', 'embargoed', 'withheld', 'withdrawn')),
  embargo_until_ms INTEGER,
  seed_hash TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE renditions (
  id TEXT PRIMARY KEY,
  asset_id INTEGER NOT NULL REFERENCES assets (id) ON DELETE CASCADE,
  file_name TEXT NOT NULL,
  stored_path TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL
) STRICT;

CREATE TABLE pictures (
  asset_id INTEGER PRIMARY KEY REFERENCES assets (id) ON DELETE CASCADE,
  stored_path TEXT NOT NULL,
  sha256 TEXT NOT NULL
) STRICT;
`;

import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { portalSchemaSql, portalSchemaVersion } from './schema.ts';

/** The connection to portal.db. */
export type PortalDb = Database.Database;

/** Opens portal.db in a folder, making both private to their owner, and refuses a file of another version. */
export function openPortalDb(dir: string): PortalDb {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  chmodSync(dir, 0o700);
  const path = join(dir, 'portal.db');
  // SQLite gives -wal and -shm the mode of the main file, so the mode is set before SQLite first sees it.
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
  const db = new Database(path);
  try {
    db.pragma('journal_mode = WAL');
    // An account or a session told as made must survive a power cut.
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    migrate(db);
    // An index is no other version: a portal of before gets it too. Rows are long, and both counts go by it alone.
    db.exec('CREATE INDEX IF NOT EXISTS assets_by_status ON assets (status, embargo_until_ms)');
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

function migrate(db: PortalDb): void {
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version === portalSchemaVersion) return;
  if (version !== 0) {
    throw new Error(`portal.db has version ${version}; this program knows version ${portalSchemaVersion}`);
  }
  db.transaction(() => {
    db.exec(portalSchemaSql);
    db.pragma(`user_version = ${portalSchemaVersion}`);
  })();
}

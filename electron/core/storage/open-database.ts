import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { migrate, type Migration } from './migrate.ts';
import { ensurePrivateFile } from './private-file.ts';

/** An open database. */
export type Connection = Database.Database;

/** How a database file is opened. */
export interface DatabaseOptions {
  readonly file: string;
  /**
   * FULL for what a person made: a commit survives a power cut. NORMAL for what can be fetched again: after a
   * power cut the last commits may be gone, the file is still sound.
   */
  readonly synchronous: 'FULL' | 'NORMAL';
  readonly migrations: readonly Migration[];
  /** Whether the last run ended without closing; the whole file is then checked before use. */
  readonly checkFirst: boolean;
  readonly now: () => number;
}

/**
 * Opens a database in WAL mode and brings it to the newest version.
 *
 * @throws RushesError DATABASE_NEWER when a newer Rushes has written it; DATABASE_DAMAGED when it is not sound.
 */
export function openDatabase(options: DatabaseOptions): Connection {
  mkdirSync(dirname(options.file), { recursive: true, mode: 0o700 });
  const existed = existsSync(options.file);
  ensurePrivateFile(options.file);
  const db = new Database(options.file);
  try {
    prepare(db, options);
    if (existed && options.checkFirst) assertSound(db, options.file);
    migrate(db, { ...options, existed });
    return db;
  } catch (error) {
    db.close();
    throw isDamage(error)
      ? new RushesError('DATABASE_DAMAGED', `${options.file} is damaged.`, { detail: String(error) })
      : error;
  }
}

function prepare(db: Connection, options: DatabaseOptions): void {
  db.pragma('journal_mode = WAL');
  db.pragma(`synchronous = ${options.synchronous}`);
  // On macOS a plain fsync leaves data in the drive's cache; elsewhere this does nothing.
  if (options.synchronous === 'FULL') db.pragma('fullfsync = 1');
  db.pragma('foreign_keys = ON');
  db.pragma('busy_timeout = 5000');
  db.pragma('trusted_schema = OFF');
}

/** integrity_check, not quick_check: the quick one misses most flipped bits. */
function assertSound(db: Connection, file: string): void {
  const result = db.pragma('integrity_check(1)', { simple: true });
  if (result !== 'ok')
    throw new RushesError('DATABASE_DAMAGED', `${file} is damaged.`, { detail: String(result) });
}

function isDamage(error: unknown): boolean {
  const code = String((error as { code?: unknown }).code);
  // Extended codes begin with the plain one: SQLITE_CORRUPT_VTAB is a damaged full-text index.
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB';
}

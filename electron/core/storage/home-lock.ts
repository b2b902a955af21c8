import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { ensurePrivateFile } from './private-file.ts';

/** The right to be the one process that works on a home folder. */
export interface HomeLock {
  /** Whether the last holder ended without releasing: a crash, a kill, a power cut. */
  readonly uncleanExit: boolean;
  /** `clean` says that what was used is sound; else the next holder is told of an unclean end. */
  release(as: { clean: boolean }): void;
}

/**
 * Takes a home folder for this process.
 *
 * The lock is an open write transaction on a small SQLite file: the operating system drops it with the process
 * however that ends, so there is never a stale lock to guess about.
 *
 * @throws RushesError HOME_IN_USE naming the holder; DISK_ERROR when something else lies in the lock's place.
 */
export function lockHome(home: string): HomeLock {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const ownerFile = join(home, 'owner');
  const file = join(home, 'home.lock');
  ensurePrivateFile(file);
  const db = new Database(file, { timeout: 0 });
  try {
    db.pragma('journal_mode = DELETE');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    const { code } = error as { code?: string };
    if (code === 'SQLITE_NOTADB') {
      throw new RushesError('DISK_ERROR', `${file} is not what Rushes has put there.`, {
        hint: 'Delete that file: it only marks the home as in use.',
      });
    }
    if (code !== 'SQLITE_BUSY') throw error;
    throw new RushesError('HOME_IN_USE', `Another Rushes (process ${ownerOf(ownerFile)}) is using ${home}.`, {
      hint: 'Use that one, close it, or choose another home with --home.',
    });
  }
  const uncleanExit = existsSync(ownerFile);
  writeFileSync(ownerFile, String(process.pid), { mode: 0o600 });
  return {
    uncleanExit,
    release: ({ clean }) => {
      if (clean) rmSync(ownerFile, { force: true });
      db.exec('ROLLBACK');
      db.close();
    },
  };
}

function ownerOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return 'unknown';
  }
}

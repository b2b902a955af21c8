import { closeSync, copyFileSync, existsSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { SeededBody } from '../fault-body.ts';

/** What the journal of a home says of one download. */
export interface Journalled {
  readonly id: string;
  readonly url: string;
  readonly state: string;
  readonly partPath: string | null;
  readonly pieces: ReadonlyArray<{ readonly start: number; readonly end: number }>;
}

/** Reads the journal from a copy of the database; the home is left as it is. */
export function readJournal(home: string): Journalled[] {
  const dir = mkdtempSync(join(tmpdir(), 'rushes-journal-'));
  try {
    for (const name of ['user.db', 'user.db-wal']) {
      if (existsSync(join(home, name))) copyFileSync(join(home, name), join(dir, name));
    }
    if (!existsSync(join(dir, 'user.db'))) return [];
    const db = new Database(join(dir, 'user.db'));
    try {
      if (!db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'download_piece'`).get()) return [];
      const pieces = db.prepare(`
        SELECT start_byte AS start, start_byte + length_bytes AS end FROM download_piece
        WHERE download_id = ? ORDER BY start_byte`);
      const rows = db.prepare('SELECT id, url, state, part_path AS partPath FROM download').all();
      return (rows as Array<Omit<Journalled, 'pieces'>>).map((row) => ({
        ...row,
        pieces: pieces.all(row.id) as Journalled['pieces'],
      }));
    } finally {
      db.close();
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const block = 1024;

/** Bytes of a partial file that had come and lie there rightly, but that no journalled piece holds: they will be fetched again. */
export function unjournalledBytes(one: Journalled, body: SeededBody): number {
  if (one.partPath === null || !existsSync(one.partPath)) return 0;
  const file = openSync(one.partPath, 'r');
  try {
    let count = 0;
    for (const { start, end } of gapsOf(one.pieces, body.sizeBytes)) {
      for (let at = start; at < end; at += block) {
        const wanted = body.slice(at, Math.min(end, at + block));
        const found = Buffer.alloc(wanted.byteLength);
        readSync(file, found, 0, found.byteLength, at);
        if (found.equals(wanted)) count += wanted.byteLength;
      }
    }
    return count;
  } finally {
    closeSync(file);
  }
}

function gapsOf(pieces: Journalled['pieces'], sizeBytes: number): Array<{ start: number; end: number }> {
  const gaps: Array<{ start: number; end: number }> = [];
  let at = 0;
  for (const { start, end } of pieces) {
    if (start > at) gaps.push({ start: at, end: start });
    at = Math.max(at, end);
  }
  if (at < sizeBytes) gaps.push({ start: at, end: sizeBytes });
  return gaps;
}

import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { loadPieceHash, type PieceHash } from '../../../electron/core/files/piece-hash.ts';
import type { DownloadState } from '../../../shared/contract/downloads.ts';

/** What Rushes has said to someone, and must therefore still hold after a crash. */
export type Ack =
  | { readonly kind: 'added'; readonly id: string }
  | { readonly kind: 'paused'; readonly id: string }
  | { readonly kind: 'cancelled'; readonly id: string }
  | { readonly kind: 'complete'; readonly id: string; readonly sha256: string };

/** What the checker knows beside what it finds. */
export interface Facts {
  readonly home: string;
  /** Folders that downloads go to. */
  readonly dirs: readonly string[];
  /** Whether a file with this content may lie under this final name. */
  readonly isRight: (fileName: string, sha256: string) => boolean;
  /** Files of the user's own, by path, with the SHA-256 that they had. */
  readonly own: ReadonlyMap<string, string>;
  /** In the order in which they were said; of each download the last one counts. */
  readonly acks: readonly Ack[];
  /** The process has ended cleanly: nothing may stand as if it were being worked on. */
  readonly isStill: boolean;
  /** Where the process sees its files, when that is not where we see them: `/proc/PID/root`. */
  readonly root?: string;
}

/** The invariants as one function: what is broken, a sentence each. It remembers what it has hashed. */
export interface Checker {
  violations(facts: Facts): string[];
}

interface Row {
  readonly id: string;
  readonly state: DownloadState;
  readonly path: string | null;
  readonly part_path: string | null;
  readonly old_part_path: string | null;
  readonly size_bytes: number | null;
  readonly done_bytes: number;
  readonly sha256: string | null;
  readonly verified: string | null;
}

interface Piece {
  readonly download_id: string;
  readonly start_byte: number;
  readonly length_bytes: number;
  readonly xxh64: string;
}

interface Found {
  readonly rows: readonly Row[];
  readonly pieces: readonly Piece[];
  readonly unsound: readonly string[];
}

/** Makes a checker of the invariants I1 to I11 of a crash, as far as they concern downloads. */
export async function createChecker(): Promise<Checker> {
  const pieceHash = await loadPieceHash();
  const hashes = new Map<string, string>();
  const sha256Of = (path: string): string => {
    const { ino, mtimeMs, size } = statSync(path);
    const key = `${path} ${ino} ${mtimeMs} ${size}`;
    const known = hashes.get(key) ?? createHash('sha256').update(readFileSync(path)).digest('hex');
    hashes.set(key, known);
    return known;
  };
  return {
    violations: (facts) => {
      const root = facts.root ?? '';
      const found = readDatabase(root, facts.home);
      return [
        ...found.unsound,
        ...wrongFiles(facts, found, sha256Of),
        ...wrongPieces(found, { pieceHash, isStill: facts.isStill }),
        ...wrongCompletions(found, sha256Of),
        ...touchedOwnFiles(facts, sha256Of),
        ...forgottenActs(facts, found),
        ...strayParts(facts, found),
        ...(facts.isStill ? stuckRows(found) : []),
      ];
    },
  };
}

/** Reads a copy, so that looking changes nothing: opening a database recovers its log and closing empties it. */
function readDatabase(root: string, home: string): Found {
  const dir = mkdtempSync(join(tmpdir(), 'rushes-check-'));
  try {
    for (const name of ['user.db', 'user.db-wal']) {
      if (existsSync(root + join(home, name))) copyFileSync(root + join(home, name), join(dir, name));
    }
    if (!existsSync(join(dir, 'user.db'))) return { rows: [], pieces: [], unsound: [] };
    const db = new Database(join(dir, 'user.db'));
    try {
      const unsound = [
        ...(db.pragma('integrity_check') as Array<{ integrity_check: string }>)
          .filter((one) => one.integrity_check !== 'ok')
          .map((one) => `I7: the database is damaged: ${one.integrity_check}.`),
        ...(db.pragma('foreign_key_check') as unknown[]).map((one) => `I7: ${JSON.stringify(one)}.`),
      ];
      // A kill before the first migration leaves a file without tables.
      const hasTables = db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'download_piece'`).get();
      if (!hasTables) return { rows: [], pieces: [], unsound };
      const rows = (db.prepare('SELECT * FROM download').all() as Row[]).map((row) => seenFrom(root, row));
      const pieces = db
        .prepare('SELECT * FROM download_piece ORDER BY download_id, start_byte')
        .all() as Piece[];
      return { rows, pieces, unsound };
    } finally {
      db.close();
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function seenFrom(root: string, row: Row): Row {
  const seen = (path: string | null): string | null => (path === null ? null : root + path);
  return {
    ...row,
    path: seen(row.path),
    part_path: seen(row.part_path),
    old_part_path: seen(row.old_part_path),
  };
}

function filesIn(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(dir, entry.name));
}

const foldersOf = (facts: Facts): string[] => facts.dirs.map((dir) => (facts.root ?? '') + dir);

/** I1: under a final name lies a right file or none. What says of itself that it is unverified is held to nothing. */
function wrongFiles(facts: Facts, found: Found, sha256Of: (path: string) => string): string[] {
  const unverified = new Set(found.rows.filter((row) => row.verified === 'none').map((row) => row.path));
  return foldersOf(facts)
    .flatMap(filesIn)
    .filter((path) => !path.endsWith('.part') && !facts.own.has(path) && !unverified.has(path))
    .filter((path) => !facts.isRight(path.slice(path.lastIndexOf('/') + 1), sha256Of(path)))
    .map((path) => `I1: ${path} (${statSync(path).size} bytes) is a wrong file under a final name.`);
}

/** I2: what the journal says lies on the disk does, wherever the file has got to by now. */
function wrongPieces(
  found: Found,
  { pieceHash, isStill }: { pieceHash: PieceHash; isStill: boolean },
): string[] {
  return found.rows.flatMap((row) => {
    const pieces = found.pieces.filter((piece) => piece.download_id === row.id);
    // A kill may fall between the removal of a file that nobody wants any more and that of its pieces.
    if (pieces.length === 0 || (row.state === 'cancelled' && !isStill)) return [];
    const at = [row.part_path, row.path].find((path) => path !== null && existsSync(path));
    if (at == null) {
      return [
        `I2: ${row.id} is ${row.state} with ${pieces.length} journalled pieces and without ${row.part_path}.`,
      ];
    }
    const bytes = readFileSync(at);
    const wrong = pieces.filter((piece) => {
      const hash = pieceHash();
      hash.update(bytes.subarray(piece.start_byte, piece.start_byte + piece.length_bytes));
      return piece.start_byte + piece.length_bytes > bytes.byteLength || hash.digest() !== piece.xxh64;
    });
    const sum = pieces.reduce((total, piece) => total + piece.length_bytes, 0);
    const overlap = pieces.filter((piece, index) => {
      const before = pieces[index - 1];
      return before !== undefined && before.start_byte + before.length_bytes > piece.start_byte;
    });
    return [
      ...wrong.map((one) => `I2: piece ${one.start_byte}+${one.length_bytes} of ${at} is not on the disk.`),
      ...overlap.map((one) => `I2: piece ${one.start_byte} of ${at} overlaps the one before.`),
      ...(sum === row.done_bytes ? [] : [`I2: ${row.id} counts ${row.done_bytes} bytes, its pieces ${sum}.`]),
    ];
  });
}

/** I3: complete means that the file is there, with the hash that the row tells. */
function wrongCompletions(found: Found, sha256Of: (path: string) => string): string[] {
  return found.rows
    .filter((row) => row.state === 'complete')
    .filter((row) => row.path === null || !existsSync(row.path) || sha256Of(row.path) !== row.sha256)
    .map((row) => `I3: ${row.id} is complete and ${row.path} is not its file.`);
}

/** I4 and I5: what is not ours is neither changed nor gone. */
function touchedOwnFiles(facts: Facts, sha256Of: (path: string) => string): string[] {
  return [...facts.own]
    .filter(([path, sha256]) => !existsSync(path) || sha256Of(path) !== sha256)
    .map(([path]) => `I5: the user's own ${path} was touched.`);
}

/** I6: what was acknowledged is there. */
function forgottenActs(facts: Facts, found: Found): string[] {
  const last = new Map(facts.acks.map((ack) => [ack.id, ack]));
  return [...last.values()].flatMap((ack) => {
    const row = found.rows.find((one) => one.id === ack.id);
    if (!row) return [`I6: ${ack.id} was ${ack.kind} and is not known.`];
    if (ack.kind === 'added') return [];
    // A download may have become complete just before it was to be stopped.
    const holds = row.state === ack.kind || (ack.kind !== 'complete' && row.state === 'complete');
    return holds ? [] : [`I6: ${ack.id} was ${ack.kind} and is ${row.state}.`];
  });
}

/** I9: every partial file belongs to a row that is not done with it. */
function strayParts(facts: Facts, found: Found): string[] {
  const named = new Set(found.rows.flatMap((row) => [row.part_path, row.old_part_path]));
  const left = foldersOf(facts)
    .flatMap(filesIn)
    .filter((path) => path.endsWith('.part') && !facts.own.has(path) && !named.has(path))
    .map((path) => `I9: nothing knows of ${path}.`);
  const ended = facts.isStill
    ? found.rows.filter((row) => ['complete', 'cancelled'].includes(row.state) && row.part_path !== null)
    : [];
  return [...left, ...ended.map((row) => `I9: ${row.id} is ${row.state} and still names ${row.part_path}.`)];
}

/** I11: at rest nothing stands as if it were being worked on. */
function stuckRows(found: Found): string[] {
  return found.rows
    .filter((row) => row.state === 'running' || row.state === 'verifying')
    .map((row) => `I11: ${row.id} is still ${row.state}.`);
}

import type { Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FileFault, hasCode } from '../files/file-fault.ts';
import { hashFile, type HashKind } from '../files/hash-file.ts';
import type { Baseline } from './checks-repo.ts';
import { unread, type Damage, type Finding, type Listed } from './finding.ts';
import { judge } from './judge.ts';
import type { KnownFile } from './known-files-repo.ts';
import { c4OfSha512 } from './mhl/c4.ts';

/** A piece of a finished file with the hash it had when it came, 16 hexadecimal digits. */
export interface SealedPiece {
  readonly start: number;
  readonly length: number;
  readonly xxh64: string;
}

/** A file to be looked at, with all that is known of it. */
export interface Suspect {
  readonly path: string;
  readonly known: KnownFile | null;
  readonly baseline: Baseline | null;
  readonly listed: Listed | null;
  /** The pieces of the download that it came from; null when none were kept. */
  readonly pieces: readonly SealedPiece[] | null;
  /** Computes the hash that a media hash list is written with, wanted or not. */
  readonly forList: boolean;
}

/** How a file is read. */
export interface Reading {
  readonly hashWorkerUrl: URL;
  readonly signal: AbortSignal;
  /** Told the bytes read so far, now and then. */
  readonly onProgress: (bytes: number) => void;
}

/** Kinds of a media hash list and what each is computed from here. Other kinds cannot be compared. */
const computable: Readonly<Record<string, HashKind>> = {
  xxh64: 'xxh64',
  md5: 'md5',
  sha1: 'sha1',
  c4: 'sha512',
};

/**
 * Reads a file once, in a worker thread that gives way to others, and tells what became of it. Only a file that turns
 * out damaged is read again, to find the place.
 *
 * @throws The signal's reason when it aborts. What the disk refuses is a finding.
 */
export async function checkFile(suspect: Suspect, reading: Reading): Promise<Finding> {
  const expectedSha256 = suspect.known?.sha256 ?? null;
  const before = await lstat(suspect.path).catch((error: unknown) => error);
  if (!isStats(before)) {
    const state = await absence(suspect, before);
    return { ...state, expectedSha256 };
  }
  if (!before.isFile()) return unread('unreadable', 'It is no plain file any more.', { expectedSha256 });
  const facts = { sizeBytes: before.size, modifiedAtMs: Math.trunc(before.mtimeMs), expectedSha256 };
  try {
    const hashes = await hashesOf(suspect, reading);
    const after = await lstat(suspect.path).catch(() => null);
    if (after?.mtimeMs !== before.mtimeMs || after.size !== before.size) {
      return unread('changed', 'It was being written to while it was read.', facts);
    }
    const verdict = judge(suspect, { ...facts, hashes });
    const finding = {
      ...unread(verdict.state, ''),
      ...facts,
      ...verdict,
      hashes,
      sha256: hashes['sha256'] ?? null,
    };
    if (verdict.state !== 'damaged') return finding;
    const damage = await damageOf(suspect, before.size, reading);
    return { ...finding, damage, remedy: remedyFor(suspect, damage) };
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    return unread('unreadable', error.message, {
      ...facts,
      remedy: suspect.known?.download ? 'download' : 'none',
    });
  }
}

/** The sealed pieces whose bytes are not those that came, as ranges; neighbours are joined. */
export async function damagedPieces(
  path: string,
  pieces: readonly SealedPiece[],
  reading: Pick<Reading, 'hashWorkerUrl' | 'signal'>,
): Promise<SealedPiece[]> {
  const { hashWorkerUrl: workerUrl, signal } = reading;
  const found = await hashFile({ path, ranges: pieces, workerUrl, signal, calm: true });
  return pieces.filter((piece, index) => piece.xxh64 !== found.pieces[index]);
}

async function hashesOf(suspect: Suspect, reading: Reading): Promise<Record<string, string>> {
  const { known, listed, forList, path } = suspect;
  const listKinds = Object.keys(listed?.hashes ?? {}).filter((kind) => Object.hasOwn(computable, kind));
  const kinds = new Set<HashKind>(listKinds.flatMap((kind) => computable[kind] ?? []));
  if (forList) kinds.add('xxh64');
  if (known !== null || kinds.size === 0) kinds.add('sha256');
  const { whole } = await hashFile({
    path,
    kinds: [...kinds],
    workerUrl: reading.hashWorkerUrl,
    signal: reading.signal,
    onProgress: reading.onProgress,
    calm: true,
  });
  const { sha512, ...rest } = whole;
  return sha512 === undefined ? rest : { ...rest, c4: c4OfSha512(sha512) };
}

async function damageOf(suspect: Suspect, sizeBytes: number, reading: Reading): Promise<Damage[]> {
  const { pieces, path } = suspect;
  if (pieces === null || (pieces.at(-1)?.start ?? 0) + (pieces.at(-1)?.length ?? 0) !== sizeBytes) return [];
  const damage: Damage[] = [];
  for (const { start, length } of await damagedPieces(path, pieces, reading)) {
    const last = damage.at(-1);
    if (last?.end === start) damage.splice(-1, 1, { start: last.start, end: start + length });
    else damage.push({ start, end: start + length });
  }
  return damage;
}

function remedyFor(suspect: Suspect, damage: readonly Damage[]): Finding['remedy'] {
  if (!suspect.known?.download) return 'none';
  return damage.length > 0 ? 'pieces' : 'download';
}

/** Whether a file that is not there is gone, or its whole volume away. */
async function absence(suspect: Suspect, error: unknown): Promise<Finding> {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  if (!hasCode(error, 'ENOENT', 'ENOTDIR', 'ENODEV', 'ENXIO')) {
    return unread('unreadable', `It cannot be reached (${code}).`);
  }
  const { rootPath, download } = suspect.known ?? { rootPath: null, download: null };
  const holds = rootPath ?? dirname(suspect.path);
  const names = await readdir(holds).catch(() => null);
  if (names === null) return unread('offline', `${holds} is not there, as when its volume is not connected.`);
  // A mount point without its volume is an empty folder.
  if (rootPath !== null && names.length === 0) {
    return unread('offline', `${rootPath} is empty, as it is when its volume is not mounted.`);
  }
  return unread('missing', 'It is not where it was.', { remedy: download ? 'download' : 'none' });
}

function isStats(value: unknown): value is Stats {
  return typeof value === 'object' && value !== null && 'mtimeMs' in value;
}

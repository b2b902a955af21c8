import type { DownloadState } from '../../../shared/contract/downloads.ts';
import type { DownloadReason } from '../../../shared/domain/download-reason.ts';
import type { FileIdentity } from '../files/part-file.ts';
import type { Connection } from '../storage/open-database.ts';
import type { PieceRow } from './download-row.ts';
import { createAddressRepo } from './address-repo.ts';
import { createIntentsRepo } from './intents-repo.ts';
import type { KeptAddress } from './kept-address.ts';
import { createListingRepo } from './listing-repo.ts';
import { createOrderRepo } from './order-repo.ts';
import { createQueueRepo } from './queue-repo.ts';
import type { RemoteIdentity } from './remote-identity.ts';
import type { PromisedHash } from './rendition-link.ts';

/** Where a download stands now. */
export interface Standing {
  readonly state: DownloadState;
  readonly reason: DownloadReason | null;
  readonly detail: string | null;
  readonly retryAtMs: number | null;
}

/** What a finished file is. */
export interface Completion {
  readonly path: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly verified: 'hash' | 'size' | 'none';
}

/** A finished file with the pieces by which later damage is found; null when they do not cover it. */
export interface Sealed extends Completion {
  readonly seal: Uint8Array | null;
  /** What is kept of its address; null when that stays as it is. */
  readonly kept: KeptAddress | null;
}

/** All SQL of the downloads: wishes, their progress, journalled pieces and attempts. */
export function createDownloadsRepo(db: Connection) {
  const addresses = createAddressRepo(db);
  return {
    ...createIntentsRepo(db),
    ...addresses,
    ...createListingRepo(db),
    ...createQueueRepo(db),
    ...createOrderRepo(db),
    ...createStates(db, addresses.keepAddress),
    ...createPieces(db),
    ...createAttempts(db),
  };
}
export type DownloadsRepo = ReturnType<typeof createDownloadsRepo>;

function createStates(db: Connection, keepAddress: (id: string, to: KeptAddress) => void) {
  const stand = db.prepare(`
    UPDATE download SET state = :state, reason = :reason, reason_detail = :detail, retry_at_ms = :retryAtMs
    WHERE id = :id`);
  const settle = db.prepare(`
    UPDATE download SET state = :state, reason = :reason, reason_detail = :detail, retry_at_ms = :retryAtMs
    WHERE id = :id AND state IN ('running', 'verifying')`);
  const renew = db.prepare(`
    UPDATE download SET failures = 0, hash_failures = 0 WHERE id IN (SELECT value FROM json_each(?))`);
  const promise = db.prepare(`
    UPDATE download SET promised_hash_kind = :kind, promised_hash = :value WHERE id = :id`);
  const failures = db.prepare('UPDATE download SET failures = ? WHERE id = ?');
  const hashFailed = db.prepare('UPDATE download SET hash_failures = hash_failures + 1 WHERE id = ?');
  const noRange = db.prepare('UPDATE download SET no_range_until_ms = ? WHERE id = ?');
  const vary = db.prepare('UPDATE download SET validators_vary = 1 WHERE id = ?');
  const intend = db.prepare('UPDATE download SET path = :path, sha256 = :sha256 WHERE id = :id');
  const completeRow = db.prepare(`
    UPDATE download SET state = 'complete', reason = NULL, reason_detail = NULL, retry_at_ms = NULL, path = :path,
      sha256 = :sha256, size_bytes = :sizeBytes, done_bytes = :sizeBytes, verified = :verified, failures = 0,
      finished_at_ms = :now
    WHERE id = :id`);
  const removePieces = db.prepare('DELETE FROM download_piece WHERE download_id = ?');
  const forgetPartNames = db.prepare(`
    UPDATE download SET part_path = NULL, part_dev = NULL, part_ino = NULL, old_part_path = NULL,
      done_bytes = iif(state = 'complete', done_bytes, 0) WHERE id = ?`);
  // Pieces without a file would count as bytes that are there when a cancelled download is wanted again.
  const forgetParts = db.transaction((id: string) => {
    forgetPartNames.run(id);
    removePieces.run(id);
  });
  const handedOver = db.prepare('UPDATE download SET handed_over = 1, clip_id = :clipId WHERE id = :id');
  const writeSeal = db.prepare('INSERT OR REPLACE INTO download_seal (download_id, pieces) VALUES (?, ?)');
  const standAll = db.transaction((ids: readonly string[], to: Standing) => {
    for (const id of ids) stand.run({ id, ...to });
  });
  const complete = db.transaction((id: string, { seal, kept, ...what }: Sealed, now: number) => {
    completeRow.run({ id, now, ...what });
    if (kept) keepAddress(id, kept);
    if (seal) writeSeal.run(id, seal);
    removePieces.run(id);
  });
  return {
    /** What the user wants holds whatever the engine is doing. Many are one commit. */
    stand: (ids: readonly string[], to: Standing): void => standAll(ids, to),
    /** What the engine reports holds only while the user has not said otherwise (paused, cancelled). */
    settle: (id: string, to: Standing): boolean => settle.run({ id, ...to }).changes > 0,
    /** Forgets past failures, for a fresh try. */
    forgetFailures: (ids: readonly string[]): void => void renew.run(JSON.stringify(ids)),
    promise: (id: string, hash: PromisedHash): void => void promise.run({ id, ...hash }),
    setFailures: (id: string, count: number): void => void failures.run(count, id),
    hashFailed: (id: string): void => void hashFailed.run(id),
    setNoRangeUntil: (id: string, untilMs: number): void => void noRange.run(untilMs, id),
    /** The server's nodes disagree about the validators of this file. */
    setValidatorsVary: (id: string): void => void vary.run(id),
    /** Writes down the final place and the hash before the file gets its name. */
    intend: (id: string, path: string, sha256: string): void => void intend.run({ id, path, sha256 }),
    complete: (id: string, what: Sealed, now: number): void => complete(id, what, now),
    /** The partial files of an ended download are gone. */
    forgetParts: (id: string): void => forgetParts(id),
    handedOver: (id: string, clipId: string | null): void => void handedOver.run({ id, clipId }),
  };
}

function createPieces(db: Connection) {
  const fix = db.prepare(`
    UPDATE download SET part_path = :partPath, part_dev = NULL, part_ino = NULL, size_bytes = :sizeBytes, etag = :etag,
      last_modified = :lastModified, size_told = iif(:sizeBytes IS NULL, 0, 1), path = NULL, sha256 = NULL
    WHERE id = :id`);
  const fixPart = db.prepare('UPDATE download SET part_dev = :dev, part_ino = :ino WHERE id = :id');
  const size = db.prepare('UPDATE download SET size_bytes = ? WHERE id = ?');
  const forget = db.prepare(`
    UPDATE download SET part_path = NULL, part_dev = NULL, part_ino = NULL, etag = NULL, last_modified = NULL,
      path = NULL, sha256 = NULL, done_bytes = 0, old_part_path = :oldPartPath WHERE id = :id`);
  const pieces = db.prepare(`
    SELECT start_byte AS start, length_bytes AS length, xxh64 FROM download_piece
    WHERE download_id = ? ORDER BY start_byte`);
  const upsert = db.prepare(`
    INSERT INTO download_piece (download_id, start_byte, length_bytes, xxh64) VALUES (:id, :start, :length, :xxh64)
    ON CONFLICT (download_id, start_byte) DO UPDATE SET length_bytes = excluded.length_bytes, xxh64 = excluded.xxh64`);
  const remove = db.prepare('DELETE FROM download_piece WHERE download_id = ? AND start_byte = ?');
  const removeAll = db.prepare('DELETE FROM download_piece WHERE download_id = ?');
  const count = db.prepare(`
    UPDATE download SET done_bytes =
      (SELECT coalesce(sum(length_bytes), 0) FROM download_piece WHERE download_id = :id) WHERE id = :id`);
  const progressed = db.prepare(
    'UPDATE download SET done_bytes = done_bytes + :added, failures = 0 WHERE id = :id',
  );
  const startOver = db.transaction((id: string, oldPartPath: string | null) => {
    removeAll.run(id);
    forget.run({ id, oldPartPath });
  });
  const journal = db.transaction((id: string, grown: readonly PieceRow[], added: number) => {
    for (const piece of grown) upsert.run({ id, ...piece });
    progressed.run({ id, added });
  });
  const dropPieces = db.transaction((id: string, starts: readonly number[]) => {
    for (const start of starts) remove.run(id, start);
    count.run({ id });
  });
  return {
    /** Fixes what the remote file is and where its bytes go, before the first of them is written. */
    fixIdentity: (id: string, identity: RemoteIdentity, partPath: string): void =>
      void fix.run({ id, partPath, ...identity }),
    fixPart: (id: string, part: FileIdentity): void => void fixPart.run({ id, ...part }),
    /** The length of a body that nobody had told before it ended. */
    setSize: (id: string, sizeBytes: number): void => void size.run(sizeBytes, id),
    /** Begins anew: nothing fetched counts any more. */
    startOver: (id: string, oldPartPath: string | null): void => startOver(id, oldPartPath),
    pieces: (id: string): PieceRow[] => pieces.all(id) as PieceRow[],
    /** `added` is by how many bytes the pieces grew since they were last journalled. */
    journal: (id: string, grown: readonly PieceRow[], added: number): void => journal(id, grown, added),
    dropPieces: (id: string, starts: readonly number[]): void => dropPieces(id, starts),
  };
}

function createAttempts(db: Connection) {
  const begin = db.prepare('INSERT INTO download_attempt (download_id, started_at_ms) VALUES (?, ?)');
  const drop = db.prepare('DELETE FROM download_attempt WHERE id = ?');
  const end = db.prepare(`
    UPDATE download_attempt SET ended_at_ms = :now, host = :host, fetched_bytes = :fetchedBytes, outcome = :outcome
    WHERE id = :attempt`);
  const hosts = db
    .prepare(
      'SELECT DISTINCT host FROM download_attempt WHERE download_id = ? AND fetched_bytes > 0 AND host IS NOT NULL',
    )
    .pluck();
  return {
    /** Hosts that gave bytes of a download. */
    hostsOf: (id: string): string[] => hosts.all(id) as string[],
    /** It came to nothing that is worth telling: no server was asked. */
    dropAttempt: (attempt: number): void => void drop.run(attempt),
    beginAttempt: (id: string, now: number): number => Number(begin.run(id, now).lastInsertRowid),
    endAttempt: (
      attempt: number,
      facts: { now: number; host: string | null; fetchedBytes: number; outcome: string },
    ): void => void end.run({ attempt, ...facts }),
  };
}

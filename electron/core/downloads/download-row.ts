import type { DownloadPriority, DownloadState } from '../../../shared/contract/downloads.ts';
import type { DownloadReason } from '../../../shared/domain/download-reason.ts';
import type { HashKind } from '../files/hash-file.ts';
import type { FileIdentity } from '../files/part-file.ts';
import type { RemoteIdentity } from './remote-identity.ts';
import type { PromisedHash } from './rendition-link.ts';

/** What a plain address was added with. Header values are kept elsewhere, sealed. */
export interface UrlOptions {
  readonly sizeBytes?: number;
  readonly connections?: number;
  readonly hasHeaders?: boolean;
  /** The address was added with a query that was not kept; see `keptAddress`. */
  readonly addressKey?: string;
  /** Neither the user nor the address gave a name: the server may, until something is written. */
  readonly unnamed?: boolean;
  readonly insecureHttp?: boolean;
  readonly allowPrivate?: boolean;
}

/** One row of the download table. */
export interface DownloadRow {
  readonly id: string;
  /** Counts up with every wish: the newest has the highest. */
  readonly position: number;
  readonly priority: DownloadPriority;
  /** Its place among those of the same priority; smaller is sooner. */
  readonly queueRank: number;
  readonly neededByMs: number | null;
  /** Its deadline is in danger, by which it goes before every priority. */
  readonly urgent: boolean;
  /** Bytes a second that it may use at most. */
  readonly maxRate: number | null;
  /** Taken off the list by the user; kept to know what is here. */
  readonly forgotten: boolean;
  /** The server's nodes disagree about the validators of one file. */
  readonly validatorsVary: boolean;
  readonly sourceId: string | null;
  readonly assetId: string | null;
  readonly assetExternalId: string | null;
  readonly renditionId: string | null;
  readonly renditionExternalId: string | null;
  /** Set for a plain address, null for an asset, whose address is resolved anew each time. */
  readonly url: string | null;
  readonly options: UrlOptions;
  readonly title: string;
  readonly assetJson: string | null;
  readonly dir: string;
  readonly fileName: string;
  /** The final place: intended from just before publishing, true once the state is complete. */
  readonly path: string | null;
  /** Set from the moment the first response fixed what the remote file is. */
  readonly partPath: string | null;
  readonly part: FileIdentity | null;
  /** A partial file of an earlier state of the remote file, kept until the new one is complete. */
  readonly oldPartPath: string | null;
  readonly state: DownloadState;
  readonly reason: DownloadReason | null;
  readonly reasonDetail: string | null;
  readonly retryAtMs: number | null;
  readonly sizeBytes: number | null;
  /** Whether the source or the server said the size before the body ended. */
  readonly sizeWasTold: boolean;
  readonly expectedHash: PromisedHash | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** Bytes in journalled pieces. */
  readonly doneBytes: number;
  readonly noRangeUntilMs: number | null;
  /** Attempts in a row without a byte. */
  readonly failures: number;
  readonly hashFailures: number;
  readonly sha256: string | null;
  readonly verified: 'hash' | 'size' | 'none' | null;
  readonly clipId: string | null;
  readonly handedOver: boolean;
  readonly createdAtMs: number;
  readonly finishedAtMs: number | null;
}

/** A run of bytes that lies on the disk for good, with the hash of what was received. */
export interface PieceRow {
  readonly start: number;
  readonly length: number;
  /** 16 hexadecimal digits. */
  readonly xxh64: string;
}

/** What the first response fixed, or null before it. */
export function identityOf(row: DownloadRow): RemoteIdentity | null {
  if (row.partPath === null) return null;
  return { sizeBytes: row.sizeBytes, etag: row.etag, lastModified: row.lastModified };
}

/** The turn of a download whose deadline is in danger: above every priority. */
export const urgentTurn = 2;

const priorityNumbers = { low: -1, normal: 0, high: 1 } as const;

/** A priority as it is stored, which is also the turn that it gives. */
export function priorityNumber(priority: DownloadPriority): -1 | 0 | 1 {
  return priorityNumbers[priority];
}

/** The priority behind a stored number. */
export function priorityOf(stored: number): DownloadPriority {
  return stored > 0 ? 'high' : stored < 0 ? 'low' : 'normal';
}

/** The columns as SQLite gives them. */
export interface DownloadRecord {
  id: string;
  position: number;
  priority: number;
  queue_rank: number;
  needed_by_ms: number | null;
  turn: number;
  max_rate: number | null;
  forgotten: number;
  validators_vary: number;
  source_id: string | null;
  asset_id: string | null;
  asset_external_id: string | null;
  rendition_id: string | null;
  rendition_external_id: string | null;
  url: string | null;
  options_json: string;
  title: string;
  asset_json: string | null;
  dir: string;
  file_name: string;
  path: string | null;
  part_path: string | null;
  part_dev: string | null;
  part_ino: string | null;
  old_part_path: string | null;
  state: DownloadState;
  reason: DownloadReason | null;
  reason_detail: string | null;
  retry_at_ms: number | null;
  size_bytes: number | null;
  size_told: number;
  promised_hash_kind: HashKind | null;
  promised_hash: string | null;
  etag: string | null;
  last_modified: string | null;
  done_bytes: number;
  no_range_until_ms: number | null;
  failures: number;
  hash_failures: number;
  sha256: string | null;
  verified: 'hash' | 'size' | 'none' | null;
  clip_id: string | null;
  handed_over: number;
  created_at_ms: number;
  finished_at_ms: number | null;
}

/** Reads a record into a row. */
export function toDownloadRow(record: DownloadRecord): DownloadRow {
  const { promised_hash_kind: hashKind, promised_hash: hash, part_dev: dev, part_ino: ino } = record;
  return {
    id: record.id,
    position: record.position,
    priority: priorityOf(record.priority),
    queueRank: record.queue_rank,
    neededByMs: record.needed_by_ms,
    urgent: record.turn === urgentTurn,
    maxRate: record.max_rate,
    forgotten: record.forgotten === 1,
    validatorsVary: record.validators_vary === 1,
    sourceId: record.source_id,
    assetId: record.asset_id,
    assetExternalId: record.asset_external_id,
    renditionId: record.rendition_id,
    renditionExternalId: record.rendition_external_id,
    url: record.url,
    options: JSON.parse(record.options_json) as UrlOptions,
    title: record.title,
    assetJson: record.asset_json,
    dir: record.dir,
    fileName: record.file_name,
    path: record.path,
    partPath: record.part_path,
    part: dev !== null && ino !== null ? { dev, ino } : null,
    oldPartPath: record.old_part_path,
    state: record.state,
    reason: record.reason,
    reasonDetail: record.reason_detail,
    retryAtMs: record.retry_at_ms,
    sizeBytes: record.size_bytes,
    sizeWasTold: record.size_told === 1,
    expectedHash: hashKind !== null && hash !== null ? { kind: hashKind, value: hash } : null,
    etag: record.etag,
    lastModified: record.last_modified,
    doneBytes: record.done_bytes,
    noRangeUntilMs: record.no_range_until_ms,
    failures: record.failures,
    hashFailures: record.hash_failures,
    sha256: record.sha256,
    verified: record.verified,
    clipId: record.clip_id,
    handedOver: record.handed_over === 1,
    createdAtMs: record.created_at_ms,
    finishedAtMs: record.finished_at_ms,
  };
}

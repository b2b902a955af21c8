import { v7 as newId } from 'uuid';
import type { DownloadPriority, DownloadState } from '../../../shared/contract/downloads.ts';
import type { Connection } from '../storage/open-database.ts';
import {
  priorityNumber,
  toDownloadRow,
  type DownloadRecord,
  type DownloadRow,
  type UrlOptions,
} from './download-row.ts';
import type { PromisedHash } from './rendition-link.ts';

/** What the user wants, before anything was fetched. */
export interface NewDownload {
  readonly sourceId: string | null;
  readonly assetId: string | null;
  readonly assetExternalId: string | null;
  readonly renditionId: string | null;
  readonly renditionExternalId: string | null;
  readonly url: string | null;
  readonly options: UrlOptions;
  readonly title: string;
  readonly assetJson: string | null;
  readonly dir: string;
  readonly fileName: string;
  readonly sizeBytes: number | null;
  readonly expectedHash: PromisedHash | null;
  readonly priority: DownloadPriority;
  readonly neededByMs: number | null;
  readonly maxRate: number | null;
}

/** What changes when another rendition is wanted instead. */
export type Replacement = Pick<
  NewDownload,
  'renditionId' | 'renditionExternalId' | 'title' | 'assetJson' | 'fileName' | 'sizeBytes' | 'expectedHash'
>;

/** The wishes of the user in the download table: adding, finding and replacing them. */
export function createIntentsRepo(db: Connection) {
  const insert = db.prepare(`
    INSERT INTO download (id, position, queue_rank, source_id, asset_id, asset_external_id, rendition_id,
      rendition_external_id, url, options_json, title, asset_json, dir, file_name, state, size_bytes,
      promised_hash_kind, promised_hash, priority, turn, needed_by_ms, max_rate, created_at_ms)
    VALUES (:id, (SELECT coalesce(max(position), 0) + 1 FROM download),
      (SELECT coalesce(max(queue_rank), 0) + 1 FROM download), :sourceId, :assetId, :assetExternalId, :renditionId,
      :renditionExternalId, :url, :options, :title, :assetJson, :dir, :fileName, 'queued', :sizeBytes, :hashKind,
      :hash, :priority, :priority, :neededByMs, :maxRate, :now)`);
  const swap = db.prepare(`
    UPDATE download SET rendition_id = :renditionId, rendition_external_id = :renditionExternalId, title = :title,
      asset_json = :assetJson, file_name = :fileName, size_bytes = :sizeBytes, size_told = 1,
      promised_hash_kind = :hashKind, promised_hash = :hash, no_range_until_ms = NULL, validators_vary = 0,
      failures = 0, hash_failures = 0, verified = NULL
    WHERE id = :id`);
  const byId = db.prepare('SELECT * FROM download WHERE id = ?');
  const byAsset = db.prepare(`
    SELECT * FROM download WHERE asset_id = ? AND rendition_id = ? AND state <> 'cancelled' ORDER BY position DESC`);
  const unfinished = db.prepare(`
    SELECT * FROM download WHERE state IN ('queued', 'running', 'verifying', 'waiting') ORDER BY queue_rank`);
  const inStates = db.prepare(`
    SELECT * FROM download WHERE state IN (SELECT value FROM json_each(?)) AND forgotten = 0 ORDER BY queue_rank`);
  const leftovers = db.prepare(`
    SELECT * FROM download
    WHERE state IN ('cancelled', 'complete') AND (part_path IS NOT NULL OR old_part_path IS NOT NULL)`);
  const notHandedOver = db.prepare(`
    SELECT * FROM download WHERE state = 'complete' AND handed_over = 0 ORDER BY position`);
  const signIn = db.prepare(`
    SELECT * FROM download WHERE state = 'waiting' AND source_id = ?
      AND reason IN ('SIGN_IN_NEEDED', 'ACCOUNT_UNVERIFIED') ORDER BY position`);
  const rename = db.prepare(`
    UPDATE download SET file_name = :fileName, title = :fileName WHERE id = :id AND part_path IS NULL`);
  const setOptions = db.prepare('UPDATE download SET options_json = ? WHERE id = ?');
  const rows = (found: unknown[]): DownloadRow[] => (found as DownloadRecord[]).map(toDownloadRow);
  const addOne = (wanted: NewDownload, now: number): string => {
    const { expectedHash, options, priority, ...columns } = wanted;
    const id = newId();
    insert.run({
      ...columns,
      id,
      options: JSON.stringify(options),
      priority: priorityNumber(priority),
      hashKind: expectedHash?.kind ?? null,
      hash: expectedHash?.value ?? null,
      now,
    });
    return id;
  };
  const addAll = db.transaction((wanted: readonly NewDownload[], now: number) =>
    wanted.map((one) => addOne(one, now)),
  );
  return {
    /** All in one transaction, or none. Returns the ids in order. */
    add: (wanted: readonly NewDownload[], now: number): string[] => addAll(wanted, now),
    find: (id: string): DownloadRow | null => rows(byId.all(id))[0] ?? null,
    /** Newest first; cancelled ones are left out. */
    ofAsset: (assetId: string, renditionId: string): DownloadRow[] => rows(byAsset.all(assetId, renditionId)),
    inStates: (states: readonly DownloadState[]): DownloadRow[] => rows(inStates.all(JSON.stringify(states))),
    unfinished: (): DownloadRow[] => rows(unfinished.all()),
    /** Ended downloads that still name a partial file. */
    withLeftovers: (): DownloadRow[] => rows(leftovers.all()),
    notHandedOver: (): DownloadRow[] => rows(notHandedOver.all()),
    waitingForSignIn: (sourceId: string): DownloadRow[] => rows(signIn.all(sourceId)),
    /** Another name for the file of a plain address, before anything of it is written. */
    rename: (id: string, fileName: string): void => void rename.run({ id, fileName }),
    setOptions: (id: string, to: UrlOptions): void => void setOptions.run(JSON.stringify(to), id),
    /** Wants another file of the same asset from now on. */
    swap: (id: string, to: Replacement): void => {
      const { expectedHash, ...columns } = to;
      swap.run({ ...columns, id, hashKind: expectedHash?.kind ?? null, hash: expectedHash?.value ?? null });
    },
  };
}

import { v7 as newId } from 'uuid';
import type { Connection } from '../storage/open-database.ts';
import { toDownloadRow, type DownloadRecord, type DownloadRow, type UrlOptions } from './download-row.ts';
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
}

/** Which downloads a list shows. */
export type Shown = 'active' | 'done' | 'failed' | 'all';

/** How many there are of each. */
export interface DownloadCounts {
  readonly active: number;
  readonly done: number;
  readonly failed: number;
}

const where: Readonly<Record<Shown, string>> = {
  active: `state IN ('queued', 'running', 'waiting', 'paused', 'verifying')`,
  done: `state = 'complete'`,
  failed: `state IN ('failed', 'cancelled')`,
  all: 'TRUE',
};

/** The wishes of the user in the download table: adding, finding and listing them. */
export function createIntentsRepo(db: Connection) {
  const insert = db.prepare(`
    INSERT INTO download (id, position, source_id, asset_id, asset_external_id, rendition_id, rendition_external_id,
      url, options_json, title, asset_json, dir, file_name, state, size_bytes, expected_hash_kind, expected_hash,
      created_at_ms)
    VALUES (:id, (SELECT coalesce(max(position), 0) + 1 FROM download), :sourceId, :assetId, :assetExternalId,
      :renditionId, :renditionExternalId, :url, :options, :title, :assetJson, :dir, :fileName, 'queued', :sizeBytes,
      :hashKind, :hash, :now)`);
  const byId = db.prepare('SELECT * FROM download WHERE id = ?');
  const byAsset = db.prepare(`
    SELECT * FROM download WHERE asset_id = ? AND rendition_id = ? AND state <> 'cancelled' ORDER BY position DESC`);
  const byUrl = db.prepare(`
    SELECT * FROM download WHERE url = ? AND dir = ? AND state <> 'cancelled' ORDER BY position DESC`);
  const lists = Object.fromEntries(
    Object.entries(where).map(([shown, clause]) => [
      shown,
      db.prepare(`SELECT * FROM download WHERE ${clause} ORDER BY position`),
    ]),
  );
  const unfinished = db.prepare(`
    SELECT * FROM download WHERE state IN ('queued', 'running', 'verifying', 'waiting') ORDER BY position`);
  const leftovers = db.prepare(`
    SELECT * FROM download
    WHERE state IN ('cancelled', 'complete') AND (part_path IS NOT NULL OR old_part_path IS NOT NULL)`);
  const notHandedOver = db.prepare(`
    SELECT * FROM download WHERE state = 'complete' AND handed_over = 0 ORDER BY position`);
  const signIn = db.prepare(`
    SELECT * FROM download WHERE state = 'waiting' AND source_id = ?
      AND reason IN ('SIGN_IN_NEEDED', 'ACCOUNT_UNVERIFIED') ORDER BY position`);
  const setOptions = db.prepare('UPDATE download SET options_json = ? WHERE id = ?');
  const counts = db.prepare(`
    SELECT count(*) FILTER (WHERE ${where.active}) AS active, count(*) FILTER (WHERE ${where.done}) AS done,
      count(*) FILTER (WHERE ${where.failed}) AS failed FROM download`);
  const rows = (found: unknown[]): DownloadRow[] => (found as DownloadRecord[]).map(toDownloadRow);
  const addOne = (wanted: NewDownload, now: number): string => {
    const { expectedHash, options, ...columns } = wanted;
    const id = newId();
    insert.run({
      ...columns,
      id,
      options: JSON.stringify(options),
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
    ofUrl: (url: string, dir: string): DownloadRow[] => rows(byUrl.all(url, dir)),
    list: (shown: Shown): DownloadRow[] => rows(lists[shown]?.all() ?? []),
    unfinished: (): DownloadRow[] => rows(unfinished.all()),
    /** Ended downloads that still name a partial file. */
    withLeftovers: (): DownloadRow[] => rows(leftovers.all()),
    notHandedOver: (): DownloadRow[] => rows(notHandedOver.all()),
    waitingForSignIn: (sourceId: string): DownloadRow[] => rows(signIn.all(sourceId)),
    setOptions: (id: string, to: UrlOptions): void => void setOptions.run(JSON.stringify(to), id),
    counts: (): DownloadCounts => counts.get() as DownloadCounts,
  };
}

import type { Connection } from '../storage/open-database.ts';

/** What Rushes knows of a file, from the library and the downloads. */
export interface KnownFile {
  readonly path: string;
  readonly clipId: string | null;
  /** The file as the last scan saw it; null for a download that the library does not hold. */
  readonly place: { readonly sizeBytes: number; readonly modifiedAtMs: number } | null;
  readonly rootPath: string | null;
  readonly sha256: string | null;
  /** The finished download that the bytes came from, wherever it was put first. */
  readonly download: KnownDownload | null;
}

/** A finished download as far as a check needs it. */
export interface KnownDownload {
  readonly id: string;
  readonly sizeBytes: number;
  readonly finishedAtMs: number;
}

/** A file that may be checked. */
export interface Candidate {
  readonly path: string;
  readonly clipId: string | null;
  readonly downloadId: string | null;
  readonly sizeBytes: number | null;
}

interface Row {
  path: string;
  clip_id: string | null;
  place_size: number | null;
  place_modified: number | null;
  root_path: string | null;
  sha256: string | null;
  download_id: string | null;
  download_size: number | null;
  finished_at_ms: number | null;
}

/** A place counts unless its clip lies elsewhere now: such a file was moved, and is not missed. */
const places = `
  SELECT p.path, p.clip_id, c.download_id, p.size_bytes
  FROM clip_place p JOIN clip c ON c.id = p.clip_id
  WHERE (p.present = 1 OR NOT EXISTS (SELECT 1 FROM clip_place o WHERE o.clip_id = p.clip_id AND o.present = 1))`;
const loose = `
  SELECT d.path, d.clip_id, d.id AS download_id, d.size_bytes
  FROM download d
  WHERE d.state = 'complete' AND d.path IS NOT NULL AND d.clip_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM clip_place p WHERE p.path = d.path)`;

/** Reads what the library and the downloads know of files. */
export function createKnownFilesRepo(db: Connection) {
  const atPlace = db.prepare(`
    SELECT p.path, p.clip_id, p.size_bytes AS place_size, p.modified_at_ms AS place_modified, r.path AS root_path,
      coalesce(c.sha256, d.sha256) AS sha256, d.id AS download_id, d.size_bytes AS download_size, d.finished_at_ms
    FROM clip_place p JOIN clip c ON c.id = p.clip_id LEFT JOIN root r ON r.id = p.root_id
      LEFT JOIN download d ON d.id = c.download_id AND d.state = 'complete'
    WHERE p.path = ?`);
  const ofDownload = db.prepare(`
    SELECT d.path, d.clip_id, NULL AS place_size, NULL AS place_modified, NULL AS root_path, d.sha256,
      d.id AS download_id, d.size_bytes AS download_size, d.finished_at_ms
    FROM download d WHERE d.path = ? AND d.state = 'complete' ORDER BY d.position DESC LIMIT 1`);
  const seal = db.prepare('SELECT pieces FROM download_seal WHERE download_id = ?').pluck();
  const list = (sql: string) => {
    const statement = db.prepare(`
      SELECT path, clip_id AS clipId, download_id AS downloadId, size_bytes AS sizeBytes FROM (${sql})`);
    return (values: Readonly<Record<string, string>>): Candidate[] => statement.all(values) as Candidate[];
  };
  const all = list(`${places} UNION ALL ${loose}`);
  const below = list(`
    SELECT * FROM (${places} UNION ALL ${loose}) WHERE path = :path OR substr(path, 1, length(:folder)) = :folder`);
  const ofClips = list(`${places} AND p.clip_id IN (SELECT value FROM json_each(:ids))`);
  const ofDownloads = list(`
    ${places} AND c.download_id IN (SELECT value FROM json_each(:ids))
    UNION ALL ${loose} AND d.id IN (SELECT value FROM json_each(:ids))`);
  return {
    find: (path: string): KnownFile | null => {
      const row = (atPlace.get(path) ?? ofDownload.get(path)) as Row | undefined;
      return row ? fromRow(row) : null;
    },
    seal: (downloadId: string): Uint8Array | null => (seal.get(downloadId) as Uint8Array | undefined) ?? null,
    all: (): Candidate[] => all({}),
    /** The file of that path, or all below the folder of that path. */
    below: (path: string, separator: string): Candidate[] =>
      below({ path, folder: path.endsWith(separator) ? path : path + separator }),
    ofClips: (ids: readonly string[]): Candidate[] => ofClips({ ids: JSON.stringify(ids) }),
    ofDownloads: (ids: readonly string[]): Candidate[] => ofDownloads({ ids: JSON.stringify(ids) }),
  };
}
export type KnownFilesRepo = ReturnType<typeof createKnownFilesRepo>;

function fromRow(row: Row): KnownFile {
  const { download_id: id, download_size: size, finished_at_ms: finishedAtMs } = row;
  const { place_size: sizeBytes, place_modified: modifiedAtMs } = row;
  return {
    path: row.path,
    clipId: row.clip_id,
    place: sizeBytes === null || modifiedAtMs === null ? null : { sizeBytes, modifiedAtMs },
    rootPath: row.root_path,
    sha256: row.sha256,
    download:
      id === null || size === null || finishedAtMs === null ? null : { id, sizeBytes: size, finishedAtMs },
  };
}

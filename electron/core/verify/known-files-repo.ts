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
  readonly createdAtMs: number;
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
  created_at_ms: number | null;
  finished_at_ms: number | null;
}

/** Rows that are read at once: what is known may be a hundred thousand files, and nobody is to wait for them. */
const pageRows = 500;
/** Behind every path, as the database orders texts. */
const behindAll = '\u{10ffff}';

/** A place counts unless its clip lies elsewhere now: such a file was moved, and is not missed. */
const placesOf = (rows: string): string => `
  SELECT p.path, p.clip_id AS clipId, c.download_id AS downloadId, p.size_bytes AS sizeBytes
  FROM ${rows}
  WHERE (p.present = 1 OR NOT EXISTS (SELECT 1 FROM clip_place o WHERE o.clip_id = p.clip_id AND o.present = 1))`;
const places = placesOf('clip_place p JOIN clip c ON c.id = p.clip_id');
const looseOf = (rows: string): string => `
  SELECT d.path, d.clip_id AS clipId, d.id AS downloadId, d.size_bytes AS sizeBytes
  FROM ${rows}
  WHERE d.state = 'complete' AND d.path IS NOT NULL AND d.clip_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM clip_place p WHERE p.path = d.path)`;
const loose = looseOf('download d');
// Named one by one: each is looked up, in this order, whatever the database thinks of it.
const named = 'json_each(:ids) n CROSS JOIN';
const namedDownload = `${named} download d ON d.id = n.value`;

/** Reads what the library and the downloads know of files. */
export function createKnownFilesRepo(db: Connection) {
  const atPlace = db.prepare(`
    SELECT p.path, p.clip_id, p.size_bytes AS place_size, p.modified_at_ms AS place_modified, r.path AS root_path,
      coalesce(c.sha256, d.sha256) AS sha256, d.id AS download_id, d.size_bytes AS download_size, d.created_at_ms,
      d.finished_at_ms
    FROM clip_place p JOIN clip c ON c.id = p.clip_id LEFT JOIN root r ON r.id = p.root_id
      LEFT JOIN download d ON d.id = c.download_id AND d.state = 'complete'
    WHERE p.path = ?`);
  const ofDownload = db.prepare(`
    SELECT d.path, d.clip_id, NULL AS place_size, NULL AS place_modified, NULL AS root_path, d.sha256,
      d.id AS download_id, d.size_bytes AS download_size, d.created_at_ms, d.finished_at_ms
    FROM download d WHERE d.path = ? AND d.state = 'complete' ORDER BY +d.position DESC LIMIT 1`);
  const seal = db.prepare('SELECT pieces FROM download_seal WHERE download_id = ?').pluck();
  const within = [
    `${places} AND p.path > :after AND p.path < :before ORDER BY p.path LIMIT ${pageRows}`,
    // Of its own the database goes by the state, which most downloads share, and sorts them.
    `${looseOf('download d INDEXED BY download_by_path')}
      AND d.path > :after AND d.path < :before ORDER BY d.path LIMIT ${pageRows}`,
  ].map((sql) => db.prepare(sql));
  const at = db.prepare(`${places} AND p.path = :path UNION ALL ${loose} AND d.path = :path`);
  const ofClips = db.prepare(
    placesOf(`${named} clip c ON c.id = n.value CROSS JOIN clip_place p ON p.clip_id = c.id`),
  );
  const ofDownloads = db.prepare(`
    ${placesOf(`${namedDownload} CROSS JOIN clip c ON c.id = d.clip_id CROSS JOIN clip_place p ON p.clip_id = c.id`)}
      AND c.download_id = d.id
    UNION ALL ${looseOf(namedDownload)}`);
  function* pagesOf(ids: readonly string[], of: Pick<typeof ofClips, 'all'>): Generator<Candidate[], void> {
    for (let from = 0; from < ids.length; from += pageRows) {
      yield of.all({ ids: JSON.stringify(ids.slice(from, from + pageRows)) }) as Candidate[];
    }
  }
  function* pagesWithin(first: string, before: string): Generator<Candidate[], void> {
    for (const statement of within) {
      for (let after = first; ;) {
        const page = statement.all({ after, before }) as Candidate[];
        const last = page.at(-1);
        if (!last) break;
        yield page;
        after = last.path;
      }
    }
  }
  return {
    find: (path: string): KnownFile | null => {
      const row = (atPlace.get(path) ?? ofDownload.get(path)) as Row | undefined;
      return row ? fromRow(row) : null;
    },
    seal: (downloadId: string): Uint8Array | null => (seal.get(downloadId) as Uint8Array | undefined) ?? null,
    /** All of them, in pages. */
    all: (): Iterable<Candidate[]> => pagesWithin('', behindAll),
    /** The file of that path, and in pages all below the folder of that path. */
    *below(path: string, separator: string): Generator<Candidate[], void> {
      const folder = path.endsWith(separator) ? path.slice(0, -separator.length) : path;
      const next = String.fromCodePoint((separator.codePointAt(0) ?? 0) + 1);
      yield at.all({ path }) as Candidate[];
      yield* pagesWithin(folder + separator, folder + next);
    },
    /** In pages. */
    ofClips: (ids: readonly string[]): Iterable<Candidate[]> => pagesOf(ids, ofClips),
    ofDownloads: (ids: readonly string[]): Iterable<Candidate[]> => pagesOf(ids, ofDownloads),
  };
}
export type KnownFilesRepo = ReturnType<typeof createKnownFilesRepo>;

function fromRow(row: Row): KnownFile {
  const { download_id: id, download_size: size } = row;
  const { created_at_ms: createdAtMs, finished_at_ms: finishedAtMs } = row;
  const { place_size: sizeBytes, place_modified: modifiedAtMs } = row;
  return {
    path: row.path,
    clipId: row.clip_id,
    place: sizeBytes === null || modifiedAtMs === null ? null : { sizeBytes, modifiedAtMs },
    rootPath: row.root_path,
    sha256: row.sha256,
    download:
      id === null || size === null || createdAtMs === null || finishedAtMs === null
        ? null
        : { id, sizeBytes: size, createdAtMs, finishedAtMs },
  };
}

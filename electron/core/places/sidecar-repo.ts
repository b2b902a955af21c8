import type { Connection } from '../storage/open-database.ts';

/** What user.db knows of a finished download that its sidecar tells. */
export interface FinishedDownload {
  readonly id: string;
  readonly title: string;
  readonly sourceId: string | null;
  readonly assetExternalId: string | null;
  readonly renditionExternalId: string | null;
  readonly url: string | null;
  /** The address of an asset's file, without its secrets; null for one that never was fetched here. */
  readonly fetchedFrom: string | null;
  readonly assetJson: string | null;
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly verified: 'hash' | 'size' | 'none';
  readonly hashKind: string | null;
  readonly hash: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly finishedAtMs: number;
}

/** Downloads that are looked at at once, owed or not: there may be a hundred thousand, and nobody is to wait for them. */
const pageRows = 500;

/** The download_provenance table. A finished download that has no row there is owed its sidecar. */
export function createSidecarRepo(db: Connection) {
  const columns = `
    SELECT d.id, d.title, d.source_id AS sourceId, d.asset_external_id AS assetExternalId,
      d.rendition_external_id AS renditionExternalId, d.url, p.fetched_from AS fetchedFrom, d.asset_json AS assetJson,
      d.path, d.size_bytes AS sizeBytes, d.sha256, d.verified, d.promised_hash_kind AS hashKind,
      d.promised_hash AS hash, d.etag, d.last_modified AS lastModified, d.finished_at_ms AS finishedAtMs
    FROM download d LEFT JOIN download_provenance p ON p.download_id = d.id
    WHERE d.state = 'complete' AND d.path IS NOT NULL AND d.sha256 IS NOT NULL
      AND coalesce(p.sidecar, 'owed') = 'owed'`;
  const one = db.prepare(`${columns} AND d.id = ?`);
  const page = db.prepare(`
    SELECT d.id, d.position, coalesce(p.sidecar, 'owed') = 'owed' AS owed
    FROM download d LEFT JOIN download_provenance p ON p.download_id = d.id
    WHERE d.state = 'complete' AND d.position > ? ORDER BY d.position LIMIT ${pageRows}`);
  const from = db.prepare(`
    INSERT INTO download_provenance (download_id, fetched_from) VALUES (:id, :address)
    ON CONFLICT (download_id) DO UPDATE SET fetched_from = excluded.fetched_from
    WHERE fetched_from IS NOT excluded.fetched_from`);
  const settle = db.prepare(`
    INSERT INTO download_provenance (download_id, sidecar) VALUES (:id, :sidecar)
    ON CONFLICT (download_id) DO UPDATE SET sidecar = excluded.sidecar`);
  return {
    /** A finished download whose sidecar is owed; null when it is not. */
    owedOf: (id: string): FinishedDownload | null => (one.get(id) as FinishedDownload | undefined) ?? null,
    /** Those of the next finished downloads behind a position whose sidecar is owed; null behind the last. */
    owedPage: (after: number): { readonly ids: readonly string[]; readonly last: number } | null => {
      const found = page.all(after) as { id: string; position: number; owed: 0 | 1 }[];
      const last = found.at(-1);
      return last ? { ids: found.filter(({ owed }) => owed).map(({ id }) => id), last: last.position } : null;
    },
    fetchedFrom: (id: string, address: string): void => void from.run({ id, address }),
    settle: (id: string, to: 'written' | 'unwanted'): void => void settle.run({ id, sidecar: to }),
  };
}

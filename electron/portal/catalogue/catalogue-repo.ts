import type { PortalAsset, PortalAssetStatus } from '../../../shared/portal-api/asset.ts';
import type { PortalDb } from '../storage/open-portal-db.ts';

/** What an asset is stored as; `version` and `changedAtMs` are set on reading. */
export type AssetBody = Omit<PortalAsset, 'version' | 'changedAtMs'>;

/** An asset with the place of its last change. */
export interface StoredAsset {
  readonly changeSeq: number;
  readonly seedHash: string;
  readonly asset: PortalAsset;
}

interface AssetRow {
  readonly id: number;
  readonly change_seq: number;
  readonly changed_at_ms: number;
  readonly seed_hash: string;
  readonly body: string;
}

/** The assets of a portal, in the order of their ids and in the order of their changes. */
export interface CatalogueRepo {
  find(assetId: string): StoredAsset | undefined;
  /** Stores an asset as the newest change. `seedHash` tells a later start whether its description is still the same. */
  put(body: AssetBody, change: { atMs: number; seedHash: string }): void;
  lastChange(): number;
  /** Assets that are not withdrawn, newest id first. Ids never change, so no page misses or repeats one. */
  pageById(beforeId: number | undefined, limit: number): StoredAsset[];
  countListed(): number;
  /** Assets whose last change lies in (after, upTo], oldest change first, withdrawn ones included. */
  pageByChange(span: { after: number; upTo: number }, limit: number): StoredAsset[];
  countChanged(span: { after: number; upTo: number }): number;
  /** Embargoed assets whose hour has come. */
  dueForRelease(nowMs: number): StoredAsset[];
}

/** Reads and writes the `assets` table. */
export function createCatalogueRepo(db: PortalDb): CatalogueRepo {
  const columns = 'id, change_seq, changed_at_ms, seed_hash, body';
  const find = db.prepare<[number], AssetRow>(`SELECT ${columns} FROM assets WHERE id = ?`);
  const last = db.prepare<[], { seq: number | null }>('SELECT max(change_seq) AS seq FROM assets');
  const put = db.prepare<[number, number, number, PortalAssetStatus, number | null, string, string]>(
    `INSERT INTO assets (id, change_seq, changed_at_ms, status, embargo_until_ms, seed_hash, body)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET change_seq = excluded.change_seq, changed_at_ms = excluded.changed_at_ms,
       status = excluded.status, embargo_until_ms = excluded.embargo_until_ms, seed_hash = excluded.seed_hash,
       body = excluded.body`,
  );
  const pageById = db.prepare<[number, number], AssetRow>(
    `SELECT ${columns} FROM assets WHERE id < ? AND status <> 'withdrawn' ORDER BY id DESC LIMIT ?`,
  );
  const countListed = db.prepare<[], { n: number }>(
    "SELECT count(*) AS n FROM assets WHERE status <> 'withdrawn'",
  );
  const pageByChange = db.prepare<[number, number, number], AssetRow>(
    `SELECT ${columns} FROM assets WHERE change_seq > ? AND change_seq <= ? ORDER BY change_seq LIMIT ?`,
  );
  const countChanged = db.prepare<[number, number], { n: number }>(
    'SELECT count(*) AS n FROM assets WHERE change_seq > ? AND change_seq <= ?',
  );
  const due = db.prepare<[number], AssetRow>(
    `SELECT ${columns} FROM assets WHERE status = 'embargoed' AND embargo_until_ms <= ? ORDER BY id`,
  );
  const lastChange = (): number => last.get()?.seq ?? 0;
  return {
    find(assetId) {
      const row = find.get(Number(assetId));
      return row === undefined ? undefined : fromRow(row);
    },
    put(body, { atMs, seedHash }) {
      const { id, status, embargoUntilMs } = body;
      put.run(
        Number(id),
        lastChange() + 1,
        atMs,
        status,
        embargoUntilMs ?? null,
        seedHash,
        JSON.stringify(body),
      );
    },
    lastChange,
    pageById: (beforeId, limit) => pageById.all(beforeId ?? Number.MAX_SAFE_INTEGER, limit).map(fromRow),
    countListed: () => countListed.get()?.n ?? 0,
    pageByChange: ({ after, upTo }, limit) => pageByChange.all(after, upTo, limit).map(fromRow),
    countChanged: ({ after, upTo }) => countChanged.get(after, upTo)?.n ?? 0,
    dueForRelease: (nowMs) => due.all(nowMs).map(fromRow),
  };
}

function fromRow(row: AssetRow): StoredAsset {
  // The body is written by put() alone, from a typed value.
  const body = JSON.parse(row.body) as AssetBody;
  return {
    changeSeq: row.change_seq,
    seedHash: row.seed_hash,
    asset: { ...body, version: `v${row.change_seq}`, changedAtMs: row.changed_at_ms },
  };
}

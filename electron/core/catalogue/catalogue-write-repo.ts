import type { AssetNotice, AssetStatus } from '../../../shared/contract/catalogue.ts';
import type { SourceRendition } from '../sources/source-model.ts';
import type { Connection } from '../storage/open-database.ts';
import { renditionColumns, renditionValues, toldColumns, type Columns } from './asset-columns.ts';
import { firstRowOf, lastRowOf } from './asset-row.ts';

/** How many days' next free rows are remembered. */
const mostDays = 10_000;

const placeColumns = ['row', 'id', 'source_id', 'external_id', 'twin_of', 'day', 'event_id'] as const;
const timeColumns = ['added_at_ms', 'changed_at_ms'] as const;
const assetColumns = [...placeColumns, ...timeColumns, ...toldColumns] as const;

/** An asset as the table keeps it. */
export type AssetValues = Columns<(typeof assetColumns)[number]>;

/** What an asset was before a change. */
export interface AssetBefore {
  readonly id: string;
  readonly version: string | null;
  readonly status: AssetStatus;
  readonly status_reason: string | null;
  readonly notice_kind: AssetNotice['kind'] | null;
  readonly notice_text: string | null;
  readonly twin_of: string | null;
  readonly added_at_ms: number;
  readonly aliases_json: string;
  readonly rights_json: string;
}

/** Assets with their files, as the writing half of catalogue.db puts them. */
export function createCatalogueWriteRepo(db: Connection) {
  const before =
    db.prepare(`SELECT id, version, status, status_reason, notice_kind, notice_text, twin_of, added_at_ms,
    aliases_json, rights_json FROM asset WHERE row = ?`);
  const highest = db.prepare('SELECT max(row) FROM asset WHERE row BETWEEN ? AND ?').pluck();
  const insertAsset = db.prepare(insertion('asset', assetColumns));
  const removeAsset = db.prepare('DELETE FROM asset WHERE row = ?');
  const withdraw = db.prepare(`UPDATE asset SET status = 'withdrawn', status_reason = :reason,
    notice_kind = :noticeKind, notice_text = :noticeText, version = coalesce(:version, version), changed_at_ms = :nowMs
    WHERE row = :row`);
  const insertRendition = db.prepare(insertion('rendition', renditionColumns));
  const files = db
    .prepare(
      `SELECT external_id || ' ' || coalesce(hash, size_bytes, '') FROM rendition
    WHERE asset_row = ? ORDER BY external_id`,
    )
    .pluck();
  const freeRows = new Map<string | null, number>();

  return {
    before: (row: number): AssetBefore => before.get(row) as AssetBefore,
    /** A row of a day that none has had since the catalogue was opened, so that nothing of another is found under it. */
    freeRow: (order: string | null): number => {
      const first = firstRowOf(order);
      const row =
        freeRows.get(order) ?? ((highest.get(first, lastRowOf(order)) as number | null) ?? first - 1) + 1;
      if (freeRows.size >= mostDays) freeRows.clear();
      freeRows.set(order, row + 1);
      return row;
    },
    insert: (asset: AssetValues): void => void insertAsset.run(assetColumns.map((column) => asset[column])),
    /** Removes an asset with its renditions. */
    remove: (row: number): void => void removeAsset.run(row),
    withdraw: (
      row: number,
      as: { reason: string | null; notice: AssetNotice | null; version: string | null; nowMs: number },
    ): void =>
      void withdraw.run({
        row,
        reason: as.reason,
        noticeKind: as.notice?.kind ?? null,
        noticeText: as.notice?.text ?? null,
        version: as.version,
        nowMs: as.nowMs,
      }),
    /** A file that an asset tells twice counts once. */
    insertRenditions: (row: number, renditions: readonly SourceRendition[]): void => {
      const told = new Set<string>();
      for (const [position, rendition] of renditions.entries()) {
        if (told.has(rendition.externalId)) continue;
        told.add(rendition.externalId);
        const values = renditionValues(rendition, { row, position });
        insertRendition.run(renditionColumns.map((column) => values[column]));
      }
    },
    /** What can be told of the files of an asset, as one text to be compared. */
    filesOf: (row: number): string => JSON.stringify(files.all(row)),
  };
}

function insertion(table: string, columns: readonly string[]): string {
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
}

import { v7 as newId } from 'uuid';
import type { NoticeChange, NoticeKind, NoticeSeverity } from '../../../shared/contract/notices.ts';
import type { Connection } from '../storage/open-database.ts';
import type { News } from './compare-told.ts';

/** A notice as stored. */
export interface NoticeRow {
  position: number;
  id: string;
  asset_id: string;
  source_id: string | null;
  source_name: string;
  title: string;
  kind: NoticeKind;
  severity: NoticeSeverity;
  text: string | null;
  changes_json: string;
  at_ms: number;
  acknowledged_at_ms: number | null;
  note: string | null;
}

/** What a list of notices is narrowed by. */
export interface NoticeFilter {
  readonly open: boolean;
  /** Null for all assets. */
  readonly assetIds: readonly string[] | null;
}

/** The notices, and what was told last of each asset that is held. */
export function createNoticesRepo(db: Connection) {
  const insert = db.prepare(`
    INSERT INTO notice (id, asset_id, source_id, source_name, title, kind, severity, text, changes_json, at_ms)
    VALUES (:id, :assetId, :sourceId, :sourceName, :title, :kind, :severity, :text, :changes, :now)`);
  const narrowed = `WHERE (:open = 0 OR acknowledged_at_ms IS NULL)
    AND (:assets IS NULL OR asset_id IN (SELECT value FROM json_each(:assets)))`;
  const list = db.prepare(
    `SELECT * FROM notice ${narrowed} AND position < :before ORDER BY position DESC LIMIT :limit`,
  );
  const count = db.prepare(`SELECT count(*) FROM notice ${narrowed}`).pluck();
  const counts = db.prepare(`SELECT count(*) AS open, count(*) FILTER (WHERE severity = 'stop') AS stop
    FROM notice WHERE acknowledged_at_ms IS NULL`);
  const acknowledge = db.prepare(
    'UPDATE notice SET acknowledged_at_ms = :now, note = :note WHERE id = :id AND acknowledged_at_ms IS NULL',
  );
  const findTold = db.prepare('SELECT told_json FROM told_asset WHERE asset_id = ?').pluck();
  const putTold = db.prepare('INSERT OR REPLACE INTO told_asset (asset_id, told_json) VALUES (?, ?)');
  const forgetTold = db.prepare('DELETE FROM told_asset WHERE asset_id IN (SELECT value FROM json_each(?))');
  const bound = (filter: NoticeFilter) => ({
    open: filter.open ? 1 : 0,
    assets: filter.assetIds && JSON.stringify(filter.assetIds),
  });
  return {
    add: (of: NoticeSubject, news: News, now: number): string => {
      const id = newId();
      const { kind, severity, text } = news;
      insert.run({ ...of, id, kind, severity, text, changes: JSON.stringify(news.changes), now });
      return id;
    },
    list: (filter: NoticeFilter, page: { before: number; limit: number }): NoticeRow[] =>
      list.all({ ...bound(filter), ...page }) as NoticeRow[],
    count: (filter: NoticeFilter): number => count.get(bound(filter)) as number,
    counts: () => counts.get() as { open: number; stop: number },
    /** Whether there was one to be seen. */
    acknowledge: (id: string, as: { note: string | null; now: number }): boolean =>
      acknowledge.run({ id, ...as }).changes === 1,
    findTold: (assetId: string): string | null => (findTold.get(assetId) as string | undefined) ?? null,
    putTold: (assetId: string, toldJson: string): void => void putTold.run(assetId, toldJson),
    forgetTold: (assetIds: readonly string[]): void => void forgetTold.run(JSON.stringify(assetIds)),
  };
}

/** The item a notice is about. */
export interface NoticeSubject {
  readonly assetId: string;
  readonly sourceId: string | null;
  readonly sourceName: string;
  readonly title: string;
}

/** The changes of a stored notice. */
export function changesOf(row: NoticeRow): NoticeChange[] {
  return JSON.parse(row.changes_json) as NoticeChange[];
}

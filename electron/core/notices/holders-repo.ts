import type { NoticeHolder } from '../../../shared/contract/notices.ts';
import type { ClipId, DownloadId } from '../../../shared/contract/values.ts';
import type { Connection } from '../storage/open-database.ts';

/** A download that took an item, as far as it tells what was known then. */
export interface TakenFile {
  readonly renditionExternalId: string | null;
  readonly snapshotJson: string | null;
}

/** An item that is held, as those who hold it know it. */
export interface HeldItem {
  readonly assetId: string;
  readonly title: string;
  /** Of the newest download that took it. */
  readonly snapshotJson: string | null;
}

interface ClipRow {
  id: string;
  title: string;
  eventTitle: string | null;
  paths: string;
  tags: string;
}

/** Who holds an item: clips that were made of it, and downloads that are on their way. */
export function createHoldersRepo(db: Connection) {
  const held = db
    .prepare(
      `SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM clip WHERE asset_id = value)
         OR EXISTS (SELECT 1 FROM download WHERE asset_id = value AND state NOT IN ('cancelled', 'failed'))`,
    )
    .pluck();
  const allHeld = db
    .prepare(
      `SELECT asset_id FROM clip WHERE asset_id IS NOT NULL
       UNION SELECT asset_id FROM download WHERE asset_id IS NOT NULL AND state NOT IN ('cancelled', 'failed')`,
    )
    .pluck();
  const ofSource = db.prepare(`
    SELECT h.asset_id AS assetId, min(h.title) AS title,
      (SELECT d.asset_json FROM download d WHERE d.asset_id = h.asset_id AND d.state NOT IN ('cancelled', 'failed')
       ORDER BY d.created_at_ms DESC, d.id DESC LIMIT 1) AS snapshotJson
    FROM (SELECT asset_id, title FROM clip WHERE source_id = :sourceId AND asset_id IS NOT NULL
      UNION ALL SELECT asset_id, title FROM download WHERE source_id = :sourceId AND asset_id IS NOT NULL
        AND state NOT IN ('cancelled', 'failed')) h
    GROUP BY h.asset_id ORDER BY h.asset_id`);
  const taken = db.prepare(`
    SELECT rendition_external_id AS renditionExternalId, asset_json AS snapshotJson
    FROM download WHERE asset_id = ? AND state NOT IN ('cancelled', 'failed')
    ORDER BY created_at_ms DESC, id DESC LIMIT 1000`);
  const clips = db.prepare(`
    SELECT c.id, c.title, e.title AS eventTitle,
      (SELECT json_group_array(p.path) FROM clip_place p WHERE p.clip_id = c.id AND p.present = 1) AS paths,
      (SELECT json_group_array(t.name) FROM clip_tag ct JOIN tag t ON t.id = ct.tag_id WHERE ct.clip_id = c.id) AS tags
    FROM clip c LEFT JOIN event e ON e.id = c.event_id
    WHERE c.asset_id IN (SELECT value FROM json_each(?)) ORDER BY c.row`);
  const underWay = db.prepare(`
    SELECT id, title, state FROM download WHERE asset_id IN (SELECT value FROM json_each(?))
      AND state IN ('queued', 'running', 'waiting', 'paused', 'verifying') ORDER BY id`);
  const assetOfClip = db.prepare('SELECT asset_id FROM clip WHERE id = ?').pluck();
  return {
    /** Those of some assets that somebody here holds or is fetching. */
    heldOf: (assetIds: readonly string[]): string[] => held.all(JSON.stringify(assetIds)) as string[],
    /** All that somebody here holds or is fetching. */
    allHeld: (): string[] => allHeld.all() as string[],
    /** All of a source that somebody here holds or is fetching. */
    heldOfSource: (sourceId: string): HeldItem[] => ofSource.all({ sourceId }) as HeldItem[],
    /** What was taken of an asset, newest first. */
    takenOf: (assetId: string): TakenFile[] => taken.all(assetId) as TakenFile[],
    holdersOf: (assetIds: readonly string[]): NoticeHolder[] => {
      const ids = JSON.stringify(assetIds);
      return [
        ...(clips.all(ids) as ClipRow[]).map((row) => ({
          kind: 'clip' as const,
          id: row.id as ClipId,
          title: row.title,
          eventTitle: row.eventTitle,
          paths: JSON.parse(row.paths) as string[],
          tags: JSON.parse(row.tags) as string[],
        })),
        ...(underWay.all(ids) as { id: string; title: string; state: string }[]).map((row) => ({
          kind: 'download' as const,
          ...row,
          id: row.id as DownloadId,
        })),
      ];
    },
    assetOfClip: (clipId: string): string | null =>
      (assetOfClip.get(clipId) as string | null | undefined) ?? null,
  };
}

import type { Alias } from '../sources/source-model.ts';
import type { Connection } from '../storage/open-database.ts';

/** How many assets are looked up at once. */
const rowsAtOnce = 200;

/** An asset that a run did not show. */
export interface Unseen {
  readonly id: string;
  readonly row: number;
  readonly externalId: string;
}

/** What goes: items a source no longer lists, and sources that are removed. */
export function createRemovalRepo(db: Connection) {
  const unseen = db.prepare(`SELECT a.id, t.row, t.external_id AS externalId
    FROM asset_told t CROSS JOIN asset a ON a.row = t.row
    WHERE t.source_id = :sourceId AND t.external_id > :after AND t.seen_run <> :run AND a.status <> 'withdrawn'
    ORDER BY t.external_id LIMIT ${rowsAtOnce}`);
  const countUnseen = db
    .prepare(
      `SELECT count(*) FROM asset_told t CROSS JOIN asset a ON a.row = t.row
       WHERE t.source_id = :sourceId AND t.seen_run <> :run AND a.status <> 'withdrawn'`,
    )
    .pluck();
  const countSeen = db
    .prepare('SELECT count(*) FROM asset_told WHERE source_id = :sourceId AND seen_run = :run')
    .pluck();
  const withdraw = db.prepare(
    `UPDATE asset SET status = 'withdrawn', status_reason = NULL, changed_at_ms = ? WHERE row = ?`,
  );
  const lapse = db.prepare(
    `UPDATE asset_told SET content_hash = x'' WHERE source_id = ? AND external_id = ?`,
  );
  const ofSource = db.prepare(`SELECT t.row, t.external_id AS externalId, a.id, a.aliases_json AS aliases
    FROM asset_told t JOIN asset a ON a.row = t.row WHERE t.source_id = ? LIMIT ${rowsAtOnce}`);
  const removeAsset = db.prepare('DELETE FROM asset WHERE row = ?');
  const removeTold = db.prepare('DELETE FROM asset_told WHERE source_id = ? AND external_id = ?');
  const removeEvents = db.prepare('DELETE FROM catalogue_event WHERE source_id = ?');
  return {
    unseen: (sourceId: string, run: number, after: string): Unseen[] =>
      unseen.all({ sourceId, run, after }) as Unseen[],
    countUnseen: (sourceId: string, run: number): number => countUnseen.get({ sourceId, run }) as number,
    countSeen: (sourceId: string, run: number): number => countSeen.get({ sourceId, run }) as number,
    withdraw: (sourceId: string, { row, externalId }: Unseen, nowMs: number): void => {
      withdraw.run(nowMs, row);
      lapse.run(sourceId, externalId);
    },
    assetsOf: (sourceId: string): (Unseen & { aliases: Alias[] })[] =>
      (ofSource.all(sourceId) as (Unseen & { aliases: string })[]).map((asset) => ({
        ...asset,
        aliases: JSON.parse(asset.aliases) as Alias[],
      })),
    removeAsset: (sourceId: string, { row, externalId }: Unseen): void => {
      removeAsset.run(row);
      removeTold.run(sourceId, externalId);
    },
    removeEvents: (sourceId: string): void => void removeEvents.run(sourceId),
  };
}

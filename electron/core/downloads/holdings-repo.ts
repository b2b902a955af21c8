import type { Connection } from '../storage/open-database.ts';

/** Which assets are wanted already and not here yet. */
export function createHoldingsRepo(db: Connection) {
  const underWay = db.prepare(`
    SELECT asset_id AS assetId, max(id) AS id FROM download
    WHERE asset_id IN (SELECT value FROM json_each(?))
      AND state IN ('queued', 'running', 'waiting', 'paused', 'verifying')
    GROUP BY asset_id`);
  const allHere = db
    .prepare(
      `SELECT asset_id FROM clip WHERE asset_id IS NOT NULL
       UNION SELECT asset_id FROM download WHERE asset_id IS NOT NULL
         AND state IN ('queued', 'running', 'waiting', 'paused', 'verifying')`,
    )
    .pluck();
  return {
    /** Every asset that is a clip here, or on its way to be one. */
    allHere: (): string[] => allHere.all() as string[],
    /** The newest unfinished download of each asset that has one. */
    underWay: (assetIds: readonly string[]): ReadonlyMap<string, string> =>
      new Map(
        (underWay.all(JSON.stringify(assetIds)) as { assetId: string; id: string }[]).map((row) => [
          row.assetId,
          row.id,
        ]),
      ),
  };
}

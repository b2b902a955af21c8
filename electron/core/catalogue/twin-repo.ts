import type { Alias } from '../sources/source-model.ts';
import type { Connection } from '../storage/open-database.ts';

/** An asset that carries a name. */
export interface Carrier {
  readonly assetId: string;
  readonly sourceId: string;
}

/** Where assets stand that share their names: asset_alias, and `twin_of` of an asset. */
export function createTwinRepo(db: Connection) {
  const add = db.prepare(
    'INSERT OR IGNORE INTO asset_alias (scheme, value, source_id, asset_id) VALUES (?, ?, ?, ?)',
  );
  const remove = db.prepare(
    'DELETE FROM asset_alias WHERE scheme = ? AND value = ? AND source_id = ? AND asset_id = ?',
  );
  const carriers = db.prepare(`SELECT asset_id AS assetId, source_id AS sourceId FROM asset_alias
    WHERE scheme = ? AND value = ? LIMIT ?`);
  const find = db.prepare('SELECT source_id AS sourceId, aliases_json AS aliases FROM asset WHERE id = ?');
  const link = db
    .prepare('UPDATE asset SET twin_of = :leader WHERE id = :id AND twin_of IS NOT :leader RETURNING row')
    .pluck();
  return {
    addAlias: ({ scheme, value }: Alias, { sourceId, assetId }: Carrier): void =>
      void add.run(scheme, value, sourceId, assetId),
    removeAlias: ({ scheme, value }: Alias, { sourceId, assetId }: Carrier): void =>
      void remove.run(scheme, value, sourceId, assetId),
    carriers: ({ scheme, value }: Alias, limit: number): Carrier[] =>
      carriers.all(scheme, value, limit) as Carrier[],
    find: (assetId: string): { sourceId: string; aliases: Alias[] } | null => {
      const found = find.get(assetId) as { sourceId: string; aliases: string } | undefined;
      return found ? { ...found, aliases: JSON.parse(found.aliases) as Alias[] } : null;
    },
    /** Returns the row when the asset stood with another before. */
    link: (id: string, leader: string | null): number | null =>
      (link.get({ id, leader }) as number | undefined) ?? null,
  };
}

import type { PortalDb } from './open-portal-db.ts';

/** Small facts about this portal that are decided once. */
export interface MetaRepo {
  /** Answers the stored value, or stores and answers the first one. */
  once(key: string, first: () => string): string;
}

/** Reads and writes the `meta` table. */
export function createMetaRepo(db: PortalDb): MetaRepo {
  const get = db.prepare<[string], { value: string }>('SELECT value FROM meta WHERE key = ?');
  const put = db.prepare<[string, string]>('INSERT INTO meta (key, value) VALUES (?, ?)');
  return {
    once(key, first) {
      const known = get.get(key);
      if (known !== undefined) return known.value;
      const value = first();
      put.run(key, value);
      return value;
    },
  };
}

import { v7 as newId } from 'uuid';
import type { CatalogueFilter } from '../../../shared/contract/catalogue.ts';
import type { Connection } from '../storage/open-database.ts';

/** A saved search as stored. */
export interface StoredSearch {
  readonly id: string;
  readonly name: string;
  readonly filter: CatalogueFilter;
  readonly seenAtMs: number;
  readonly hasRule: boolean;
}

interface Row {
  id: string;
  name: string;
  filter_json: string;
  seen_at_ms: number;
  has_rule: number;
}

/** The saved_search table. */
export function createSavedSearchesRepo(db: Connection) {
  const columns = `s.id, s.name, s.filter_json, s.seen_at_ms,
    EXISTS (SELECT 1 FROM rule r WHERE r.search_id = s.id AND r.enabled = 1) AS has_rule`;
  const all = db.prepare(`SELECT ${columns} FROM saved_search s ORDER BY s.position, s.id`);
  const byId = db.prepare(`SELECT ${columns} FROM saved_search s WHERE s.id = ?`);
  const insert = db.prepare(`
    INSERT INTO saved_search (id, position, name, filter_json, seen_at_ms)
    VALUES (:id, (SELECT coalesce(max(position), 0) + 1 FROM saved_search), :name, :filter, :now)`);
  const update = db.prepare('UPDATE saved_search SET name = :name, filter_json = :filter WHERE id = :id');
  const seen = db.prepare('UPDATE saved_search SET seen_at_ms = ? WHERE id = ?');
  const remove = db.prepare('DELETE FROM saved_search WHERE id = ?');
  return {
    all: (): StoredSearch[] => (all.all() as Row[]).map(fromRow),
    find: (id: string): StoredSearch | null => {
      const row = byId.get(id) as Row | undefined;
      return row ? fromRow(row) : null;
    },
    insert: (search: { name: string; filter: CatalogueFilter; now: number }): string => {
      const id = newId();
      insert.run({ ...search, id, filter: JSON.stringify(search.filter) });
      return id;
    },
    update: (search: { id: string; name: string; filter: CatalogueFilter }): boolean =>
      update.run({ ...search, filter: JSON.stringify(search.filter) }).changes === 1,
    setSeen: (id: string, now: number): boolean => seen.run(now, id).changes === 1,
    remove: (id: string): boolean => remove.run(id).changes === 1,
  };
}

function fromRow(row: Row): StoredSearch {
  return {
    id: row.id,
    name: row.name,
    filter: JSON.parse(row.filter_json) as CatalogueFilter,
    seenAtMs: row.seen_at_ms,
    hasRule: row.has_rule === 1,
  };
}

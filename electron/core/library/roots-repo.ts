import { v7 as newId } from 'uuid';
import type { Root } from '../../../shared/contract/library.ts';
import type { RootId } from '../../../shared/contract/values.ts';
import type { Connection } from '../storage/open-database.ts';

interface Row {
  id: string;
  path: string;
  online: number;
  reason: string | null;
  scanned_at_ms: number | null;
  clips: number;
}

/** The root table. */
export function createRootsRepo(db: Connection) {
  const columns = `id, path, online, reason, scanned_at_ms,
    (SELECT count(DISTINCT clip_id) FROM clip_place p WHERE p.root_id = root.id AND p.present = 1) AS clips`;
  const all = db.prepare(`SELECT ${columns} FROM root ORDER BY path`);
  const byPath = db.prepare(`SELECT ${columns} FROM root WHERE path = ?`);
  const insert = db.prepare('INSERT INTO root (id, path, online, created_at_ms) VALUES (?, ?, 1, ?)');
  const setState = db.prepare(
    'UPDATE root SET online = :online, reason = :reason, scanned_at_ms = coalesce(:scannedAtMs, scanned_at_ms) WHERE id = :id',
  );
  const remove = db.prepare('DELETE FROM root WHERE path = ?');
  return {
    all: (): Root[] => (all.all() as Row[]).map(fromRow),
    byPath: (path: string): Root | null => {
      const row = byPath.get(path) as Row | undefined;
      return row ? fromRow(row) : null;
    },
    insert: (path: string, now: number): void => void insert.run(newId(), path, now),
    setState: (
      id: string,
      to: { online: boolean; reason: string | null; scannedAtMs: number | null },
    ): void => void setState.run({ id, ...to, online: to.online ? 1 : 0 }),
    remove: (path: string): boolean => remove.run(path).changes > 0,
  };
}
export type RootsRepo = ReturnType<typeof createRootsRepo>;

function fromRow(row: Row): Root {
  return {
    id: row.id as RootId,
    path: row.path,
    online: row.online === 1,
    reason: row.reason,
    clips: row.clips,
    scannedAtMs: row.scanned_at_ms,
  };
}

import type { PortalEvent } from '../../../shared/portal-api/asset.ts';
import type { PortalDb } from '../storage/open-portal-db.ts';

/** The events of a portal. */
export interface EventRepo {
  /** Latest first day first. */
  list(): PortalEvent[];
  put(event: PortalEvent): void;
}

/** Reads and writes the `events` table. */
export function createEventRepo(db: PortalDb): EventRepo {
  const list = db.prepare<[], { body: string }>('SELECT body FROM events ORDER BY first_day DESC, id');
  const put = db.prepare<[string, string, string]>(
    'INSERT OR REPLACE INTO events (id, first_day, body) VALUES (?, ?, ?)',
  );
  return {
    // The body is written by put() alone, from a typed value.
    list: () => list.all().map((row) => JSON.parse(row.body) as PortalEvent),
    put(event) {
      put.run(event.id, event.firstDay, JSON.stringify(event));
    },
  };
}

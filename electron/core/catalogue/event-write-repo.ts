import type { SourceEvent } from '../sources/source-model.ts';
import type { Connection } from '../storage/open-database.ts';
import type { Touched } from './page-outcome.ts';

/** The events that sources tell. */
export function createEventWriteRepo(db: Connection) {
  const title = db.prepare('SELECT title FROM catalogue_event WHERE id = ?').pluck();
  const put = db.prepare(`
    INSERT OR REPLACE INTO catalogue_event (id, source_id, external_id, title, first_day, last_day, place, people_json,
      organisations_json, summary, page_url)
    VALUES (:id, :sourceId, :externalId, :title, :firstDay, :lastDay, :place, :people, :organisations, :summary,
      :pageUrl)`);
  const assets = db.prepare('SELECT id, row FROM asset WHERE event_id = ?');
  return {
    title: (id: string): string | null => (title.get(id) as string | undefined) ?? null,
    put: (id: string, sourceId: string, event: SourceEvent): void =>
      void put.run({
        ...event,
        id,
        sourceId,
        people: JSON.stringify(event.people),
        organisations: JSON.stringify(event.organisations),
      }),
    assets: (id: string): Touched[] => assets.all(id) as Touched[],
  };
}

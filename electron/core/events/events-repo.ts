import type { Event } from '../../../shared/contract/events.ts';
import type { EventId, Person } from '../../../shared/contract/values.ts';
import type { Connection } from '../storage/open-database.ts';

interface Row {
  id: string;
  title: string;
  first_day: string | null;
  last_day: string | null;
  place: string | null;
  people_json: string;
  organisations_json: string;
  summary: string | null;
}

/** An event without its counts. */
export type StoredEvent = Omit<Event, 'assets' | 'clips'>;

const columns = 'id, title, first_day, last_day, place, people_json, organisations_json, summary';

/** Events a person has made or used (user.db) and those a catalogue tells of (catalogue.db). */
export function createEventsRepo(dbs: { user: Connection; catalogue: Connection }) {
  const own = dbs.user.prepare(`SELECT ${columns}, origin FROM event`);
  const ownById = dbs.user.prepare(`SELECT ${columns}, origin FROM event WHERE id = ?`);
  const told = dbs.catalogue.prepare(`SELECT ${columns} FROM catalogue_event`);
  const toldById = dbs.catalogue.prepare(
    `SELECT ${columns}, source_id, external_id FROM catalogue_event WHERE id = ?`,
  );
  const clipCounts = dbs.user.prepare(
    'SELECT event_id AS id, count(*) AS n FROM clip WHERE event_id IS NOT NULL GROUP BY 1',
  );
  const assetCounts = dbs.catalogue.prepare(
    `SELECT event_id AS id, count(*) AS n FROM asset WHERE event_id IS NOT NULL AND status <> 'withdrawn' GROUP BY 1`,
  );
  const clipsOf = dbs.user.prepare('SELECT count(*) FROM clip WHERE event_id = ?').pluck();
  const assetsOf = dbs.catalogue
    .prepare(`SELECT count(*) FROM asset WHERE event_id = ? AND status <> 'withdrawn'`)
    .pluck();
  const insert = dbs.user.prepare(`
    INSERT INTO event (id, title, first_day, last_day, place, people_json, organisations_json, summary, origin,
      source_id, external_id, created_at_ms)
    VALUES (:id, :title, :firstDay, :lastDay, :place, :people, :organisations, :summary, :origin,
      :sourceId, :externalId, :now)
    ON CONFLICT (id) DO NOTHING`);
  const update = dbs.user.prepare(`
    UPDATE event SET title = :title, first_day = :firstDay, last_day = :lastDay, place = :place, summary = :summary
    WHERE id = :id`);
  const counts = (rows: unknown[]): Map<string, number> =>
    new Map((rows as { id: string; n: number }[]).map(({ id, n }) => [id, n]));

  return {
    own: (): StoredEvent[] =>
      (own.all() as (Row & { origin: Event['origin'] })[]).map((row) => fromRow(row, row.origin)),
    told: (): StoredEvent[] => (told.all() as Row[]).map((row) => fromRow(row, 'catalogue')),
    findOwn: (id: string): StoredEvent | null => {
      const row = ownById.get(id) as (Row & { origin: Event['origin'] }) | undefined;
      return row ? fromRow(row, row.origin) : null;
    },
    findTold: (id: string): (StoredEvent & { sourceId: string; externalId: string }) | null => {
      const row = toldById.get(id) as (Row & { source_id: string; external_id: string }) | undefined;
      return row
        ? { ...fromRow(row, 'catalogue'), sourceId: row.source_id, externalId: row.external_id }
        : null;
    },
    clipCounts: () => counts(clipCounts.all()),
    assetCounts: () => counts(assetCounts.all()),
    /** The counts of one event, without counting all the others. */
    countsOf: (id: string) => ({ clips: clipsOf.get(id) as number, assets: assetsOf.get(id) as number }),
    insert: (
      event: StoredEvent & { sourceId: string | null; externalId: string | null },
      now: number,
    ): void => {
      const { people, organisations, ...plain } = event;
      insert.run({
        ...plain,
        people: JSON.stringify(people),
        organisations: JSON.stringify(organisations),
        now,
      });
    },
    update: (event: StoredEvent): void =>
      void update.run({
        id: event.id,
        title: event.title,
        firstDay: event.firstDay,
        lastDay: event.lastDay,
        place: event.place,
        summary: event.summary,
      }),
  };
}

function fromRow(row: Row, origin: Event['origin']): StoredEvent {
  return {
    id: row.id as EventId,
    title: row.title,
    firstDay: row.first_day,
    lastDay: row.last_day,
    place: row.place,
    people: JSON.parse(row.people_json) as Person[],
    organisations: JSON.parse(row.organisations_json) as string[],
    summary: row.summary,
    origin,
  };
}

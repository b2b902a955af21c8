import { v7 as newId } from 'uuid';
import type { Event } from '../../../shared/contract/events.ts';
import type { EventId } from '../../../shared/contract/values.ts';
import { foldText } from '../../../shared/domain/fold-text.ts';
import { holds } from '../../../shared/domain/search/holds.ts';
import { parseQuery } from '../../../shared/domain/search/parse-query.ts';
import type { DaysNode, SearchNode, TextNode } from '../../../shared/domain/search/search-node.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { Clock, Notify } from '../ports.ts';
import type { Connection } from '../storage/open-database.ts';
import { createEventsRepo, type StoredEvent } from './events-repo.ts';

/** What a person gives of an event; what is left out stays as it is. */
export interface EventFields {
  readonly title?: string | undefined;
  readonly firstDay?: string | null | undefined;
  readonly lastDay?: string | null | undefined;
  readonly place?: string | null | undefined;
  readonly summary?: string | null | undefined;
}

/** Dated happenings. Those that a catalogue tells of become the user's own the moment they are used. */
export interface EventsArea {
  list(query: string | undefined): Event[];
  /** @throws RushesError NOT_FOUND */
  get(id: string): Event;
  create(fields: EventFields & { title: string }): Event;
  update(id: string, fields: EventFields): Event;
  /** Makes sure that user.db holds the event, so that it outlives the catalogue. @throws RushesError NOT_FOUND */
  adopt(id: string): StoredEvent;
  /** The event as the catalogue tells it, with the source's own name for it; null when no catalogue knows it. */
  told(id: string): (StoredEvent & { sourceId: string; externalId: string }) | null;
  /** The same for an event kept in a download's snapshot, when no catalogue knows it any more. */
  restore(event: StoredEvent & { sourceId: string | null; externalId: string | null }): void;
}

/** Builds the events area over both databases. */
export function createEvents(deps: {
  user: Connection;
  catalogue: Connection;
  clock: Clock;
  notify: Notify;
  onRenamed: (eventId: string) => void;
}): EventsArea {
  const repo = createEventsRepo(deps);
  const find = (id: string): StoredEvent => {
    const found = repo.findOwn(id) ?? repo.findTold(id);
    if (!found) throw new RushesError('NOT_FOUND', `There is no event ${id}.`);
    return found;
  };
  const withCounts = (events: readonly StoredEvent[]): Event[] => {
    const clips = repo.clipCounts();
    const assets = repo.assetCounts();
    return events.map((event) => ({
      ...event,
      clips: clips.get(event.id) ?? 0,
      assets: assets.get(event.id) ?? 0,
    }));
  };
  const get = (id: string): Event => ({ ...find(id), ...repo.countsOf(id) });
  const adopt = (id: string): StoredEvent => {
    const own = repo.findOwn(id);
    if (own) return own;
    const told = repo.findTold(id);
    if (!told) throw new RushesError('NOT_FOUND', `There is no event ${id}.`);
    repo.insert(told, deps.clock.now());
    return told;
  };

  return {
    get,
    adopt,
    list: (query) => {
      const search = parseQuery(query ?? '');
      const own = repo.own();
      const known = new Set<string>(own.map((event) => event.id));
      const all = [...own, ...repo.told().filter((event) => !known.has(event.id))];
      return withCounts(all.filter((event) => matches(event, search)).sort(newestFirst));
    },
    create: (fields) => {
      const event: StoredEvent = {
        ...apply({ ...blank, id: newId() as EventId, title: fields.title }, fields),
        origin: 'person',
      };
      repo.insert({ ...event, sourceId: null, externalId: null }, deps.clock.now());
      deps.notify('event', event.id);
      return get(event.id);
    },
    update: (id, fields) => {
      repo.update(apply(adopt(id), fields));
      deps.onRenamed(id);
      deps.notify('event', id);
      return get(id);
    },
    told: (id) => repo.findTold(id),
    restore: (event) => repo.insert(event, deps.clock.now()),
  };
}

const blank: Omit<StoredEvent, 'id' | 'title'> = {
  firstDay: null,
  lastDay: null,
  place: null,
  people: [],
  organisations: [],
  summary: null,
  origin: 'person',
};

/** The fields over what was there. An event of one day needs no last day said. */
function apply(event: StoredEvent, fields: EventFields): StoredEvent {
  const firstDay = fields.firstDay === undefined ? event.firstDay : fields.firstDay;
  const lastDay = fields.lastDay === undefined ? event.lastDay : fields.lastDay;
  const end = firstDay === null ? null : (lastDay ?? firstDay);
  if (firstDay === null && lastDay !== null)
    throw new RushesError('USAGE', 'An event with a last day needs a first day.');
  if (firstDay !== null && end !== null && end < firstDay) {
    throw new RushesError('USAGE', `The event would end on ${end}, before it begins on ${firstDay}.`);
  }
  return {
    ...event,
    title: fields.title ?? event.title,
    firstDay,
    lastDay: end,
    place: fields.place === undefined ? event.place : fields.place,
    summary: fields.summary === undefined ? event.summary : fields.summary,
  };
}

/** Every word or phrase somewhere in the event, whatever the case or the accents; the days asked for among its own. */
function matches(event: StoredEvent, query: SearchNode | null): boolean {
  if (query === null) return true;
  const people = event.people.map(({ name }) => name);
  const all = [event.title, event.place, event.summary, ...event.organisations, ...people].join('\n');
  return holds(query, {
    text: (wanted) => foldText(textOf(event, wanted) ?? all).includes(foldText(wanted.text)),
    days: (wanted) => liesIn(event, wanted),
  });
}

/** The text of the field that was named; null for one that an event does not tell apart. */
function textOf(event: StoredEvent, { field }: TextNode): string | null {
  if (field === 'title' || field === 'event') return event.title;
  if (field === 'place' || field === 'country') return event.place ?? '';
  if (field === 'person') return event.people.map(({ name }) => name).join('\n');
  return field === 'organisation' ? event.organisations.join('\n') : null;
}

function liesIn(event: StoredEvent, { from, to }: DaysNode): boolean {
  if (event.firstDay === null) return false;
  const last = event.lastDay ?? event.firstDay;
  return (to === null || event.firstDay <= to) && (from === null || last >= from);
}

function newestFirst(a: StoredEvent, b: StoredEvent): number {
  const [x, y] = [a.firstDay ?? '', b.firstDay ?? ''];
  return x === y ? a.title.localeCompare(b.title) : x < y ? 1 : -1;
}

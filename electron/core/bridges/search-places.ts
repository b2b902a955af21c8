import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { Hit } from '../../../shared/contract/search.ts';
import type { CatalogueArea } from '../catalogue/catalogue.ts';
import type { EventsArea } from '../events/events.ts';
import type { LibraryArea } from '../library/library.ts';

interface Page {
  readonly query: string;
  readonly cursor: string | undefined;
  readonly limit: number;
}

/** The three areas' own searches, told as hits. */
export function createSearchPlaces(deps: {
  catalogue: CatalogueArea;
  library: LibraryArea;
  events: EventsArea;
}) {
  return {
    catalogue: (page: Page) => {
      const found = deps.catalogue.list(page);
      return { ...found, items: found.items.map(assetHit) };
    },
    library: (page: Page) => {
      const found = deps.library.list(page);
      return { ...found, items: found.items.map(clipHit) };
    },
    // Events are few enough to be read whole; the cursor is the place in that list.
    events: (page: Page) => {
      const all = deps.events.list(page.query);
      const from = toPlace(page.cursor);
      const items = all.slice(from, from + page.limit);
      const next = from + items.length;
      return {
        total: all.length,
        items: items.map(eventHit),
        cursor: next < all.length ? String(next) : null,
      };
    },
  };
}

function assetHit(row: ReturnType<CatalogueArea['list']>['items'][number]): Hit {
  return { kind: 'asset', id: row.id, title: row.title, day: row.day, detail: row.eventTitle ?? row.place };
}

function clipHit(row: ReturnType<LibraryArea['list']>['items'][number]): Hit {
  return { kind: 'clip', id: row.id, title: row.title, day: row.day, detail: row.eventTitle ?? row.fileName };
}

function eventHit(event: ReturnType<EventsArea['list']>[number]): Hit {
  return { kind: 'event', id: event.id, title: event.title, day: event.firstDay, detail: event.place };
}

function toPlace(cursor: string | undefined): number {
  const place = Number(cursor ?? 0);
  if (!Number.isSafeInteger(place) || place < 0)
    throw new RushesError('USAGE', 'The cursor is not one that Rushes has given.');
  return place;
}

import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { AssetRow } from '../../../shared/contract/catalogue.ts';
import type { Hit } from '../../../shared/contract/search.ts';
import { hitLines } from '../../../shared/domain/search/hit-lines.ts';
import { parseShotlist } from '../../../shared/domain/shotlist.ts';
import type { CatalogueArea } from '../catalogue/catalogue.ts';
import type { EventsArea } from '../events/events.ts';
import type { LibraryArea } from '../library/library.ts';

interface Page {
  readonly query: string;
  readonly cursor: string | undefined;
  readonly limit: number;
}

/** How much of a line is told with a hit, in characters. */
const longestLine = 200;

/** The three areas' own searches, told as hits. */
export function createSearchPlaces(deps: {
  catalogue: CatalogueArea;
  library: LibraryArea;
  events: EventsArea;
}) {
  return {
    catalogue: async (page: Page, signal: AbortSignal | undefined) => {
      const found = await deps.catalogue.list(page, signal);
      return {
        ...found,
        items: found.items.map((row) => assetHit(row, lineOf(deps.catalogue, row.id, page.query))),
      };
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

function assetHit(row: AssetRow, line: Hit['line']): Hit {
  const detail = row.eventTitle ?? row.place;
  return { kind: 'asset', id: row.id, title: row.title, day: row.day, detail, line };
}

/** The first line of the shotlist or the transcript in which most of what was asked for stands. */
function lineOf(catalogue: CatalogueArea, assetId: string, query: string): Hit['line'] {
  const asset = catalogue.get(assetId);
  for (const field of ['shotlist', 'transcript'] as const) {
    const { lines } = parseShotlist(asset[field], { durationMs: asset.durationMs });
    const [best] = hitLines(lines, query, field).toSorted((a, b) => b.words - a.words);
    const line = best && lines[best.line];
    if (line) return { field, atMs: line.atMs, text: line.text.slice(0, longestLine) };
  }
  return null;
}

function clipHit(row: ReturnType<LibraryArea['list']>['items'][number]): Hit {
  const detail = row.eventTitle ?? row.fileName;
  return { kind: 'clip', id: row.id, title: row.title, day: row.day, detail, line: null };
}

function eventHit(event: ReturnType<EventsArea['list']>[number]): Hit {
  const { id, title, firstDay: day, place: detail } = event;
  return { kind: 'event', id, title, day, detail, line: null };
}

function toPlace(cursor: string | undefined): number {
  const place = Number(cursor ?? 0);
  if (!Number.isSafeInteger(place) || place < 0)
    throw new RushesError('USAGE', 'The cursor is not one that Rushes has given.');
  return place;
}

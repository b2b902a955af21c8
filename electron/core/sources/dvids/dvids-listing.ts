import * as z from 'zod';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import type { ItemFailure } from '../source-model.ts';
import type { ListedItem, ListedPage } from '../json-api/item-api.ts';
import { isObject, momentOf, textOf, type Loose } from '../reading/read-json.ts';
import { dvidsEndpoints } from './endpoints.ts';

/** Narrower than this, a window is not halved any more, in milliseconds. */
const narrowestMs = 60_000;
/** Empty and too deep windows that are passed in one go. */
const mostWindows = 500;
const dayMs = 24 * 3_600_000;

/** What a page of a search says. */
export interface SearchPage {
  readonly items: readonly ListedItem[];
  readonly total: number;
  readonly pageSize: number;
}

/** Reads a page of a search. @throws RushesError SOURCE_CHANGED when it is none. */
export function readSearch(json: Loose): SearchPage {
  const { page_info: info, results } = json;
  const total = isObject(info) ? Number(info['total_results'] ?? Number.NaN) : Number.NaN;
  if (!Array.isArray(results) || !Number.isSafeInteger(total)) {
    throw new RushesError('SOURCE_CHANGED', 'The DVIDS API answers in a form that Rushes does not know.', {
      detail: JSON.stringify(json).slice(0, 160),
    });
  }
  const items = results.filter(isObject).flatMap((row) => {
    const id = textOf(row['id']);
    const changedAtMs = momentOf(row['timestamp']) ?? momentOf(row['date_published']);
    return id === null || !id.startsWith('video:') ? [] : [{ id, changedAtMs }];
  });
  const told = isObject(info) ? Number(info['results_per_page'] ?? 0) : 0;
  return { items, total, pageSize: told > 0 ? told : Math.max(1, results.length) };
}

const placeSchema = z.object({
  /** What is still to be read, in milliseconds of the publication; the first one now. */
  windows: z.array(z.tuple([z.number(), z.number()])),
  page: z.number().int().min(1),
  /** What the window had when it was begun. */
  windowTotal: z.number().nullable(),
  total: z.number().nullable(),
});
type Place = z.infer<typeof placeSchema>;

/** Asks for a page of the videos published in a window. */
export type AskWindow = (window: readonly [number, number], page: number) => Promise<SearchPage>;

/**
 * A page of the whole listing, sliced by the time of publication wherever a slice is deeper than the API shows.
 *
 * @throws RushesError CONFLICT for a place that is none.
 */
export async function listWindows(ask: AskWindow, from: unknown, nowMs: number): Promise<ListedPage> {
  let place = from === null ? wholeTime(nowMs) : readPlace(from);
  const failures: ItemFailure[] = [];
  for (let asked = 0; asked < mostWindows && place.windows[0] !== undefined; asked++) {
    const [window, ...rest] = place.windows;
    const page = await ask(window, place.page);
    const total: number | null = place.total ?? page.total;
    const deep = place.page === 1 && page.total >= dvidsEndpoints.depth;
    if (deep && window[1] - window[0] > narrowestMs) {
      place = { windows: [...halves(window), ...rest], page: 1, windowTotal: null, total };
      continue;
    }
    if (deep && page.total > dvidsEndpoints.depth) failures.push(tooDeep(window, page.total));
    place = { ...nextPlace(place, page), total };
    if (page.items.length > 0 || failures.length > 0) return listed(page.items, { place, failures });
  }
  return listed([], { place, failures });
}

function listed(
  items: readonly ListedItem[],
  { place, failures }: { place: Place; failures: readonly ItemFailure[] },
): ListedPage {
  // A count that is exactly the depth may be a count cut off there.
  const total = place.total === dvidsEndpoints.depth ? null : place.total;
  return { items, failures, total, next: place.windows.length === 0 ? null : place };
}

function nextPlace(place: Place, page: SearchPage): Place {
  const last = Math.min(
    Math.ceil(page.total / page.pageSize),
    Math.floor(dvidsEndpoints.depth / page.pageSize),
  );
  const windowTotal = place.windowTotal ?? page.total;
  // Something was taken away meanwhile, and what follows moved up a place: the window is read again.
  if (page.total < windowTotal) return { ...place, page: 1, windowTotal: page.total };
  if (place.page < last) return { ...place, page: place.page + 1, windowTotal };
  return { ...place, windows: place.windows.slice(1), page: 1, windowTotal: null };
}

/** The bound between two halves is in both: twice is better than never. */
function halves([from, to]: readonly [number, number]): [number, number][] {
  const middle = Math.floor((from + to) / 2 / 1000) * 1000;
  return [
    [from, middle],
    [middle, to],
  ];
}

function wholeTime(nowMs: number): Place {
  const from = Date.parse(`${dvidsEndpoints.firstDay}T00:00:00Z`);
  // Ahead of our clock, which may be slow; whole days, so that the address is the same all day.
  const to = (Math.floor(nowMs / dayMs) + 3) * dayMs;
  return { windows: [[from, to]], page: 1, windowTotal: null, total: null };
}

function readPlace(value: unknown): Place {
  const parsed = placeSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new RushesError('CONFLICT', 'The place where the last sync ended cannot be read any more.');
}

function tooDeep([from]: readonly [number, number], total: number): ItemFailure {
  const minute = new Date(from).toISOString().slice(0, 16).replace('T', ' ');
  return {
    where: `published ${minute} UTC`,
    why: `${total} videos of one minute; the API shows ${dvidsEndpoints.depth}.`,
  };
}

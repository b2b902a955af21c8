import { dvidsEndpoints, dvidsFilters } from './endpoints.ts';

/** Which videos of which DVIDS an address means. */
export interface DvidsAddress {
  /** Where the API answers. */
  readonly base: string;
  /** DVIDS itself, and no mirror of it. */
  readonly official: boolean;
  readonly filters: Readonly<Record<string, string>>;
  /** The address in its plain form, without a key. */
  readonly url: string;
  /** A feed, which can be read without a key too. */
  readonly isFeed: boolean;
}

/**
 * Reads `/unit/NAME`, `/rss/unit/NUMBER` and searches of the site and of the API; null for anything else. Another host
 * than DVIDS's own is taken for a mirror whose API answers at its root.
 */
export function readDvidsAddress(url: URL): DvidsAddress | null {
  const official = url.hostname === 'dvidshub.net' || url.hostname.endsWith('.dvidshub.net');
  const filters = filtersOf(url);
  if (filters === null || Object.keys(filters).length === 0) return null;
  const site = official ? dvidsEndpoints.site : url.origin;
  return {
    base: official ? dvidsEndpoints.api : url.origin,
    official,
    filters,
    url: plainAddress(site, filters),
    isFeed: url.pathname.startsWith('/rss/'),
  };
}

function filtersOf(url: URL): Record<string, string> | null {
  const [first, second, third] = url.pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decode);
  if (first === 'unit' && second !== undefined && second !== '') return { unit: second };
  if (first === 'rss' && second === 'unit' && third !== undefined) {
    return /^\d+$/.test(third) ? { unit_id: third } : { unit: third };
  }
  return first === 'search' && second === undefined ? searchFilters(url.searchParams) : null;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The API writes `unit=`, the site `filter[unit]=`. */
function searchFilters(query: URLSearchParams): Record<string, string> {
  const filters: Record<string, string> = {};
  for (const name of dvidsFilters) {
    const value = (query.get(name) ?? query.get(`filter[${name}]`) ?? '').trim();
    if (value !== '') filters[name] = value;
  }
  return filters;
}

function plainAddress(site: string, filters: Record<string, string>): string {
  const { unit } = filters;
  if (unit !== undefined && Object.keys(filters).length === 1)
    return `${site}/unit/${encodeURIComponent(unit)}`;
  return `${site}/search?${new URLSearchParams(filters).toString()}`;
}

import { archiveEndpoints } from './endpoints.ts';

/** What of the Internet Archive an address means: an item (which may be a collection), or a search. */
export type ArchiveAddress = {
  /** Where the API answers. */
  readonly base: string;
  /** The Archive itself, and no mirror of it. */
  readonly official: boolean;
} & ({ readonly item: string } | { readonly query: string });

/**
 * Reads addresses of the Archive's pages and API; null for anything else. Another host is taken for a mirror only at the
 * API's own paths, and is then known by what it answers.
 */
export function readArchiveAddress(url: URL): ArchiveAddress | null {
  const official = /^(?:www\.)?archive\.org$/.test(url.hostname);
  const base = official ? archiveEndpoints.site : url.origin;
  const item = itemOf(url.pathname, official);
  if (item !== null) return { base, official, item };
  const query = queryOf(url, official);
  return query === null ? null : { base, official, query };
}

function itemOf(path: string, official: boolean): string | null {
  const { detailsPath, metadataPath, downloadPath } = archiveEndpoints;
  const paths = official ? [detailsPath, metadataPath, downloadPath] : [metadataPath];
  const start = paths.find((one) => path.startsWith(one));
  const id = start === undefined ? '' : (path.slice(start.length).split('/')[0] ?? '');
  return /^[\w.-]{2,200}$/.test(id) ? id : null;
}

function queryOf(url: URL, official: boolean): string | null {
  const { scrapePath, searchPath } = archiveEndpoints;
  const path = url.pathname.replace(/\/$/, '');
  const paths = official ? [scrapePath, searchPath, '/search.php', '/advancedsearch.php'] : [scrapePath];
  if (!paths.includes(path)) return null;
  const query = (url.searchParams.get('q') ?? url.searchParams.get('query') ?? '').trim();
  return query === '' ? null : query;
}

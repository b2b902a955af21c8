import type { CatalogueFilter } from '../../../shared/contract/catalogue.ts';
import type { EventId, SourceId } from '../../../shared/contract/values.ts';
import { compact, type CatalogueSearch } from './search-params.ts';

/** What the address asks for, as the core is asked. */
export function filterOf(search: CatalogueSearch): CatalogueFilter {
  const { query, event, from, to, version, status, source, country, language, held } = search;
  return compact({
    query,
    eventId: event as EventId | undefined,
    sourceId: source as SourceId | undefined,
    dayFrom: from,
    dayTo: to,
    versionKind: version,
    status,
    country,
    language,
    holding: held,
  });
}

/** The address of a filter: the way back, for a search that was kept. */
export function searchOf(filter: CatalogueFilter): CatalogueSearch {
  return compact({
    query: filter.query,
    event: filter.eventId,
    source: filter.sourceId,
    from: filter.dayFrom,
    to: filter.dayTo,
    version: filter.versionKind,
    status: filter.status,
    country: filter.country,
    language: filter.language,
    held: filter.holding,
  });
}

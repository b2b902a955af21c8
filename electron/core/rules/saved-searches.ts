import type { CatalogueFilter } from '../../../shared/contract/catalogue.ts';
import type { SavedSearch } from '../../../shared/contract/rules.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { Clock, Notify } from '../ports.ts';
import type { Connection } from '../storage/open-database.ts';
import { createSavedSearchesRepo, type StoredSearch } from './saved-searches-repo.ts';

/** Searches of the catalogue that are kept under a name, with how much they find. */
export interface SavedSearchesArea {
  list(): Promise<SavedSearch[]>;
  /** @throws RushesError NOT_FOUND when it is to change one that is not there. */
  save(search: { id?: string | undefined; name: string; filter: CatalogueFilter }): Promise<SavedSearch>;
  seen(id: string): void;
  remove(id: string): void;
  /** @throws RushesError NOT_FOUND */
  filterOf(id: string): CatalogueFilter;
}

/** Builds the saved searches over user.db. */
export function createSavedSearches(deps: {
  db: Connection;
  clock: Clock;
  notify: Notify;
  count: (filter: CatalogueFilter) => Promise<number>;
}): SavedSearchesArea {
  const repo = createSavedSearchesRepo(deps.db);
  const require = (id: string): StoredSearch => {
    const found = repo.find(id);
    if (!found) throw new RushesError('NOT_FOUND', `There is no saved search ${id}.`);
    return found;
  };
  const view = async (search: StoredSearch): Promise<SavedSearch> => {
    const { id, name, filter, hasRule } = search;
    const since = Math.max(search.seenAtMs, filter.addedSinceMs ?? 0);
    const [total, fresh] = await Promise.all([
      deps.count(filter),
      deps.count({ ...filter, addedSinceMs: since }),
    ]);
    return { id, name, filter, hasRule, total, fresh };
  };
  return {
    list: () => Promise.all(repo.all().map(view)),
    save: ({ id, name, filter }) => {
      if (id !== undefined && !repo.update({ id, name, filter })) require(id);
      const saved = id ?? repo.insert({ name, filter, now: deps.clock.now() });
      deps.notify('saved-search', saved);
      return view(require(saved));
    },
    seen: (id) => {
      if (!repo.setSeen(id, deps.clock.now())) require(id);
      deps.notify('saved-search', id);
    },
    remove: (id) => {
      if (!repo.remove(id)) require(id);
      deps.notify('saved-search', id);
      deps.notify('rule');
    },
    filterOf: (id) => require(id).filter,
  };
}

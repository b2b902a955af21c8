import type { CatalogueArea } from '../catalogue/catalogue.ts';
import { chooseRendition } from '../catalogue/choose-rendition.ts';
import type { Downloads } from '../downloads/downloads.ts';
import type { Ground } from '../ground.ts';
import type { Clock, Log } from '../ports.ts';
import { createRules, type RulesArea } from '../rules/rules.ts';
import type { ChosenFile } from '../rules/plan-rule.ts';
import { createSavedSearches, type SavedSearchesArea } from '../rules/saved-searches.ts';
import { judgeRights } from '../../../shared/domain/rights-judgement.ts';
import { createReadTold } from './told-asset.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';

/** Saved searches and the rules on them: they ask the catalogue and want from the downloads. */
export function connectRules(
  { clock, log }: { readonly clock: Clock; readonly log: Log },
  { dbs, feed }: Ground,
  others: { readonly catalogue: () => CatalogueArea; readonly downloads: () => Downloads },
): { rules: RulesArea; savedSearches: SavedSearchesArea } {
  const { notify } = feed;
  const savedSearches = createSavedSearches({
    db: dbs.user,
    clock,
    notify,
    count: (filter) => others.catalogue().count(filter),
  });
  const rules = createRules({
    db: dbs.user,
    clock,
    log,
    notify,
    search: async (searchId, { cursor, limit }) =>
      others.catalogue().list({ ...savedSearches.filterOf(searchId), order: 'newest', cursor, limit }),
    choose: (assetId, wish) => chosenFile(others.catalogue(), assetId, wish),
    isBlocked: (assetId) => {
      const asset = createReadTold(others.catalogue())(assetId);
      return asset !== null && judgeRights(asset.told.rights, clock.now()).verdict === 'blocked';
    },
    twinsOf: (assetIds) => others.catalogue().twinsOf(assetIds),
    want: async ({ assetId, rendition, dir }) => {
      const { refused } = await others.downloads().add({
        assetIds: [assetId],
        rendition,
        ...(dir === null ? {} : { dir }),
      });
      return refused[0]?.message ?? null;
    },
  });
  return { rules, savedSearches };
}

function chosenFile(catalogue: CatalogueArea, assetId: string, wish: 'best' | 'smallest'): ChosenFile | null {
  try {
    const chosen = chooseRendition(catalogue.renditions(assetId), wish);
    // What lies in a folder of this machine is not to be fetched.
    if (chosen.address?.startsWith('file:')) return null;
    const { file_name: fileName, size_bytes: sizeBytes, about_bytes: aboutBytes } = chosen;
    return { fileName, sizeBytes, weightBytes: sizeBytes ?? aboutBytes };
  } catch (error) {
    if (error instanceof RushesError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

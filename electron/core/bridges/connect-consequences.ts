import type { CatalogueArea } from '../catalogue/catalogue.ts';
import type { PageOutcome } from '../catalogue/page-outcome.ts';
import type { Downloads } from '../downloads/downloads.ts';
import type { Ground } from '../ground.ts';
import { createNotices } from '../notices/notices.ts';
import type { Clock, Log } from '../ports.ts';
import type { SourceConfig } from '../sources/source-model.ts';
import { connectRules } from './connect-rules.ts';
import { createReadTold, toldThen } from './told-asset.ts';

/** Kinds whose items may leave a list and be there all the same: only what the source says of one withdraws it. */
const isListNoProof: ReadonlySet<SourceConfig['kind']> = new Set(['dvids', 'internet-archive']);

/** What follows from a sync: holders are told, rules look for what they take. */
export function connectConsequences(
  deps: { readonly clock: Clock; readonly log: Log },
  ground: Ground,
  others: { readonly catalogue: () => CatalogueArea; readonly downloads: () => Downloads },
) {
  const notices = createNotices({
    db: ground.dbs.user,
    clock: deps.clock,
    notify: ground.feed.notify,
    readAsset: (assetId) => createReadTold(others.catalogue())(assetId),
    twinsOf: (assetIds) => others.catalogue().twinsOf(assetIds),
    toldThen,
  });
  const { rules, savedSearches } = connectRules(deps, ground, others);
  return {
    notices,
    rules,
    savedSearches,
    onWritten: ({ changed, touched }: PageOutcome): void => {
      // Those that are new to the catalogue too: it may have been begun anew, and what is held is older than it.
      notices.consider(changed.map(({ id }) => id));
      if (changed.length + touched.length > 0) rules.wake();
    },
    onReadWhole: async (source: SourceConfig): Promise<void> => {
      if (!isListNoProof.has(source.kind)) await notices.considerMissing(source);
    },
    doubtOf: notices.doubtOf,
    onWithdrawn: (assetIds: readonly string[]): void => notices.consider(assetIds),
  };
}

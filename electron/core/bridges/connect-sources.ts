import { join } from 'node:path';
import { createAccount } from '../account/account.ts';
import { createCatalogue, type CatalogueArea } from '../catalogue/catalogue.ts';
import type { CoreDeps } from '../create-core.ts';
import type { Ground } from '../ground.ts';
import { createPortalSource } from '../sources/account-portal/portal-source.ts';
import type { CatalogueSource } from '../sources/source-model.ts';
import { createSources, type SourcesArea } from '../sources/sources.ts';
import { createHoldings } from './holdings.ts';

/** Sources, accounts and the catalogue, which need one another: a source speaks for an account and fills the catalogue. */
export function connectSources(
  deps: CoreDeps,
  ground: Ground,
  others: {
    clipsOfAssets: (assetIds: readonly string[]) => ReadonlyMap<string, string>;
    downloadsOfAssets: (assetIds: readonly string[]) => ReadonlyMap<string, string>;
    onSignedIn: (sourceId: string) => void;
  },
) {
  const { clock, log } = deps;
  const { notify } = ground.feed;
  const sources: SourcesArea = createSources({
    db: ground.dbs.user,
    http: ground.http,
    clock,
    notify,
    inCatalogue: (sourceId) => catalogue.stateOf(sourceId),
    onRemoved: async (sourceId) => {
      catalogue.forgetSource(sourceId);
      await account.forget(sourceId);
    },
  });
  const account = createAccount({
    db: ground.dbs.user,
    clock,
    secrets: ground.secrets,
    notify,
    source: (sourceId) => {
      const config = sources.require(sourceId);
      return { client: sources.client(config), mailbox: config.mailbox };
    },
    onSignedIn: others.onSignedIn,
  });
  const openSource = (sourceId: string): CatalogueSource =>
    createPortalSource({
      client: sources.client(sources.require(sourceId)),
      token: () => account.token(sourceId),
      onSessionEnded: (token) => account.ended(sourceId, token),
      now: () => clock.now(),
    });
  const catalogue: CatalogueArea = createCatalogue({
    db: ground.dbs.catalogue,
    clock,
    log,
    notify,
    pictureDir: join(deps.home, 'pictures', 'catalogue'),
    sourceConfig: (sourceId) => sources.require(sourceId),
    openSource,
    onSynced: (sourceId, { ok, reason }) =>
      sources.setState(sourceId, {
        state: ok ? 'ok' : 'unavailable',
        reason,
        lastSyncAtMs: ok ? clock.now() : null,
      }),
    holdings: createHoldings(others),
  });
  return { sources, account, catalogue, openSource };
}

import type { AssetId } from '../../../shared/contract/values.ts';
import type { CatalogueArea } from '../catalogue/catalogue.ts';
import type { ResolveLink } from '../downloads/engine-deps.ts';
import type { Ground } from '../ground.ts';
import { assetSnapshot, type AssetSnapshot } from '../library/asset-snapshot.ts';
import type { Log } from '../ports.ts';
import { createPlaces } from '../places/places.ts';
import { createSidecars, type Sidecars } from '../places/sidecars.ts';
import { createPlaceFacts } from './place-facts.ts';

/** Gives names and places what the catalogue knows, and the sidecars what a download keeps. */
export function connectPlaces(
  deps: { readonly version: string; readonly log: Log },
  { dbs, settings }: Pick<Ground, 'dbs' | 'settings'>,
  catalogue: CatalogueArea,
) {
  const places = createPlaces({
    settings: settings.get,
    factsOf: createPlaceFacts(catalogue),
    newestAssets: (count) => newestWithFiles(catalogue, count),
    platform: process.platform,
  });
  const sidecars = createSidecars({
    db: dbs.user,
    log: deps.log,
    version: deps.version,
    wanted: () => settings.get().sidecar,
    readSnapshot,
  });
  return { places, sidecars };
}

/** How many are looked at: some that may be had have no file yet. */
const lookedAt = 50;

function newestWithFiles(catalogue: CatalogueArea, count: number): AssetId[] {
  return catalogue
    .newestUsable(lookedAt)
    .filter((id) => catalogue.renditions(id).length > 0)
    .slice(0, count);
}

/** Gets fresh links and keeps, without its secrets, where each led. */
export function keepingAddresses(resolve: ResolveLink, sidecars: Sidecars): ResolveLink {
  return async (download, context) => {
    const link = await resolve(download, context);
    sidecars.fetchedFrom(download.id, link.url);
    return link;
  };
}

function readSnapshot(json: string | null): AssetSnapshot | null {
  try {
    return assetSnapshot.safeParse(JSON.parse(json ?? 'null')).data ?? null;
  } catch {
    return null;
  }
}

import type { CatalogueArea } from '../catalogue/catalogue.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { ResolveLink } from '../downloads/engine-deps.ts';
import type { CatalogueSource } from '../sources/source-model.ts';

/** Gets the downloads a fresh link from the source that their asset came from. */
export function createResolveLink(
  openSource: (sourceId: string) => CatalogueSource,
  catalogue: Pick<CatalogueArea, 'renditions'>,
): ResolveLink {
  return async (download, { signal }) => {
    const { sourceId, assetId, assetExternalId, renditionExternalId: externalId } = download;
    if (sourceId === null || externalId === null) {
      throw new RushesError('NOT_FOUND', 'The source of this download was removed.');
    }
    const known = assetId === null ? [] : catalogue.renditions(assetId);
    const address = known.find(({ external_id }) => external_id === externalId)?.address ?? null;
    return openSource(sourceId).renew({ externalId, assetExternalId, address }, signal);
  };
}

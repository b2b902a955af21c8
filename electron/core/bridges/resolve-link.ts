import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { ResolveLink } from '../downloads/engine-deps.ts';
import type { CatalogueSource } from '../sources/source-model.ts';

/** Gets the downloads a fresh link from the source that their asset came from. */
export function createResolveLink(openSource: (sourceId: string) => CatalogueSource): ResolveLink {
  return async (download, { signal }) => {
    if (download.sourceId === null || download.renditionExternalId === null) {
      throw new RushesError('NOT_FOUND', 'The source of this download was removed.');
    }
    return openSource(download.sourceId).renew(download.renditionExternalId, signal);
  };
}

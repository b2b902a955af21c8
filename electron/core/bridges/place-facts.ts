import type { CatalogueArea } from '../catalogue/catalogue.ts';
import { chooseRendition } from '../catalogue/choose-rendition.ts';
import type { PlaceFacts } from '../places/place-facts.ts';

/**
 * What the catalogue knows of an asset that can stand in a name. Unlike a description for a download it is given of
 * assets that may not be fetched yet, too.
 *
 * @throws RushesError NOT_FOUND.
 */
export function createPlaceFacts(catalogue: CatalogueArea) {
  return (assetId: string, wish: string): PlaceFacts => {
    const asset = catalogue.get(assetId);
    const renditions = catalogue.renditions(assetId);
    const rendition = renditions.length > 0 ? chooseRendition(renditions, wish) : null;
    const size = rendition?.width && rendition.height ? `${rendition.width}x${rendition.height}` : null;
    return {
      fileName: rendition?.file_name ?? '',
      known: {
        day: asset.day,
        event: asset.eventTitle,
        title: asset.title,
        place: asset.place,
        country: asset.country,
        source: asset.sourceName,
        id: asset.externalId,
        version: asset.versionKind,
        language: rendition?.language ?? asset.language,
        rendition: rendition?.role ?? null,
        size,
      },
    };
  };
}

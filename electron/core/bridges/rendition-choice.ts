import type { CatalogueArea } from '../catalogue/catalogue.ts';
import type { FindRenditions } from '../downloads/showing.ts';

type Row = ReturnType<CatalogueArea['renditions']>[number];

/** Tells the downloads which films an asset can be had as; one that the catalogue has forgotten has none. */
export function createRenditionChoice({
  catalogue,
}: {
  catalogue: Pick<CatalogueArea, 'renditions'>;
}): FindRenditions {
  return (assetId) =>
    catalogue
      .renditions(assetId)
      .filter((row) => row.width !== null)
      .map((row) => ({ id: row.id, label: labelOf(row), sizeBytes: row.size_bytes }));
}

function labelOf({ role, width, height, video_codec: codec }: Row): string {
  const picture = width === null || height === null ? '' : `${width}×${height}`;
  return [role, picture, codec].filter(Boolean).join(' ');
}

import type { AssetRow } from '../../../../shared/contract/catalogue.ts';

/** Those of some assets that their source hands out now: not embargoed, expected, withheld or withdrawn. */
export function releasedOf<Asset extends Pick<AssetRow, 'status'>>(
  assets: readonly Asset[],
): readonly Asset[] {
  return assets.filter((asset) => asset.status === 'usable');
}

import type { AssetRow } from '../../../shared/contract/catalogue.ts';
import type { ClipId, DownloadId } from '../../../shared/contract/values.ts';

/** What of some assets is here already, from the clips and the downloads that are under way. */
export function createHoldings(deps: {
  clipsOfAssets: (assetIds: readonly string[]) => ReadonlyMap<string, string>;
  downloadsOfAssets: (assetIds: readonly string[]) => ReadonlyMap<string, string>;
}) {
  return (assetIds: readonly string[]): ReadonlyMap<string, AssetRow['holding']> => {
    const clips = deps.clipsOfAssets(assetIds);
    const downloads = deps.downloadsOfAssets(assetIds);
    return new Map(
      assetIds.map((id) => {
        const clipId = (clips.get(id) ?? null) as ClipId | null;
        const downloadId = (downloads.get(id) ?? null) as DownloadId | null;
        const state = clipId !== null ? 'held' : downloadId !== null ? 'downloading' : 'none';
        return [id, { state, clipId, downloadId }];
      }),
    );
  };
}

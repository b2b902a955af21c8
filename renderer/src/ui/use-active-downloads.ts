import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { Download } from '../../../shared/contract/downloads.ts';
import { useCore } from '../lib/app-context.tsx';
import { useDownloadCounts } from './use-totals.ts';

/** The downloads that still have work to do; of a very long queue those that are nearest to their turn. */
function useActiveDownloads() {
  const { queries } = useCore();
  return useQuery(queries.downloads.list.queryOptions({ input: { show: 'active' } }));
}

/** The active downloads by asset, so that a card can show how far its download is. */
export function useDownloadsByAsset(): ReadonlyMap<string, Download> {
  const downloads = useActiveDownloads().data?.downloads;
  return useMemo(
    () => new Map((downloads ?? []).flatMap((item) => (item.assetId === null ? [] : [[item.assetId, item]]))),
    [downloads],
  );
}

/** Reads the catalogue again whenever a download begins or ends: what is held has changed then. */
export function useHoldingFreshness(): void {
  const { queries } = useCore();
  const queryClient = useQueryClient();
  const counts = useDownloadCounts();
  const stand = counts === undefined ? null : `${counts.active} ${counts.done} ${counts.failed}`;
  useEffect(() => {
    if (stand !== null) void queryClient.invalidateQueries({ queryKey: queries.catalogue.key() });
  }, [stand, queries, queryClient]);
}

import { useQuery } from '@tanstack/react-query';
import { useCore } from '../lib/app-context.tsx';

/** All unfinished downloads together, and the rule they are under. */
export function useTotals() {
  const { queries } = useCore();
  return useQuery(queries.downloads.totals.queryOptions()).data;
}

/** How many downloads stand in each tab; one row is the least that can be asked for beside them. */
export function useDownloadCounts() {
  const { queries } = useCore();
  return useQuery(queries.downloads.list.queryOptions({ input: { show: 'failed', limit: 1 } })).data?.counts;
}

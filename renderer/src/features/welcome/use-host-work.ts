import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useCore } from '../../lib/app-context.tsx';

/**
 * What the host is getting ready, in words, or null. `onReady` is called once a source has come of it: whoever waits for
 * the demo wants to see it, not to find it.
 */
export function useHostWork(onReady: () => void): string | null {
  const { queries } = useCore();
  const jobs = useQuery(queries.system.jobs.queryOptions()).data?.jobs ?? [];
  const sources = useQuery(queries.sources.list.queryOptions()).data?.sources ?? [];
  const work = jobs.find((job) => job.kind === 'host')?.title ?? null;
  const [waited, setWaited] = useState(false);
  if (work !== null && !waited) setWaited(true);
  const ready = waited && sources.length > 0;
  useEffect(() => {
    if (ready) onReady();
  }, [ready, onReady]);
  return work;
}

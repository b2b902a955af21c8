import type { QueryClient } from '@tanstack/react-query';
import { createInvalidationThrottle, createNoticeReader } from './change-notices.ts';
import type { Connection } from './connect.ts';

const streamRetryMs = 2000;

/** Reads change notices for as long as the page lives and marks what they touch as stale. */
export function followChanges(connection: Connection, queryClient: QueryClient): () => void {
  const throttle = createInvalidationThrottle({
    invalidate: (path) => {
      void queryClient.invalidateQueries(path.length === 0 ? {} : { queryKey: [path] });
    },
    nowMs: () => performance.now(),
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  });
  let stop: AbortController | null = null;
  let opened = 0;

  const listen = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      try {
        const reader = createNoticeReader();
        const notices = await connection.client.system.changes(undefined, { signal });
        for await (const notice of notices) for (const path of reader.read(notice)) throttle.mark(path);
      } catch {
        // The stream of a lost connection fails; the next connection starts a new one.
        if (connection.state() !== 'open') return;
      }
      await new Promise((resolve) => {
        setTimeout(resolve, streamRetryMs);
      });
      if (!signal.aborted) throttle.mark([]);
    }
  };

  const onState = (): void => {
    stop?.abort();
    stop = null;
    if (connection.state() !== 'open') return;
    opened += 1;
    if (opened > 1) throttle.mark([]);
    stop = new AbortController();
    void listen(stop.signal);
  };

  const unsubscribe = connection.subscribe(onState);
  onState();
  return () => {
    unsubscribe();
    stop?.abort();
    throttle.close();
  };
}

import { useEffect, useRef } from 'react';
import type { Source } from '../../../../shared/contract/sources.ts';

/** Reads a source that has never been read, once and without being asked: nobody adds one to look at an empty page. */
export function useFirstSync(
  sources: readonly Source[] | undefined,
  start: (sources: readonly Source[]) => void,
): void {
  const tried = useRef(new Set<string>());
  useEffect(() => {
    const unread = (sources ?? []).filter(
      (source) => source.state === 'never-synced' && !tried.current.has(source.id),
    );
    if (unread.length === 0) return;
    for (const source of unread) tried.current.add(source.id);
    start(unread);
  }, [sources, start]);
}

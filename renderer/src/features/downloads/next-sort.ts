import type { DownloadSort } from '../../../../shared/contract/downloads.ts';

/** The order after a click: the same column the other way round, another one as people look for things in it. */
export function nextSort(now: DownloadSort, by: DownloadSort['by']): DownloadSort {
  if (now.by === by) return { by, order: now.order === 'up' ? 'down' : 'up' };
  // Names from A on, but the newest and the largest first.
  return { by, order: by === 'name' ? 'up' : 'down' };
}

import type { Download } from '../../../shared/contract/downloads.ts';
import type { CoreClient } from './session.ts';

type Listed = Awaited<ReturnType<CoreClient['downloads']['list']>>;

/** What one call gives at most. */
const pageSize = 1000;

/** Every download of a list, however many there are; each once, though the queue may move between two pages. */
export async function allDownloads(
  client: CoreClient,
  show: 'active' | 'done' | 'failed' | 'all',
): Promise<Pick<Listed, 'counts'> & { downloads: Download[] }> {
  const found = new Map<string, Download>();
  for (let cursor: string | undefined; ;) {
    const page = await client.downloads.list({ show, limit: pageSize, cursor });
    for (const one of page.downloads) found.set(one.id, one);
    if (page.nextCursor === null) return { counts: page.counts, downloads: [...found.values()] };
    cursor = page.nextCursor;
  }
}

import type { Download } from '../../../../shared/contract/downloads.ts';
import { formatBytes, formatClock } from '../../lib/format.ts';

/** How much is there: `412 MB of 1.20 GB`, or the size alone once it is whole. */
export function sizeWords({
  bytes,
  sizeBytes,
  state,
}: Pick<Download, 'bytes' | 'sizeBytes' | 'state'>): string {
  if (state === 'complete') return formatBytes(sizeBytes ?? bytes);
  return sizeBytes === null ? formatBytes(bytes) : `${formatBytes(bytes)} of ${formatBytes(sizeBytes)}`;
}

/** The time left as a clock; null where nothing moves, since the queue's estimate would read as a promise there. */
export function timeLeft(download: Pick<Download, 'state' | 'etaMs' | 'reason'>): string | null {
  const { state, etaMs, reason } = download;
  const moves = state === 'running' || (state === 'queued' && reason === null);
  return etaMs !== null && moves ? formatClock(etaMs) : null;
}

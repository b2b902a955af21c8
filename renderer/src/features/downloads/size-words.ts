import type { Download } from '../../../../shared/contract/downloads.ts';
import { formatBytes } from '../../lib/format.ts';

/** How much is there: `412 MB of 1.20 GB`, or the size alone once it is whole. */
export function sizeWords({
  bytes,
  sizeBytes,
  state,
}: Pick<Download, 'bytes' | 'sizeBytes' | 'state'>): string {
  if (state === 'complete') return formatBytes(sizeBytes ?? bytes);
  return sizeBytes === null ? formatBytes(bytes) : `${formatBytes(bytes)} of ${formatBytes(sizeBytes)}`;
}

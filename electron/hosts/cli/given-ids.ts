import type { DownloadId } from '../../../shared/contract/values.ts';

/** Ids from the command line as the calls of the downloads want them: none means all to which the call applies. */
export function idsOf(given: readonly string[]): { ids?: DownloadId[] } {
  return given.length === 0 ? {} : { ids: given as DownloadId[] };
}

import { dispositionName } from './disposition-name.ts';
import type { DownloadRow } from './download-row.ts';
import type { EngineDeps } from './engine-deps.ts';

/**
 * Takes the name that a server suggests, where neither the user nor the address gave one and nothing is written yet.
 * Returns the row as it is then.
 */
export function nameByServer(
  deps: Pick<EngineDeps, 'repo' | 'nameOf'>,
  row: DownloadRow,
  headers: Readonly<Record<string, string>>,
): DownloadRow {
  if (!row.options.unnamed || row.url === null || row.partPath !== null) return row;
  const suggested = dispositionName(headers['content-disposition']);
  if (suggested === null) return row;
  deps.repo.rename(row.id, deps.nameOf(row, suggested));
  return deps.repo.find(row.id) ?? row;
}

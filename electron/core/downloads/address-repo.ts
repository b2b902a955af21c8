import type { Connection } from '../storage/open-database.ts';
import { toDownloadRow, type DownloadRecord, type DownloadRow } from './download-row.ts';
import { keptAddress, type KeptAddress } from './kept-address.ts';

/** The addresses of plain downloads: found again by them, and rid of what is secret when they are not needed any more. */
export function createAddressRepo(db: Connection) {
  // Left alone, SQLite only forgets where the old bytes lie.
  db.pragma('secure_delete = ON');
  const byUrl = db.prepare(`
    SELECT * FROM download WHERE url = :url AND dir = :dir AND state <> 'cancelled'
      AND json_extract(options_json, '$.addressKey') IS :addressKey ORDER BY position DESC`);
  const keep = db.prepare(`
    UPDATE download SET url = :url, options_json = json_set(options_json, '$.addressKey', :addressKey) WHERE id = :id`);
  const withQuery = db.prepare(`
    SELECT id, url FROM download INDEXED BY download_by_url
    WHERE url IS NOT NULL AND instr(url, '?') > 0 AND state = 'complete'`);
  const find = (of: KeptAddress | { url: string; addressKey: null }, dir: string): DownloadRow[] =>
    (byUrl.all({ ...of, dir }) as DownloadRecord[]).map(toDownloadRow);
  return {
    /** Newest first; cancelled ones are left out. */
    ofUrl: (url: string, dir: string): DownloadRow[] => {
      const kept = keptAddress(url);
      const found = [...find({ url, addressKey: null }, dir), ...(kept ? find(kept, dir) : [])];
      return found.toSorted((one, other) => other.position - one.position);
    },
    keepAddress: (id: string, to: KeptAddress): void => void keep.run({ id, ...to }),
    /** Finished ones whose address has a query. */
    completeWithQuery: () => withQuery.all() as { readonly id: string; readonly url: string }[],
  };
}

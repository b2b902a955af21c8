import type { FacetRepo, FacetRow } from './facet-repo.ts';
import { createFacetTable, type FacetTable } from './facet-table.ts';

const sliceRows = 10_000;
/** So many changed rows cost more to take over one by one than to read everything again. */
const mostChanges = 50_000;
/** How long a commit may go without word of its rows, and how often all is read again for want of it. */
const patienceMs = 3000;
const leastBetweenMs = 30_000;

/** Keeps the table in memory as the database is. */
export interface TableKeeper {
  readonly table: FacetTable;
  /** Whether the table was read to its end once. */
  isWhole(): boolean;
  /** Whether the table, and the full-text index, are known to hold all that is written. */
  isCurrent(): boolean;
  /** Reads the rest at once, the first time. */
  complete(): void;
  /** Takes over what has changed. Returns whether anything that was found before may be otherwise now. */
  refresh(): boolean;
  rowsChanged(rows: readonly number[] | 'all'): void;
  /** Reads a slice when there is one to be read. Returns whether it did. */
  goOn(): boolean;
}

/** Makes the keeper of a table that is yet to be read. */
export function createTableKeeper(repo: FacetRepo, now: () => number): TableKeeper {
  let table = createFacetTable();
  let isWhole = false;
  let reading: { readonly next: FacetTable; below: number; version: number } | null = null;
  let told = repo.version();
  let seen = told;
  let seenTable = table;
  /** Since when there are commits of which nobody has said what they changed. */
  let untoldSince: number | null = null;
  let lastReadAt = Number.NEGATIVE_INFINITY;
  const pending = new Set<number>();

  const readAll = (): void => {
    lastReadAt = now();
    reading = { next: createFacetTable(), below: Number.MAX_SAFE_INTEGER, version: told };
  };
  const readSlice = (from: NonNullable<typeof reading>): void => {
    if (from.next.size === 0) from.version = repo.version();
    const rows = repo.readBelow(from.below, sliceRows);
    from.next.append(rows);
    from.below = rows.at(-1)?.[0] ?? 0;
    if (rows.length === sliceRows) return;
    table = from.next;
    isWhole = true;
    reading = null;
    if (repo.version() !== from.version) return;
    told = from.version;
    untoldSince = null;
  };
  const takePending = (): boolean => {
    if (!isWhole || reading !== null || pending.size === 0) return false;
    const changes = new Map<number, FacetRow | null>();
    for (const row of pending) changes.set(row, repo.find(row));
    pending.clear();
    table.change(changes);
    return true;
  };
  readAll();

  return {
    get table() {
      return table;
    },
    isWhole: () => isWhole,
    isCurrent: () =>
      isWhole && reading === null && pending.size === 0 && untoldSince === null && !repo.hasUnindexed(),
    complete: () => {
      while (!isWhole && reading !== null) readSlice(reading);
    },
    refresh: () => {
      const version = repo.version();
      const isNewVersion = version !== seen;
      seen = version;
      if (isNewVersion && version !== told) untoldSince ??= now();
      const isOther = takePending() || table !== seenTable || isNewVersion;
      seenTable = table;
      return isOther;
    },
    rowsChanged: (rows) => {
      told = repo.version();
      untoldSince = null;
      if (rows === 'all' || pending.size + rows.length > mostChanges) {
        pending.clear();
        readAll();
      } else for (const row of rows) pending.add(row);
    },
    goOn: () => {
      if (reading === null) {
        const isDue = untoldSince !== null && now() - untoldSince > patienceMs;
        if (!isDue || now() - lastReadAt < leastBetweenMs) return false;
        readAll();
      }
      if (reading !== null) readSlice(reading);
      return true;
    },
  };
}

import { addBit, noBits, type Bits } from './bits.ts';
import {
  copyColumns,
  createDictionaries,
  putRow,
  roomFor,
  type Dictionaries,
  type FacetColumns,
} from './facet-columns.ts';
import type { FacetRow } from './facet-repo.ts';

/**
 * What lists are narrowed by and counted in, of every asset, in memory and newest first. The place of an asset is where
 * it stands in here; places change when assets come and go, and `generation` with them.
 */
export interface FacetTable {
  readonly size: number;
  readonly generation: number;
  readonly columns: FacetColumns;
  readonly words: Dictionaries;
  /** The places of what is listed by itself: all but the twins of others. */
  listed(): Bits;
  /** The first place whose row is `row` or lower; `size` when all are higher. */
  placeOf(row: number): number;
  /** Adds the next lower rows, while the table is being read. */
  append(rows: readonly FacetRow[]): void;
  /** Takes over what some rows are now; null for one that is gone. */
  change(changes: ReadonlyMap<number, FacetRow | null>): void;
}

/** Makes an empty table. */
export function createFacetTable(): FacetTable {
  const words = createDictionaries();
  let columns = roomFor(1024);
  let size = 0;
  let generation = 0;
  let listed: Bits | null = null;

  const placeOf = (row: number): number => {
    let low = 0;
    let high = size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((columns.row[middle] ?? 0) > row) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const isAt = (place: number, row: number): boolean => place < size && columns.row[place] === row;
  const changed = (): void => {
    generation++;
    listed = null;
  };
  /** Copies everything into new columns, with what came and without what went. */
  const merge = (changes: readonly (readonly [number, FacetRow | null])[]): void => {
    const merged = roomFor(size + changes.length);
    let from = 0;
    let at = 0;
    for (const [row, now] of changes) {
      const place = placeOf(row);
      copyColumns(columns, { from, to: place }, { columns: merged, at });
      at += place - from;
      from = isAt(place, row) ? place + 1 : place;
      if (now !== null) putRow(merged, at++, { row: now, words });
    }
    copyColumns(columns, { from, to: size }, { columns: merged, at });
    size = at + size - from;
    columns = merged;
  };

  return {
    get size() {
      return size;
    },
    get generation() {
      return generation;
    },
    get columns() {
      return columns;
    },
    words,
    placeOf,
    listed: () => {
      if (listed) return listed;
      listed = noBits(size);
      for (let at = 0; at < size; at++) if (columns.twin[at] === 0) addBit(listed, at);
      return listed;
    },
    append: (rows) => {
      if (size + rows.length > columns.row.length) {
        const wider = roomFor(Math.ceil((size + rows.length) * 1.5));
        copyColumns(columns, { from: 0, to: size }, { columns: wider, at: 0 });
        columns = wider;
      }
      for (const row of rows) putRow(columns, size++, { row, words });
      changed();
    },
    change: (changes) => {
      const all = [...changes].sort(([a], [b]) => b - a);
      const staysAsLong = all.every(([row, now]) => isAt(placeOf(row), row) === (now !== null));
      if (!staysAsLong) merge(all);
      else for (const [row, now] of all) if (now !== null) putRow(columns, placeOf(row), { row: now, words });
      changed();
    },
  };
}

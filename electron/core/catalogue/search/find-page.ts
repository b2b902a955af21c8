import { eachBit } from './bits.ts';
import type { Evaluation } from './evaluation.ts';
import type { FacetTable } from './facet-table.ts';
import type { Ranking } from './ranking.ts';

/** What a page is taken from. */
export interface Hits {
  readonly evaluation: Evaluation;
  /** Null when they are listed by date. */
  readonly ranking: Ranking | null;
  readonly table: FacetTable;
}

/**
 * The rows of a page and where the next one begins; null behind the last one. A cursor is the row below which to go on,
 * or `best-N` for the N-th of those that are ranked.
 */
export function findPage(
  hits: Hits,
  page: { readonly cursor: string | undefined; readonly limit: number },
): { rows: number[]; cursor: string | null } {
  const { ranking } = hits;
  const { limit } = page;
  const offset = ranking === null ? null : offsetOfCursor(page.cursor);
  const best = ranking === null || offset === null ? [] : ranking.best.slice(offset, offset + limit);
  if (ranking !== null && offset !== null && offset + best.length < ranking.best.length)
    return { rows: best, cursor: `best-${offset + best.length}` };
  const below = ranking !== null && offset !== null ? ranking.floor : rowOfCursor(page.cursor);
  const others = othersBelow(hits, below, limit + 1 - best.length);
  const rows = [...best, ...others].slice(0, limit);
  // A page may end with the last of the best: then the others begin below the floor.
  const last = rows.length > best.length ? rows.at(-1) : below;
  return { rows, cursor: best.length + others.length > limit ? String(last) : null };
}

/** The row below which a page begins. */
export function rowOfCursor(cursor: string | undefined): number {
  const row = Number(cursor ?? Number.MAX_SAFE_INTEGER);
  return Number.isSafeInteger(row) ? row : Number.MAX_SAFE_INTEGER;
}

/** Where among the best a page begins; null for a page behind them. */
function offsetOfCursor(cursor: string | undefined): number | null {
  if (cursor === undefined) return 0;
  const offset = /^best-(\d{1,9})$/.exec(cursor)?.[1];
  return offset === undefined ? null : Number(offset);
}

/** Hits below a row, newest first, without those that are shown among the best wherever they stand. */
function othersBelow({ evaluation, ranking, table }: Hits, below: number, limit: number): number[] {
  const from = table.placeOf(below - 1);
  // To look at the places costs as much as some steps: ever more of them are taken between.
  for (let steps = 1; ; steps *= 2) {
    const rows: number[] = [];
    const to = evaluation.knownTo();
    eachBit(evaluation.places(), { from, to }, (place) => {
      const row = table.columns.row[place] ?? 0;
      if (!ranking?.fromAll.has(row)) rows.push(row);
      return rows.length < limit;
    });
    if (rows.length >= limit || to >= table.size) return rows;
    for (let step = 0; step < steps; step++) evaluation.advance();
  }
}

interface Sight {
  readonly first: number;
  readonly last: number;
  readonly pageRows: number;
  /** Pages whose beginning is known. */
  readonly known: number;
}

/** The pages to keep fresh: those in sight, and the last known one when what is in sight lies behind it. */
export function pagesToRead({ first, last, pageRows, known }: Sight): readonly number[] {
  const from = Math.min(Math.floor(first / pageRows), known - 1);
  const to = Math.min(Math.floor(last / pageRows), known - 1);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/**
 * Pages read at different times as one list. What has moved over a seam between two readings would stand there twice:
 * its second place stays empty until that page is read again.
 */
export function joinPages<Row extends { readonly id: string }>(
  pages: readonly (readonly Row[] | undefined)[],
  pageRows: number,
): readonly (Row | undefined)[] {
  const seen = new Set<string>();
  const rows: (Row | undefined)[] = [];
  for (const [index, page] of pages.entries()) {
    const isLast = index === pages.length - 1;
    const length = isLast ? (page?.length ?? 0) : (page?.length ?? pageRows);
    for (let at = 0; at < length; at++) {
      const row = page?.[at];
      const fresh = row !== undefined && !seen.has(row.id);
      if (row !== undefined) seen.add(row.id);
      rows.push(fresh ? row : undefined);
    }
  }
  return rows;
}

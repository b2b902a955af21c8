/** A grid as the keyboard sees it. */
export interface GridShape {
  readonly count: number;
  readonly columns: number;
  /** Rows that fit on the screen. */
  readonly pageRows: number;
}

/** Where a key leads from `index`, or null when the key does not move. */
export function nextIndex(key: string, index: number, shape: GridShape): number | null {
  const last = shape.count - 1;
  if (last < 0) return null;
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: shape.columns === 1 ? 0 : index - 1,
    ArrowRight: shape.columns === 1 ? 0 : index + 1,
    ArrowUp: index - shape.columns,
    ArrowDown: index + shape.columns,
    PageUp: index - shape.columns * shape.pageRows,
    PageDown: index + shape.columns * shape.pageRows,
    Home: 0,
    End: last,
  };
  const next = steps[key];
  if (next === undefined || (shape.columns === 1 && (key === 'ArrowLeft' || key === 'ArrowRight')))
    return null;
  // Up and down stay in their column at the edges; the other keys stop at the first and last item.
  if (key === 'ArrowUp' && next < 0) return index;
  if (key === 'ArrowDown' && next > last) {
    const inLastRow = Math.floor(index / shape.columns) === Math.floor(last / shape.columns);
    return inLastRow ? index : last;
  }
  return Math.min(last, Math.max(0, next));
}

/** How many cards of at least `minWidth` fit side by side. */
export function columnsFor(width: number, minWidth: number, gap: number): number {
  return Math.max(1, Math.floor((width + gap) / (minWidth + gap)));
}

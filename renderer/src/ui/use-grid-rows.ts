import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, type RefObject } from 'react';
import { columnsFor } from '../lib/grid-keys.ts';
import type { DataGridProps } from './grid-types.ts';
import { usePlaces } from './place-memory.tsx';
import { useWidth } from './use-width.ts';

const gap = 12;
const padding = 16;
const tableRowHeight = 40;
const tableHeaderHeight = 32;
const cardsTop = 4;

/** How many columns fit, how high a row is, and which rows are in the page. */
export function useGridRows<T>(
  props: DataGridProps<T>,
  active: number,
  scroller: RefObject<HTMLElement | null>,
) {
  const places = usePlaces();
  const width = useWidth(scroller);
  const { layout } = props;
  const inner = width - 2 * padding;
  const columns = layout.kind === 'cards' ? columnsFor(inner, layout.minWidth, gap) : 1;
  const cardWidth = (inner - gap * (columns - 1)) / columns;
  const rowHeight =
    layout.kind === 'cards' ? Math.round((cardWidth * 9) / 16) + layout.textHeight + gap : tableRowHeight;
  const rowCount = Math.ceil(props.items.length / columns);
  const margin = layout.kind === 'table' ? tableHeaderHeight : cardsTop;
  const activeRow = Math.min(rowCount - 1, Math.floor(active / columns));
  const virtualizer = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    initialOffset: places.get(props.placeKey)?.offset ?? 0,
    overscan: 3,
    scrollMargin: margin,
    scrollPaddingStart: layout.kind === 'table' ? tableHeaderHeight : cardsTop,
    // The row that holds the keyboard focus stays mounted, or the focus would fall back to the page.
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return activeRow < 0 || shown.includes(activeRow) ? shown : [...shown, activeRow].sort((a, b) => a - b);
    },
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  return { width, columns, rowHeight, rowCount, margin, virtualizer };
}

export type GridRows = ReturnType<typeof useGridRows>;

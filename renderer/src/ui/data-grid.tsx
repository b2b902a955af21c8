import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { columnsFor } from '../lib/grid-keys.ts';
import type { Selection } from '../lib/selection.ts';
import './data-grid.css';
import { usePlaces } from './place-memory.tsx';
import { useGridInput } from './use-grid-input.ts';
import { useWidth } from './use-width.ts';

/** A column of the table layout; `width` is a CSS grid track. */
export interface Column<T> {
  readonly key: string;
  readonly title: string;
  readonly width: string;
  readonly end?: boolean;
  readonly render: (item: T) => ReactNode;
}

/** Cards of at least `minWidth`, a 16:9 picture above `textHeight` of words; or rows with columns. */
export type GridLayout<T> =
  | {
      readonly kind: 'cards';
      readonly minWidth: number;
      readonly textHeight: number;
      readonly render: (item: T, state: { selected: boolean; active: boolean }) => ReactNode;
    }
  | { readonly kind: 'table'; readonly columns: readonly Column<T>[] };

export interface DataGridProps<T> {
  readonly label: string;
  readonly items: readonly T[];
  /** How many there are in all, of which `items` may be the first. */
  readonly total: number;
  readonly idOf: (item: T) => string;
  /** What a screen reader says for the item. */
  readonly nameOf: (item: T) => string;
  readonly layout: GridLayout<T>;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  readonly onOpen: (item: T) => void;
  /** For lists in which nothing is done with a selection: one click opens. */
  readonly openOnClick?: boolean;
  /** Keys the grid itself has no use for. */
  readonly onKey?: (key: string, item: T) => boolean;
  readonly onNearEnd: () => void;
  /** Under this key the grid finds its place again after Back. */
  readonly placeKey: string;
}

const gap = 12;
const padding = 16;
const tableRowHeight = 40;
const tableHeaderHeight = 32;
const cardsTop = 4;

function useRows<T>(props: DataGridProps<T>, active: number) {
  const scroller = useRef<HTMLDivElement>(null);
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
  return { scroller, width, columns, rowHeight, rowCount, margin, virtualizer };
}

/**
 * A virtualised grid of cards or table rows with roving focus and a selection.
 *
 * Arrow keys, Home, End, PageUp and PageDown move (Shift extends, Ctrl moves the focus alone), Space toggles, Enter
 * opens, Ctrl+A selects all that is loaded.
 */
export function DataGrid<T>(props: DataGridProps<T>): ReactNode {
  const { items, layout, selection } = props;
  const places = usePlaces();
  const [active, setActive] = useState(() => places.get(props.placeKey)?.active ?? 0);
  const rows = useRows(props, active);
  const { virtualizer, scroller, columns } = rows;
  const wantsFocus = useRef(false);
  const current = Math.min(active, Math.max(0, items.length - 1));

  const input = useGridInput({
    grid: props,
    active: current,
    shape: {
      count: items.length,
      columns,
      pageRows: Math.max(1, Math.floor((virtualizer.scrollRect?.height ?? 0) / rows.rowHeight)),
    },
    move: (index) => {
      wantsFocus.current = true;
      setActive(index);
      virtualizer.scrollToIndex(Math.floor(index / columns), { align: 'auto' });
    },
  });

  useEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    scroller.current?.querySelector<HTMLElement>(`[data-index="${current}"]`)?.focus({ preventScroll: true });
  });

  const lastShown = virtualizer.getVirtualItems().at(-1)?.index ?? 0;
  const { onNearEnd } = props;
  const nearEnd = items.length < props.total && lastShown >= rows.rowCount - 4;
  useEffect(() => {
    if (nearEnd) onNearEnd();
  }, [nearEnd, items.length, onNearEnd]);

  const header = layout.kind === 'table' ? 1 : 0;
  const template = layout.kind === 'table' ? layout.columns.map((column) => column.width).join(' ') : '';
  const cell = (item: T, index: number): ReactNode => {
    const selected = selection.ids.has(props.idOf(item));
    const shared = {
      'data-index': index,
      'aria-selected': selected,
      'aria-label': props.nameOf(item),
      tabIndex: index === current ? 0 : -1,
    };
    if (layout.kind === 'cards')
      return (
        <div
          key={props.idOf(item)}
          role="gridcell"
          aria-colindex={(index % columns) + 1}
          className="grid-card"
          {...shared}
        >
          {layout.render(item, { selected, active: index === current })}
        </div>
      );
    return (
      <div
        key={props.idOf(item)}
        role="row"
        aria-rowindex={index + 2}
        className="grid-line"
        style={{ gridTemplateColumns: template }}
        {...shared}
      >
        {layout.columns.map((column) => (
          <div key={column.key} role="gridcell" className={column.end ? 'grid-cell grid-end' : 'grid-cell'}>
            {column.render(item)}
          </div>
        ))}
      </div>
    );
  };

  return (
    <div
      ref={scroller}
      className={`data-grid data-grid-${layout.kind}`}
      role="grid"
      aria-label={props.label}
      aria-multiselectable
      aria-rowcount={Math.ceil(props.total / columns) + header}
      aria-colcount={layout.kind === 'cards' ? columns : layout.columns.length}
      onKeyDown={input.onKeyDown}
      onClick={(event) => {
        const index = input.onClick(event);
        if (index !== null) setActive(index);
      }}
      onDoubleClick={input.onDoubleClick}
      onScroll={(event) =>
        places.set(props.placeKey, { offset: event.currentTarget.scrollTop, active: current })
      }
    >
      {layout.kind === 'table' && (
        <div className="grid-header" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
          {layout.columns.map((column) => (
            <div key={column.key} role="columnheader" className={column.end ? 'grid-end' : ''}>
              {column.title}
            </div>
          ))}
        </div>
      )}
      <div role="presentation" className="grid-canvas" style={{ height: virtualizer.getTotalSize() }}>
        {rows.width > 0 &&
          virtualizer.getVirtualItems().map((row) => {
            const first = row.index * columns;
            const inRow = items.slice(first, first + columns);
            const place = { transform: `translateY(${row.start - rows.margin}px)`, height: rows.rowHeight };
            if (layout.kind === 'table')
              return (
                <div key={row.key} role="presentation" className="grid-row" style={place}>
                  {inRow.map((item, offset) => cell(item, first + offset))}
                </div>
              );
            return (
              <div
                key={row.key}
                role="row"
                aria-rowindex={row.index + 1}
                className="grid-row grid-row-cards"
                style={{ ...place, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
              >
                {inRow.map((item, offset) => cell(item, first + offset))}
              </div>
            );
          })}
      </div>
    </div>
  );
}

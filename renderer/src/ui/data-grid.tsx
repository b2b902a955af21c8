import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import './data-grid.css';
import { GridHeader, GridItem } from './grid-cells.tsx';
import type { DataGridProps } from './grid-types.ts';
import { isTyping } from './is-typing.ts';
import { usePlaces } from './place-memory.tsx';
import { useGridInput } from './use-grid-input.ts';
import { useGridRows, type GridRows } from './use-grid-rows.ts';
import { useReveal } from './use-reveal.ts';

/** The item that has the keyboard's focus; the place is remembered and, when the reader comes back, focused again. */
function useActiveItem(placeKey: string, count: number, scroller: RefObject<HTMLElement | null>) {
  const places = usePlaces();
  const [active, setActive] = useState(() => places.get(placeKey)?.active ?? 0);
  const wantsFocus = useRef(places.has(placeKey));
  const current = Math.min(active, Math.max(0, count - 1));
  useEffect(() => {
    places.set(placeKey, { offset: places.get(placeKey)?.offset ?? 0, active: current });
  }, [places, placeKey, current]);
  // After every render: the row that was asked for may be mounted only by now.
  useEffect(() => {
    if (!wantsFocus.current) return;
    const item = scroller.current?.querySelector<HTMLElement>(`[data-index="${current}"]`);
    if (!item) return;
    wantsFocus.current = false;
    // A list that comes back under the fingers of somebody who types its filter is looked at, not gone to.
    if (!isTyping(document.activeElement)) item.focus({ preventScroll: true });
  });
  return {
    current,
    activate: setActive,
    focus: (index: number): void => {
      wantsFocus.current = true;
      setActive(index);
    },
  };
}

function useNearEnd<T>(props: DataGridProps<T>, rows: GridRows): void {
  const { items, total, onNearEnd } = props;
  const lastShown = rows.virtualizer.getVirtualItems().at(-1)?.index ?? 0;
  // Asked again for every page that arrives, for as long as the end stays in sight.
  const endingAt = items.length < total && lastShown >= rows.rowCount - 4 ? items.length : null;
  useEffect(() => {
    if (endingAt !== null) onNearEnd();
  }, [endingAt, onNearEnd]);
}

/**
 * A virtualised grid of cards or table rows with roving focus and a selection.
 *
 * Arrow keys, Home, End, PageUp and PageDown move (Shift extends, Ctrl moves the focus alone), Space toggles, Enter
 * opens, Ctrl+A selects all that is loaded.
 */
export function DataGrid<T>(props: DataGridProps<T>): ReactNode {
  const { items, layout } = props;
  const places = usePlaces();
  const scroller = useRef<HTMLDivElement>(null);
  const { current, activate, focus } = useActiveItem(props.placeKey, items.length, scroller);
  const rows = useGridRows(props, current, scroller);
  const { virtualizer, columns } = rows;
  const scrollTo = (index: number): void =>
    virtualizer.scrollToIndex(Math.floor(index / columns), { align: 'auto' });

  const input = useGridInput({
    grid: props,
    active: current,
    shape: {
      count: items.length,
      columns,
      pageRows: Math.max(1, Math.floor((virtualizer.scrollRect?.height ?? 0) / rows.rowHeight)),
    },
    move: (index) => {
      focus(index);
      scrollTo(index);
    },
  });

  useReveal({
    id: props.revealId,
    // Before the width is known there is one column, and its rows are not those that will be shown.
    index:
      props.revealId === undefined || rows.width === 0
        ? -1
        : items.findIndex((item) => props.idOf(item) === props.revealId),
    activate,
    scrollTo,
  });
  useNearEnd(props, rows);

  return (
    <div
      ref={scroller}
      className={`data-grid data-grid-${layout.kind}`}
      role="grid"
      aria-label={props.label}
      aria-multiselectable
      tabIndex={-1}
      aria-rowcount={Math.ceil(props.total / columns) + (layout.kind === 'table' ? 1 : 0)}
      aria-colcount={layout.kind === 'cards' ? columns : layout.columns.length}
      onKeyDown={input.onKeyDown}
      onClick={(event) => {
        const index = input.onClick(event);
        if (index !== null) activate(index);
      }}
      onDoubleClick={input.onDoubleClick}
      onScroll={(event) =>
        places.set(props.placeKey, { offset: event.currentTarget.scrollTop, active: current })
      }
    >
      <GridHeader grid={props} />
      <GridCanvas grid={props} rows={rows} current={current} />
    </div>
  );
}

function GridCanvas<T>(props: { grid: DataGridProps<T>; rows: GridRows; current: number }): ReactNode {
  const { grid, rows, current } = props;
  const { columns, virtualizer } = rows;
  const cards = grid.layout.kind === 'cards';
  const size = {
    height: virtualizer.getTotalSize(),
    ...(grid.layout.kind === 'table' && { minWidth: grid.layout.minWidth }),
  };
  return (
    <div role="presentation" className="grid-canvas" style={size}>
      {rows.width > 0 &&
        virtualizer.getVirtualItems().map((row) => {
          const first = row.index * columns;
          const place = { transform: `translateY(${row.start - rows.margin}px)`, height: rows.rowHeight };
          return (
            <div
              key={row.key}
              className={cards ? 'grid-row grid-row-cards' : 'grid-row'}
              {...(cards ? { role: 'row', 'aria-rowindex': row.index + 1 } : { role: 'presentation' })}
              style={cards ? { ...place, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` } : place}
            >
              {grid.items.slice(first, first + columns).map((item, offset) => (
                <GridItem
                  key={grid.idOf(item)}
                  grid={grid}
                  item={item}
                  index={first + offset}
                  columns={columns}
                  active={first + offset === current}
                />
              ))}
            </div>
          );
        })}
    </div>
  );
}

import { memo, type ReactNode } from 'react';
import type { DataGridProps } from './grid-types.ts';

interface GridItemProps<T> {
  readonly grid: DataGridProps<T>;
  readonly item: T;
  readonly index: number;
  readonly columns: number;
  readonly active: boolean;
}

/** The column widths of a table as one CSS value; nothing for cards. */
function trackTemplate<T>(grid: DataGridProps<T>): string {
  return grid.layout.kind === 'table' ? grid.layout.columns.map((column) => column.width).join(' ') : '';
}

function GridItemView<T>({ grid, item, index, columns, active }: GridItemProps<T>): ReactNode {
  const { layout } = grid;
  const shared = {
    'data-index': index,
    'aria-selected': grid.selection.ids.has(grid.idOf(item)),
    tabIndex: active ? 0 : -1,
  };
  if (layout.kind === 'cards')
    return (
      <div role="gridcell" aria-colindex={(index % columns) + 1} className="grid-card" {...shared}>
        {layout.render(item)}
      </div>
    );
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className="grid-line"
      style={{ gridTemplateColumns: trackTemplate(grid) }}
      {...shared}
    >
      {layout.columns.map((column) => (
        <div key={column.key} role="gridcell" className={column.end ? 'grid-cell grid-end' : 'grid-cell'}>
          {column.render(item)}
        </div>
      ))}
    </div>
  );
}

/**
 * One item: a card in its cell, or a table row with its cells. Its own words are its name.
 *
 * While the reader scrolls the grid renders alone and its props stay the same object, so items in sight are kept.
 */
export const GridItem = memo(GridItemView) as typeof GridItemView;

/** The headings of a table; cards have none. */
export function GridHeader<T>({ grid }: { grid: DataGridProps<T> }): ReactNode {
  const { layout } = grid;
  if (layout.kind === 'cards') return null;
  return (
    <div
      className="grid-header"
      role="row"
      aria-rowindex={1}
      style={{ gridTemplateColumns: trackTemplate(grid), minWidth: layout.minWidth }}
    >
      {layout.columns.map((column) => (
        <div key={column.key} role="columnheader" className={column.end ? 'grid-end' : ''}>
          {column.title}
        </div>
      ))}
    </div>
  );
}

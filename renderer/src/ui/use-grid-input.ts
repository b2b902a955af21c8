import { useRef, type KeyboardEvent, type MouseEvent } from 'react';
import { nextIndex, type GridShape } from '../lib/grid-keys.ts';
import { noSelection, select, selectAll, type SelectMode } from '../lib/selection.ts';
import type { DataGridProps } from './grid-types.ts';

interface InputDeps<T> {
  readonly grid: DataGridProps<T>;
  readonly active: number;
  readonly shape: GridShape;
  /** Moves the focus to an index and brings it into sight. */
  readonly move: (index: number) => void;
}

function modeOf(event: { ctrlKey: boolean; metaKey: boolean; shiftKey: boolean }): SelectMode {
  if (event.shiftKey) return 'range';
  return event.ctrlKey || event.metaKey ? 'toggle' : 'only';
}

function indexUnder(target: EventTarget): number | null {
  const holder = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
  return holder === null ? null : Number(holder.dataset['index']);
}

/** Keyboard and pointer of a grid, kept apart from how it is drawn. */
export function useGridInput<T>(deps: InputDeps<T>) {
  const { grid, active, shape, move } = deps;
  const pressed = useRef<number | null>(null);
  const order = (): string[] => grid.items.map(grid.idOf);
  const choose = (index: number, mode: SelectMode): void => {
    const item = grid.items[index];
    if (item !== undefined) grid.onSelect(select(grid.selection, order(), { id: grid.idOf(item), mode }));
  };

  const command = (event: KeyboardEvent, item: T): boolean => {
    if (event.key === ' ') choose(active, event.shiftKey ? 'range' : 'toggle');
    else if (event.key === 'Enter') grid.onOpen(item);
    else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey))
      grid.onSelect(selectAll(order()));
    else if (event.key === 'Escape' && grid.selection.ids.size > 0) grid.onSelect(noSelection);
    else return false;
    return true;
  };

  return {
    onKeyDown: (event: KeyboardEvent): void => {
      const item = grid.items[active];
      if (item === undefined || event.altKey || indexUnder(event.target) === null) return;
      const next = nextIndex(event.key, active, shape);
      if (next !== null) {
        event.preventDefault();
        move(next);
        if (event.shiftKey) choose(next, 'range');
        else if (!event.ctrlKey && !event.metaKey) choose(next, 'only');
        return;
      }
      if (command(event, item)) event.preventDefault();
      else if (!event.ctrlKey && !event.metaKey && grid.onKey?.(event.key, item)) event.preventDefault();
    },
    onClick: (event: MouseEvent): number | null => {
      // The first click may open the inspector and move what is under the pointer: the second still means the first.
      if (event.detail > 1) return null;
      const index = indexUnder(event.target);
      pressed.current = index;
      const item = index === null ? undefined : grid.items[index];
      if (index !== null) choose(index, modeOf(event));
      if (item !== undefined && grid.openOnClick === true) grid.onOpen(item);
      return index;
    },
    onDoubleClick: (): void => {
      const item = pressed.current === null ? undefined : grid.items[pressed.current];
      if (item !== undefined) grid.onOpen(item);
    },
  };
}

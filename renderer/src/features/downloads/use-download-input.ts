import type { KeyboardEvent, MouseEvent } from 'react';
import type { Download } from '../../../../shared/contract/downloads.ts';
import { nextIndex } from '../../lib/grid-keys.ts';
import { noSelection, select, type SelectMode } from '../../lib/selection.ts';
import type { DownloadGridProps } from './download-grid.tsx';
import { stepMove, type QueueStep } from './queue-moves.ts';

interface InputDeps {
  readonly grid: DownloadGridProps;
  readonly active: number;
  readonly pageRows: () => number;
  /** Moves the focus to a row and brings it into sight. */
  readonly focus: (index: number) => void;
  readonly activate: (index: number) => void;
}

const stepKeys: Readonly<Record<string, QueueStep>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'top',
  End: 'bottom',
};

function modeOf(event: { ctrlKey: boolean; metaKey: boolean; shiftKey: boolean }): SelectMode {
  if (event.shiftKey) return 'range';
  return event.ctrlKey || event.metaKey ? 'toggle' : 'only';
}

function rowUnder(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
}

/** Whether a click or a key belongs to something inside a row. */
function inControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a, button, input, select, [role="menu"]') !== null;
}

/** Keyboard and pointer of the list, kept apart from how it is drawn. */
export function useDownloadInput(deps: InputDeps) {
  const { grid, active } = deps;
  const { rows, total } = grid.pages;
  const order = (): Download['id'][] => rows.flatMap((row) => (row === undefined ? [] : [row.id]));
  const choose = (index: number, mode: SelectMode): void => {
    const row = rows[index];
    if (row !== undefined) grid.onSelect(select(grid.selection, order(), { id: row.id, mode }));
  };

  const reorder = (key: string, row: Download): boolean => {
    const step = stepKeys[key];
    if (step === undefined || grid.onMove === null) return false;
    const chosen = grid.selection.ids.has(row.id) ? grid.selection.ids : new Set([row.id]);
    const move = stepMove(order(), chosen, step);
    if (move !== null) grid.onMove(move);
    return true;
  };

  const command = (event: KeyboardEvent, row: Download): boolean => {
    const { key } = event;
    const withControl = event.ctrlKey || event.metaKey;
    if (key === ' ') choose(active, event.shiftKey ? 'range' : 'toggle');
    else if (key === 'Enter') grid.onOpen(row);
    else if (key.toLowerCase() === 'a' && withControl) grid.onSelectAll();
    else if (key === 'Escape' && grid.selection.ids.size > 0) grid.onSelect(noSelection);
    else return !withControl && grid.onKey(key, row);
    return true;
  };

  return {
    onKeyDown: (event: KeyboardEvent): void => {
      const row = rows[active];
      if (row === undefined || rowUnder(event.target) === null || inControl(event.target)) return;
      if (event.altKey) {
        if (reorder(event.key, row)) event.preventDefault();
        return;
      }
      const next = nextIndex(event.key, active, { count: total, columns: 1, pageRows: deps.pageRows() });
      if (next === null) {
        if (command(event, row)) event.preventDefault();
        return;
      }
      event.preventDefault();
      deps.focus(next);
      if (event.shiftKey) choose(next, 'range');
      else if (!event.ctrlKey && !event.metaKey) choose(next, 'only');
    },
    onClick: (event: MouseEvent): void => {
      const holder = rowUnder(event.target);
      if (holder === null || event.detail > 1) return;
      const index = Number(holder.dataset['index']);
      deps.activate(index);
      if (!inControl(event.target)) choose(index, modeOf(event));
    },
    onDoubleClick: (event: MouseEvent): void => {
      const holder = rowUnder(event.target);
      const row = holder === null ? undefined : rows[Number(holder.dataset['index'])];
      if (row !== undefined && !inControl(event.target)) grid.onOpen(row);
    },
  };
}

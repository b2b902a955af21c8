import { useState, type DragEvent } from 'react';
import type { Download } from '../../../../shared/contract/downloads.ts';
import type { DownloadGridProps } from './download-grid.tsx';
import { dropMove } from './queue-moves.ts';

function gapUnder(event: DragEvent): number | null {
  const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
  if (row === null) return null;
  const { top, height } = row.getBoundingClientRect();
  return Number(row.dataset['index']) + (event.clientY > top + height / 2 ? 1 : 0);
}

/** Dragging rows to another place of the queue; a dragged row that is selected takes the whole selection along. */
export function useRowDrag({ pages, selection, onMove }: DownloadGridProps) {
  const [dragged, setDragged] = useState<ReadonlySet<string> | null>(null);
  const [gap, setGap] = useState<number | null>(null);
  const end = (): void => {
    setDragged(null);
    setGap(null);
  };
  const order = (): Download['id'][] => pages.rows.flatMap((row) => (row === undefined ? [] : [row.id]));

  return {
    /** The row before whose index the dragged ones would land, for the line that shows it. */
    gap,
    row: (download: Download) =>
      onMove === null
        ? {}
        : {
            draggable: true,
            onDragStart: (event: DragEvent): void => {
              event.dataTransfer.effectAllowed = 'move';
              event.dataTransfer.setData('text/plain', download.title);
              setDragged(selection.ids.has(download.id) ? selection.ids : new Set([download.id]));
            },
            onDragEnd: end,
          },
    list:
      dragged === null || onMove === null
        ? {}
        : {
            onDragOver: (event: DragEvent): void => {
              event.preventDefault();
              event.dataTransfer.dropEffect = 'move';
              setGap(gapUnder(event));
            },
            onDrop: (event: DragEvent): void => {
              event.preventDefault();
              const index = gapUnder(event);
              const move = index === null ? null : dropMove(order(), dragged, index);
              if (move !== null) onMove(move);
              end();
            },
          },
  };
}

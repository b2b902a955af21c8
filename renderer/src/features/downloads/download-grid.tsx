import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Download } from '../../../../shared/contract/downloads.ts';
import type { DownloadId } from '../../../../shared/contract/values.ts';
import type { Selection } from '../../lib/selection.ts';
import type { QueueMove } from './queue-moves.ts';
import type { DownloadPages } from './use-download-pages.ts';
import { useDownloadInput } from './use-download-input.ts';
import { useRowDrag } from './use-row-drag.ts';

/** Before a row was measured; most of them have a title, a file name and a bar. */
const likelyRowHeights = { comfortable: 84, compact: 52 } as const;

/** What the list of a tab shows and whom it tells. */
export interface DownloadGridProps {
  readonly pages: DownloadPages;
  readonly density: keyof typeof likelyRowHeights;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  readonly onSelectAll: () => void;
  /** Changes the queue's order; null where the order is not the queue's. */
  readonly onMove: ((move: QueueMove<DownloadId>) => void) | null;
  readonly onOpen: (download: Download) => void;
  /** Keys the list itself has no use for. */
  readonly onKey: (key: string, download: Download) => boolean;
  readonly render: (download: Download, active: boolean) => ReactNode;
}

/** The row that has the keyboard: it is followed by its id, because rows move while one looks at them. */
function useActiveRow({ rows, total }: DownloadPages) {
  const [active, setActive] = useState<{ id: string | null; index: number }>({ id: null, index: 0 });
  const at = active.id === null ? -1 : rows.findIndex((row) => row?.id === active.id);
  const index = at >= 0 ? at : Math.min(active.index, Math.max(0, total - 1));
  if (at >= 0 && at !== active.index) setActive({ id: active.id, index: at });
  return { index, activate: (next: number): void => setActive({ id: rows[next]?.id ?? null, index: next }) };
}

/**
 * The rows of a tab with roving focus and a selection; only those in sight are in the page.
 *
 * Beside the keys of every list, Alt with the up and down keys moves rows in the queue, Home and End to its ends.
 */
export function DownloadGrid(props: DownloadGridProps): ReactNode {
  const { pages, density, selection } = props;
  const likelyRowHeight = likelyRowHeights[density];
  const scroller = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  const inside = useRef(false);
  const { index: active, activate } = useActiveRow(pages);
  const virtualizer = useVirtualizer({
    count: pages.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => likelyRowHeight,
    getItemKey: (index) => pages.rows[index]?.id ?? index,
    overscan: 6,
    // The row that holds the keyboard focus stays mounted, or the focus would fall back to the page.
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return shown.includes(active) || active >= range.count
        ? shown
        : [...shown, active].sort((a, b) => a - b);
    },
  });

  // Rows out of sight keep their measure, which was of another density.
  useEffect(() => virtualizer.measure(), [virtualizer, density]);

  const { range } = virtualizer;
  const first = range?.startIndex ?? 0;
  const last = range?.endIndex ?? 0;
  const { look } = pages;
  useEffect(() => look({ first, last }));

  // After every render: the row that was asked for may be mounted only by now, and the one that had the focus may have
  // left the list, because it is complete.
  useEffect(() => {
    if (!wantsFocus.current && (!inside.current || document.activeElement !== document.body)) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${active}"]`);
    if (!row) return;
    wantsFocus.current = false;
    row.focus({ preventScroll: true });
  });

  const input = useDownloadInput({
    grid: props,
    active,
    pageRows: () => Math.max(1, Math.floor((virtualizer.scrollRect?.height ?? 0) / likelyRowHeight)),
    focus: (index) => {
      wantsFocus.current = true;
      activate(index);
      virtualizer.scrollToIndex(index, { align: 'auto' });
    },
    activate,
  });
  const drag = useRowDrag(props);

  return (
    <div
      ref={scroller}
      className="download-scroll"
      role="grid"
      aria-label="Downloads"
      aria-multiselectable
      aria-rowcount={pages.total}
      tabIndex={-1}
      onKeyDown={input.onKeyDown}
      onClick={input.onClick}
      onDoubleClick={input.onDoubleClick}
      onFocus={({ target }) => {
        inside.current = true;
        const row = target.closest<HTMLElement>('[data-index]');
        if (row !== null) activate(Number(row.dataset['index']));
      }}
      onBlur={({ target }) => {
        // A row that was taken away blurs too; only one that is still there was left on purpose.
        queueMicrotask(() => {
          if (target.isConnected)
            inside.current = scroller.current?.contains(document.activeElement) === true;
        });
      }}
    >
      <div
        className="download-list"
        role="presentation"
        style={{ height: virtualizer.getTotalSize() }}
        {...drag.list}
      >
        {virtualizer.getVirtualItems().map((item) => {
          const download = pages.rows[item.index];
          const edge =
            drag.gap === item.index ? ' drop-before' : drag.gap === item.index + 1 ? ' drop-after' : '';
          return (
            <div
              key={item.key}
              ref={virtualizer.measureElement}
              role="row"
              className={`download download-${download?.state ?? 'unread'}${edge}`}
              data-index={item.index}
              aria-rowindex={item.index + 1}
              aria-selected={download !== undefined && selection.ids.has(download.id)}
              tabIndex={item.index === active ? 0 : -1}
              style={{ transform: `translateY(${item.start}px)` }}
              {...(download !== undefined && drag.row(download))}
            >
              {download === undefined ? (
                <span role="gridcell" className="muted small">
                  Reading…
                </span>
              ) : (
                props.render(download, item.index === active)
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

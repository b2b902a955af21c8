import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type ReactNode } from 'react';
import type { Download } from '../../../../shared/contract/downloads.ts';

/** The rows of a tab; only those in sight are in the page. */
export function DownloadList(props: {
  downloads: readonly Download[];
  render: (download: Download) => ReactNode;
}): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: props.downloads.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 92,
    getItemKey: (index) => props.downloads[index]?.id ?? index,
    overscan: 6,
  });
  return (
    <div ref={scroller} className="screen-body">
      <ul className="download-list" aria-label="Downloads" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((row) => {
          const download = props.downloads[row.index];
          return download === undefined ? null : (
            <li
              key={row.key}
              ref={virtualizer.measureElement}
              data-index={row.index}
              aria-setsize={props.downloads.length}
              aria-posinset={row.index + 1}
              style={{ transform: `translateY(${row.start}px)` }}
            >
              {props.render(download)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Download } from '../../../../shared/contract/downloads.ts';
import { formatBytes, formatCount, formatNumber } from '../../lib/format.ts';
import type { DownloadTab } from '../../lib/search-params.ts';
import { noSelection } from '../../lib/selection.ts';
import { Loading } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { StatusFacts } from '../../ui/status-slot.tsx';
import { useMinute } from '../../ui/use-minute.ts';
import { verbsFor, type DownloadActions, type DownloadVerb } from './download-actions.ts';
import { DownloadGrid } from './download-grid.tsx';
import { DownloadInspector } from './download-inspector.tsx';
import { DownloadItem } from './download-item.tsx';
import type { RowDeeds } from './download-verbs.tsx';
import type { ListLook } from './list-look.tsx';
import { NothingHere } from './nothing-here.tsx';
import { stepMove } from './queue-moves.ts';
import { listOf, useDownloadPages } from './use-download-pages.ts';
import { useDownloadSelection } from './use-download-selection.ts';

interface TabProps {
  readonly tab: DownloadTab;
  readonly look: Pick<ListLook, 'density' | 'sort'>;
  readonly actions: DownloadActions;
  /** Runs a verb, after a question where something would be lost. */
  readonly onVerb: (verb: DownloadVerb, downloads: readonly Download[]) => void;
}

/** The rows of one tab, and what is selected among them. */
export function DownloadsTab({ tab, look, actions, onVerb }: TabProps): ReactNode {
  const navigate = useNavigate();
  const nowMs = useMinute();
  const list = listOf(tab, look.sort);
  const pages = useDownloadPages(list);
  const chosen = useDownloadSelection(list, pages.rows);
  const { selected } = chosen;
  const onMove = tab === 'active' ? actions.move : null;
  /** A key on one of several selected rows means them all. */
  const meantBy = (download: Download): readonly Download[] =>
    chosen.selection.ids.has(download.id) ? selected : [download];

  const deeds: RowDeeds = {
    onVerb: (verb, download) => onVerb(verb, [download]),
    onPriority: (priority, download) => actions.change([download.id], { priority }),
    onStep:
      onMove === null
        ? null
        : (step, download) => {
            const order = pages.rows.flatMap((row) => (row === undefined ? [] : [row.id]));
            const move = stepMove(order, new Set([download.id]), step);
            if (move !== null) onMove(move);
          },
    onSwap: (id, smaller) => actions.swap(id, smaller.renditionId),
    onDetails: (download) => chosen.select({ ids: new Set([download.id]), anchor: download.id }),
  };
  const runOn = (verbs: readonly DownloadVerb[], download: Download): boolean => {
    for (const verb of verbs) {
      const meant = meantBy(download).filter((one) => verbsFor(one).includes(verb));
      if (meant.length === 0) continue;
      onVerb(verb, meant);
      return true;
    }
    return false;
  };

  return (
    <>
      <div className="screen-split">
        <div className="screen-list">
          {pages.isPending && pages.error === null && <Loading label="Reading the downloads…" />}
          {pages.error !== null && (
            <div className="strip">
              <ErrorNote error={pages.error} />
            </div>
          )}
          {!pages.isPending && pages.error === null && pages.total === 0 && <NothingHere tab={tab} />}
          {pages.total > 0 && (
            <DownloadGrid
              pages={pages}
              density={look.density}
              selection={chosen.selection}
              onSelect={chosen.select}
              onSelectAll={chosen.selectAll}
              onMove={onMove}
              onOpen={(download) => {
                if (download.clipId !== null)
                  void navigate({ to: '/library', search: { clip: download.clipId } });
                else if (download.assetId !== null)
                  void navigate({ to: '/asset/$assetId', params: { assetId: download.assetId } });
                else deeds.onDetails(download);
              }}
              onKey={(key, download) => {
                if (key.toLowerCase() === 'p') return runOn(['pause', 'resume'], download);
                if (key.toLowerCase() === 'r') return runOn(['retry'], download);
                return key === 'Delete' && runOn(['cancel', 'forget'], download);
              }}
              render={(download, active) => (
                <DownloadItem download={download} nowMs={nowMs} active={active} deeds={deeds} />
              )}
            />
          )}
        </div>
        {(pages.total > 0 || selected.length > 0) && (
          <DownloadInspector
            tab={tab}
            selected={selected}
            actions={actions}
            onVerb={onVerb}
            onClose={() => chosen.select(noSelection)}
          />
        )}
      </div>
      <StatusFacts>
        <span>{formatCount(pages.total, 'download')}</span>
        {selected.length > 0 && (
          <span>
            {formatNumber(selected.length)} selected ·{' '}
            {formatBytes(selected.reduce((sum, one) => sum + (one.sizeBytes ?? one.bytes), 0))}
          </span>
        )}
      </StatusFacts>
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Download as DownloadIcon, RefreshCw, Square } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { AssetRow } from '../../../../shared/contract/catalogue.ts';
import type { Source } from '../../../../shared/contract/sources.ts';
import { useCore } from '../../lib/app-context.tsx';
import { formatCount, formatDuration, formatNumber, formatTime, percentOf } from '../../lib/format.ts';
import { compact } from '../../lib/search-params.ts';
import { noSelection } from '../../lib/selection.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { DataGrid } from '../../ui/data-grid.tsx';
import { useSync, type SyncProgress } from '../../ui/sync-provider.tsx';
import type { DownloadChoice } from '../../ui/download-button.tsx';
import { useDownloadStart } from '../../ui/download-start.tsx';
import { Loading } from '../../ui/empty-state.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { Screen } from '../../ui/screen.tsx';
import { StatusFacts } from '../../ui/status-slot.tsx';
import { useDownloadsByAsset } from '../../ui/use-active-downloads.ts';
import { ViewToggle } from '../../ui/view-toggle.tsx';
import { AssetCard, assetColumns } from './asset-card.tsx';
import { AssetInspector } from './asset-inspector.tsx';
import { BoardToggle, OrderToggle } from './catalogue-modes.tsx';
import { FacetPanel } from './facet-panel.tsx';
import { SavedSearchBar } from './saved-search-bar.tsx';
import { releasedOf } from './released-of.ts';
import { CatalogueFilters } from './catalogue-filters.tsx';
import { CatalogueState } from './catalogue-state.tsx';
import { useFirstSync } from './use-first-sync.ts';
import { useCatalogue } from './use-catalogue.ts';

const route = getRouteApi('/catalogue');

function freshness(sources: readonly Source[]): string {
  const times = sources.flatMap((source) => (source.lastSyncAtMs === null ? [] : [source.lastSyncAtMs]));
  return times.length === 0 ? 'Never synced' : `Synced ${formatTime(Math.min(...times))}`;
}

function SyncLine(props: { progress: SyncProgress; onStop: () => void }): ReactNode {
  const { sourceName, done, total } = props.progress;
  return (
    <div className="strip row sync-line" role="status">
      <div className="spacer stack">
        <span className="small number">
          Reading {sourceName}: {formatNumber(done)}
          {total === null ? '' : ` of ${formatNumber(total)}`}
        </span>
        <ProgressBar label={`Sync of ${sourceName}`} percent={percentOf(done, total)} />
      </div>
      <IconButton icon={Square} label="Stop the sync" onClick={props.onStop} />
    </div>
  );
}

/** The catalogue of all sources: search, look, select, download. */
export function CatalogueScreen(): ReactNode {
  const { queries } = useCore();
  const search = route.useSearch();
  const navigate = useNavigate();
  const sources = useQuery(queries.sources.list.queryOptions()).data?.sources;
  const list = useCatalogue(search);
  const sync = useSync();
  const byAsset = useDownloadsByAsset();
  const downloads = useDownloadStart();
  const [selection, setSelection] = useState(noSelection);
  const view = search.view ?? 'cards';
  const placeKey = `catalogue ${JSON.stringify(search)}`;
  const selected = list.items.filter((asset) => selection.ids.has(asset.id));
  const unavailable = sources?.find((source) => source.state === 'unavailable');

  const startSync = (): void => sync.start(sources ?? []);
  useFirstSync(sources, sync.start);
  const clear = (): void => void navigate({ to: '/catalogue', search: compact({ view: search.view }) });
  const download = (assets: readonly AssetRow[], choice: DownloadChoice | null = null): void => {
    if (assets.length === 0) return;
    // One that is not released would make the core refuse them all; alone it is asked for, and the reason is told.
    const released = releasedOf(assets);
    const wanted = released.length === 0 ? assets : released;
    downloads.start({
      assetIds: wanted.map((asset) => asset.id),
      sourceIds: wanted.map((asset) => asset.sourceId),
      rendition: 'best',
      ...choice,
      leftOut: assets.length - wanted.length,
    });
  };

  return (
    <Screen
      title="Catalogue"
      note={sources === undefined ? '' : sources.length === 0 ? 'No source yet' : freshness(sources)}
      actions={
        <>
          <Button
            variant="primary"
            icon={DownloadIcon}
            disabled={selected.length === 0 || (selected.length > 1 && releasedOf(selected).length === 0)}
            onClick={() => download(selected)}
          >
            {selected.length > 1 ? `Download ${formatNumber(releasedOf(selected).length)}` : 'Download'}
          </Button>
          <Button
            icon={RefreshCw}
            disabled={sync.progress !== null || sources === undefined || sources.length === 0}
            onClick={startSync}
          >
            Sync now
          </Button>
          <ViewToggle
            view={view}
            onChange={(next) =>
              void navigate({ to: '/catalogue', search: { ...search, view: next }, replace: true })
            }
          />
        </>
      }
    >
      <CatalogueFilters search={search} />
      <div className="strip row row-wrap catalogue-modes">
        <BoardToggle search={search} />
        <OrderToggle search={search} />
        <span className="spacer" />
        <SavedSearchBar search={search} filter={list.filter} />
      </div>
      {sync.progress !== null && <SyncLine progress={sync.progress} onStop={sync.stop} />}
      {unavailable !== undefined && list.items.length > 0 && (
        <div className="strip">
          <Note tone="warn">
            <p>
              <strong>{unavailable.name} cannot be reached.</strong> {unavailable.reason} What was read before
              is shown.
            </p>
          </Note>
        </div>
      )}
      <div className="screen-split">
        {(list.items.length > 0 || list.filtered) && (
          <FacetPanel
            filter={list.filter}
            search={search}
            onNarrow={(change) =>
              void navigate({ to: '/catalogue', search: compact({ ...search, ...change }), replace: true })
            }
          />
        )}
        <div className="screen-list">
          {list.error !== null && (
            <div className="strip">
              <ErrorNote error={list.error} />
            </div>
          )}
          {list.isPending && list.error === null && <Loading label="Reading the catalogue…" />}
          {!list.isPending && list.items.length === 0 && list.error === null && (
            <CatalogueState
              sources={sources}
              filtered={list.filtered}
              syncing={sync.progress !== null}
              onSync={startSync}
              onClear={clear}
            />
          )}
          {list.items.length > 0 && (
            <DataGrid
              // Other filters are another list, which begins at its top.
              key={placeKey}
              label="Catalogue"
              items={list.items}
              total={list.total}
              idOf={(asset) => asset.id}
              layout={
                view === 'table'
                  ? { kind: 'table', minWidth: 980, columns: assetColumns(byAsset) }
                  : {
                      kind: 'cards',
                      minWidth: 208,
                      textHeight: 100,
                      render: (asset) => <AssetCard asset={asset} download={byAsset.get(asset.id)} />,
                    }
              }
              selection={selection}
              onSelect={setSelection}
              onOpen={(asset) =>
                void navigate({
                  to: '/asset/$assetId',
                  params: { assetId: asset.id },
                  search: compact({ at: search.query }),
                })
              }
              onKey={(key, asset) => {
                if (key.toLowerCase() !== 'd') return false;
                download(selected.length > 0 ? selected : [asset]);
                return true;
              }}
              onNearEnd={list.loadMore}
              placeKey={placeKey}
            />
          )}
        </div>
        {list.items.length > 0 && (
          <AssetInspector
            selected={selected}
            downloads={byAsset}
            onDownload={(choice) => download(selected, choice)}
            onClose={() => setSelection(noSelection)}
          />
        )}
      </div>
      <StatusFacts>
        <span>
          {list.exact ? '' : 'at least '}
          {formatCount(list.total, 'asset')}
        </span>
        {selected.length > 0 && (
          <span>
            {formatNumber(selected.length)} selected ·{' '}
            {formatDuration(selected.reduce((sum, asset) => sum + (asset.durationMs ?? 0), 0))}
          </span>
        )}
      </StatusFacts>
    </Screen>
  );
}

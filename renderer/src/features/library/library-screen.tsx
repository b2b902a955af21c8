import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Film, FilterX, FolderCog, RefreshCw, SearchX } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useCore } from '../../lib/app-context.tsx';
import { formatBytes, formatCount, formatDuration, formatNumber } from '../../lib/format.ts';
import { compact } from '../../lib/search-params.ts';
import { noSelection, type Selection } from '../../lib/selection.ts';
import { Button } from '../../ui/button.tsx';
import { DataGrid } from '../../ui/data-grid.tsx';
import { EmptyState, Loading } from '../../ui/empty-state.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { Screen } from '../../ui/screen.tsx';
import { StatusFacts } from '../../ui/status-slot.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { ViewToggle } from '../../ui/view-toggle.tsx';
import { ClipCard, clipColumns } from './clip-card.tsx';
import { ClipInspector } from './clip-inspector.tsx';
import { FoldersDialog, scanWords } from './folders-dialog.tsx';
import { LibraryFilters } from './library-filters.tsx';
import './library.css';
import { useClipKeys } from './use-clip-keys.ts';
import { useLibrary } from './use-library.ts';
import { useTagging } from './use-tagging.ts';

const route = getRouteApi('/library');

function onlyClip(id: string | undefined): Selection {
  return id === undefined ? noSelection : { ids: new Set([id]), anchor: id };
}

function useScan() {
  const { queries } = useCore();
  const queryClient = useQueryClient();
  const toasts = useToasts();
  return useMutation(
    queries.library.scan.mutationOptions({
      onSuccess: async (summary) => {
        toasts.show({ text: scanWords(summary) });
        await queryClient.invalidateQueries({ queryKey: queries.library.key() });
      },
      onError: toasts.fail,
    }),
  );
}

/** The selection, which a link to one clip can set. */
function useClipSelection(clip: string | undefined) {
  const [selection, setSelection] = useState(() => onlyClip(clip));
  const [linked, setLinked] = useState(clip);
  if (linked !== clip) {
    setLinked(clip);
    if (clip !== undefined) setSelection(onlyClip(clip));
  }
  return [selection, setSelection] as const;
}

/** All clips: look, scrub, tag. */
export function LibraryScreen(): ReactNode {
  const { queries } = useCore();
  const search = route.useSearch();
  const navigate = useNavigate();
  const list = useLibrary(search);
  const roots = useQuery(queries.library.roots.queryOptions()).data?.roots ?? [];
  const scan = useScan();
  const tagging = useTagging();
  const [folders, setFolders] = useState(false);
  const [selection, setSelection] = useClipSelection(search.clip);
  const { view = 'cards' } = search;
  const placeKey = `library ${JSON.stringify({ ...search, clip: null })}`;
  const selected = list.items.filter((clip) => selection.ids.has(clip.id));
  // A single clip may be out of the list: a link leads to it, or its new tags no longer fit the filters.
  const inspected =
    selection.ids.size === 1 ? selection.ids : new Set<string>(selected.map((clip) => clip.id));
  const keys = useClipKeys(
    tagging,
    selected.map((clip) => clip.id),
  );
  const offline = roots.filter((root) => !root.online);
  const clear = (): void => void navigate({ to: '/library', search: compact({ view: search.view }) });

  return (
    <Screen
      title="Library"
      note={roots.length === 0 ? 'No folder added' : formatCount(roots.length, 'folder')}
      actions={
        <>
          <Button icon={FolderCog} onClick={() => setFolders(true)}>
            Folders
          </Button>
          <Button
            icon={RefreshCw}
            disabled={scan.isPending || roots.length === 0}
            onClick={() => scan.mutate({})}
          >
            {scan.isPending ? 'Scanning…' : 'Scan'}
          </Button>
          <ViewToggle
            view={view}
            onChange={(next) =>
              void navigate({ to: '/library', search: { ...search, view: next }, replace: true })
            }
          />
        </>
      }
    >
      <LibraryFilters search={search} />
      {offline.length > 0 && (
        <div className="strip">
          <Note tone="warn">
            <p>
              <strong>{formatCount(offline.length, 'folder')} offline.</strong>{' '}
              {offline.map((root) => root.path).join(', ')}. Its clips stay in the library with all their
              tags.
            </p>
          </Note>
        </div>
      )}
      <div className="screen-split">
        <div className="screen-list">
          {list.error !== null && (
            <div className="strip">
              <ErrorNote error={list.error} />
            </div>
          )}
          {list.isPending && list.error === null && <Loading label="Reading the library…" />}
          {!list.isPending && list.items.length === 0 && list.error === null && list.filtered && (
            <EmptyState icon={SearchX} title="No clip matches these filters">
              <Button icon={FilterX} onClick={clear}>
                Clear filters
              </Button>
            </EmptyState>
          )}
          {!list.isPending && list.items.length === 0 && list.error === null && !list.filtered && (
            <EmptyState icon={Film} title="No clips yet">
              <p className="muted">Download something from the catalogue, or add a folder of footage.</p>
              <Button variant="primary" icon={FolderCog} onClick={() => setFolders(true)}>
                Add a folder
              </Button>
            </EmptyState>
          )}
          {list.items.length > 0 && (
            <DataGrid
              // Other filters are another list, which begins at its top.
              key={placeKey}
              label="Library"
              items={list.items}
              total={list.total}
              idOf={(clip) => clip.id}
              layout={
                view === 'table'
                  ? { kind: 'table', minWidth: 820, columns: clipColumns }
                  : {
                      kind: 'cards',
                      minWidth: 208,
                      textHeight: 100,
                      render: (clip) => (
                        <ClipCard
                          clip={clip}
                          frame={keys.keyFrame?.id === clip.id ? keys.keyFrame.frame : null}
                        />
                      ),
                    }
              }
              selection={selection}
              onSelect={setSelection}
              onOpen={(clip) => setSelection(onlyClip(clip.id))}
              onKey={keys.onKey}
              onNearEnd={list.loadMore}
              revealId={search.clip}
              placeKey={placeKey}
            />
          )}
        </div>
        {(list.items.length > 0 || inspected.size > 0) && (
          <ClipInspector
            ids={inspected}
            rows={selected}
            tagging={tagging}
            onClose={() => setSelection(noSelection)}
          />
        )}
      </div>
      <FoldersDialog isOpen={folders} onClose={() => setFolders(false)} />
      <StatusFacts>
        <span>{formatCount(list.total, 'clip')}</span>
        {selected.length > 0 && (
          <span>
            {formatNumber(selected.length)} selected ·{' '}
            {formatDuration(selected.reduce((sum, clip) => sum + (clip.durationMs ?? 0), 0))} ·{' '}
            {formatBytes(selected.reduce((sum, clip) => sum + clip.sizeBytes, 0))}
          </span>
        )}
      </StatusFacts>
    </Screen>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Bookmark, BookmarkPlus, CloudDownload, Trash2 } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { CatalogueFilter } from '../../../../shared/contract/catalogue.ts';
import { useCore } from '../../lib/app-context.tsx';
import { compact, type CatalogueSearch } from '../../lib/search-params.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { RuleDialog } from './rule-dialog.tsx';
import { SaveSearchDialog } from './save-search-dialog.tsx';

/** Keeps the search that is shown, and lets a kept one download by itself. */
export function SavedSearchBar(props: { search: CatalogueSearch; filter: CatalogueFilter }): ReactNode {
  const { queries } = useCore();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const toasts = useToasts();
  const [open, setOpen] = useState<'save' | 'rule' | null>(null);
  const { search, filter } = props;
  const saved = useQuery(queries.savedSearches.list.queryOptions()).data?.searches.find(
    ({ id }) => id === search.saved,
  );
  const rule = useQuery(queries.rules.list.queryOptions()).data?.rules.find(
    ({ searchId }) => searchId === search.saved,
  );
  const refresh = (): void => void queryClient.invalidateQueries({ queryKey: queries.savedSearches.key() });
  const { mutate: seen } = useMutation(queries.savedSearches.seen.mutationOptions({ onSuccess: refresh }));
  const remove = useMutation(
    queries.savedSearches.remove.mutationOptions({
      onSuccess: () => {
        refresh();
        void navigate({ to: '/catalogue', search: compact({ ...search, saved: undefined }), replace: true });
      },
      onError: toasts.fail,
    }),
  );
  const savedId = saved?.id;
  const fresh = saved?.fresh ?? 0;
  // Whoever opens it has seen what is new in it.
  useEffect(() => {
    if (savedId !== undefined && fresh > 0) seen({ id: savedId });
  }, [savedId, fresh, seen]);
  if (Object.keys(filter).length === 0 && saved === undefined) return null;
  return (
    <div className="row">
      <Button
        small
        variant="quiet"
        icon={saved ? Bookmark : BookmarkPlus}
        title={saved ? 'Change its name or what it looks for' : 'Keep this search in the sidebar'}
        onClick={() => setOpen('save')}
      >
        {saved?.name ?? 'Save search'}
      </Button>
      {saved && (
        <>
          <Button small variant="quiet" icon={CloudDownload} onClick={() => setOpen('rule')}>
            {rule?.enabled === true ? 'Downloads by itself' : 'Download by itself…'}
          </Button>
          <IconButton
            small
            icon={Trash2}
            label={`Remove the saved search ${saved.name}`}
            onClick={() => remove.mutate({ id: saved.id })}
          />
          <RuleDialog search={saved} rule={rule} isOpen={open === 'rule'} onClose={() => setOpen(null)} />
        </>
      )}
      <SaveSearchDialog
        filter={filter}
        saved={saved}
        isOpen={open === 'save'}
        onClose={() => setOpen(null)}
        onSaved={({ id }) => {
          setOpen(null);
          void navigate({ to: '/catalogue', search: compact({ ...search, saved: id }), replace: true });
        }}
      />
    </div>
  );
}

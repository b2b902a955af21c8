import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, Rows3, Rows4 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DownloadSort } from '../../../../shared/contract/downloads.ts';
import type { Settings } from '../../../../shared/contract/system.ts';
import { useCore } from '../../lib/app-context.tsx';
import { useToasts } from '../../ui/toast.tsx';
import './list-look.css';
import { nextSort } from './next-sort.ts';

/** How the lists look, remembered with the settings. */
export function useListLook() {
  const { queries } = useCore();
  const queryClient = useQueryClient();
  const toasts = useToasts();
  const settings = useQuery(queries.settings.get.queryOptions()).data;
  const save = useMutation(
    queries.settings.set.mutationOptions({
      onSuccess: (next) => queryClient.setQueryData(queries.settings.get.queryKey(), next),
      onError: toasts.fail,
    }),
  );
  return {
    density: settings?.density ?? 'comfortable',
    sort: settings?.historySort,
    setDensity: (density: Settings['density']): void => save.mutate({ density }),
    setSort: (historySort: DownloadSort): void => save.mutate({ historySort }),
  } as const;
}
export type ListLook = ReturnType<typeof useListLook>;

const columns = [
  { by: 'added', name: 'Added' },
  { by: 'name', name: 'Name' },
  { by: 'size', name: 'Size' },
  { by: 'finished', name: 'Finished' },
] as const;

const densities = [
  { density: 'comfortable', label: 'Comfortable rows', icon: Rows3 },
  { density: 'compact', label: 'Compact rows', icon: Rows4 },
] as const;

/** What the list is sorted by, where its order is not the queue's, and how much room a row takes. */
export function ListLookBar({ look, sortable }: { look: ListLook; sortable: boolean }): ReactNode {
  const { sort } = look;
  return (
    <div className="row list-look">
      {sortable && sort !== undefined && (
        <div className="row" role="group" aria-label="Sort by">
          <span className="muted small list-look-words" aria-hidden>
            Sort by
          </span>
          <div className="button-group">
            {columns.map(({ by, name }) => (
              <SortButton key={by} by={by} name={name} sort={sort} onSort={look.setSort} />
            ))}
          </div>
        </div>
      )}
      <div className="button-group" role="group" aria-label="Density">
        {densities.map(({ density, label, icon: Icon }) => (
          <button
            key={density}
            type="button"
            className="button button-small button-icon"
            aria-label={label}
            title={label}
            aria-pressed={look.density === density}
            onClick={() => look.setDensity(density)}
          >
            <Icon size={14} aria-hidden />
          </button>
        ))}
      </div>
    </div>
  );
}

function SortButton(props: {
  by: DownloadSort['by'];
  name: string;
  sort: DownloadSort;
  onSort: (sort: DownloadSort) => void;
}): ReactNode {
  const { by, name, sort } = props;
  const isOn = sort.by === by;
  const Arrow = sort.order === 'up' ? ArrowUp : ArrowDown;
  return (
    <button
      type="button"
      className="button button-small"
      aria-label={isOn ? `${name}, ${sort.order === 'up' ? 'ascending' : 'descending'}` : name}
      aria-pressed={isOn}
      onClick={() => props.onSort(nextSort(sort, by))}
    >
      {name}
      {isOn && <Arrow size={13} aria-hidden />}
    </button>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useCore } from '../../lib/app-context.tsx';
import { compact, type LibrarySearch } from '../../lib/search-params.ts';
import { EventPicker } from '../../ui/event-picker.tsx';
import { SelectField } from '../../ui/field.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { DayField } from '../../ui/picked-field.tsx';
import { SearchInput } from '../../ui/search-input.tsx';

const any = '';

/** The filters of the library; each stands in the address. */
export function LibraryFilters({ search }: { search: LibrarySearch }): ReactNode {
  const { queries } = useCore();
  const navigate = useNavigate();
  const tags = useQuery(queries.tags.list.queryOptions()).data?.tags ?? [];
  const set = (change: { [K in keyof LibrarySearch]?: LibrarySearch[K] | undefined }): void => {
    void navigate({ to: '/library', search: compact({ ...search, ...change }), replace: true });
  };
  const { view, clip, ...filters } = search;
  const known = search.tag === undefined || tags.some((tag) => tag.name === search.tag);
  return (
    <FilterBar
      search={
        <SearchInput
          label="Filter the library"
          placeholder="Filter by words"
          value={search.query ?? ''}
          onChange={(query) => set({ query: query === '' ? undefined : query })}
        />
      }
      active={Object.keys(filters).filter((name) => name !== 'query').length}
      onClear={
        Object.keys(filters).length === 0
          ? null
          : () => void navigate({ to: '/library', search: compact({ view, clip }), replace: true })
      }
    >
      <EventPicker
        label="Event"
        value={search.event ?? null}
        onChange={(event) => set({ event: event ?? undefined })}
      />
      <DayField
        label="From"
        value={search.from ?? ''}
        onChange={(from) => set({ from: from ?? undefined })}
      />
      <DayField label="To" value={search.to ?? ''} onChange={(to) => set({ to: to ?? undefined })} />
      <SelectField
        label="Tag"
        value={search.tag ?? any}
        options={[
          { value: any, label: 'Any tag' },
          ...(known || search.tag === undefined ? [] : [{ value: search.tag, label: search.tag }]),
          ...tags.map((tag) => ({ value: tag.name, label: `${tag.name} (${tag.clips})` })),
        ]}
        onChange={(tag) => set({ tag: tag === any ? undefined : tag })}
      />
    </FilterBar>
  );
}

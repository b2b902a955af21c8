import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { compact, type CatalogueSearch } from '../../lib/search-params.ts';
import { assetStatuses, statusNames, versionKinds, versionNames } from '../../lib/vocabulary.ts';
import { EventPicker } from '../../ui/event-picker.tsx';
import { SelectField } from '../../ui/field.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { DayField } from '../../ui/picked-field.tsx';
import { QueryInput } from '../../ui/query-input.tsx';

const any = '';

/** The filters of the catalogue; each stands in the address. */
export function CatalogueFilters({ search }: { search: CatalogueSearch }): ReactNode {
  const navigate = useNavigate();
  const set = (change: { [K in keyof CatalogueSearch]?: CatalogueSearch[K] | undefined }): void => {
    void navigate({ to: '/catalogue', search: compact({ ...search, ...change }), replace: true });
  };
  const { view, ...filters } = search;
  return (
    <FilterBar
      search={
        <QueryInput
          label="Filter the catalogue"
          placeholder="Filter by words"
          value={search.query ?? ''}
          onChange={(query) => set({ query: query === '' ? undefined : query })}
        />
      }
      active={Object.keys(filters).filter((name) => name !== 'query').length}
      onClear={
        Object.keys(filters).length === 0
          ? null
          : () => void navigate({ to: '/catalogue', search: compact({ view }), replace: true })
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
        label="Version"
        value={search.version ?? any}
        options={[
          { value: any, label: 'Any version' },
          ...versionKinds.map((kind) => ({ value: kind, label: versionNames[kind] })),
        ]}
        onChange={(version) => set({ version: version === any ? undefined : version })}
      />
      <SelectField
        label="Status"
        value={search.status ?? any}
        options={[
          { value: any, label: 'Any status' },
          ...assetStatuses.map((status) => ({ value: status, label: statusNames[status] })),
        ]}
        onChange={(status) => set({ status: status === any ? undefined : status })}
      />
    </FilterBar>
  );
}

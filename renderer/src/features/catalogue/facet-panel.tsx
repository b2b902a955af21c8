import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { CatalogueFilter, Facets } from '../../../../shared/contract/catalogue.ts';
import { useCore } from '../../lib/app-context.tsx';
import { formatDate, formatNumber } from '../../lib/format.ts';
import type { CatalogueSearch } from '../../lib/search-params.ts';
import { statusNames, versionNames } from '../../lib/vocabulary.ts';
import './facet-panel.css';

type Field = Facets['groups'][number]['field'];

const titles: Readonly<Record<Field, string>> = {
  source: 'Source',
  status: 'Status',
  version: 'Version',
  month: 'Month',
  event: 'Event',
  country: 'Country',
  language: 'Language',
};

/** Which part of the address a group of counts narrows. */
const keys = {
  source: 'source',
  status: 'status',
  version: 'version',
  event: 'event',
  country: 'country',
  language: 'language',
} as const satisfies Partial<Record<Field, keyof CatalogueSearch>>;

const shown = 6;

type Change = { [K in keyof CatalogueSearch]?: CatalogueSearch[K] | undefined };

/** What choosing a value does to the address; choosing it again takes it away. */
export function narrowBy(search: CatalogueSearch, field: Field, value: string): Change {
  if (field === 'month') {
    const from = `${value}-01`;
    const chosen = search.from === from;
    return chosen ? { from: undefined, to: undefined } : { from, to: lastOfMonth(value) };
  }
  const key = keys[field];
  return { [key]: search[key] === value ? undefined : value };
}

function isChosen(search: CatalogueSearch, field: Field, value: string): boolean {
  return field === 'month' ? search.from === `${value}-01` : search[keys[field]] === value;
}

/** The last day of `YYYY-MM`, as far as a filter has to know: no month has more. */
function lastOfMonth(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  // Day 0 of the next month; in UTC, where no day is ever skipped.
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

function words(field: Field, { value, label }: { value: string; label: string }): string {
  if (field === 'month') {
    const firstDay = `${value}-01`;
    return formatDate({ precision: 'month', firstDay, lastDay: firstDay });
  }
  if (field === 'status') return statusNames[value as keyof typeof statusNames] ?? label;
  return field === 'version' ? (versionNames[value as keyof typeof versionNames] ?? label) : label;
}

/** How many there are of each source, month, event and so on in what was found; each narrows the list. */
export function FacetPanel(props: {
  filter: CatalogueFilter;
  search: CatalogueSearch;
  onNarrow: (change: Change) => void;
}): ReactNode {
  const { queries } = useCore();
  const { search } = props;
  const facets = useQuery({
    ...queries.catalogue.facets.queryOptions({ input: props.filter }),
    placeholderData: keepPreviousData,
    // The core counts on meanwhile.
    refetchInterval: (query) => (query.state.data?.exact === false ? 600 : false),
  }).data;
  const groups = facets?.groups.filter(
    ({ field, values }) => values.length > 1 || values.some(({ value }) => isChosen(search, field, value)),
  );
  if (groups === undefined || groups.length === 0) return null;
  return (
    <aside className="facets" aria-label="Narrow the list">
      {groups.map(({ field, values }) => (
        <section key={field} aria-label={titles[field]}>
          <h2>{titles[field]}</h2>
          <ul>
            {values
              .filter(({ value }, index) => index < shown || isChosen(search, field, value))
              .map((one) => {
                const chosen = isChosen(search, field, one.value);
                return (
                  <li key={one.value}>
                    <button
                      type="button"
                      className={chosen ? 'facet facet-chosen' : 'facet'}
                      aria-pressed={chosen}
                      onClick={() => props.onNarrow(narrowBy(search, field, one.value))}
                    >
                      <span className="truncate spacer" title={words(field, one)}>
                        {words(field, one)}
                      </span>
                      <span className="number muted">
                        {facets?.exact === false && '≥ '}
                        {formatNumber(one.count)}
                      </span>
                    </button>
                  </li>
                );
              })}
          </ul>
        </section>
      ))}
    </aside>
  );
}

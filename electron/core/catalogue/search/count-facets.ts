import { eachBit, type Bits } from './bits.ts';
import type { Dictionary } from './facet-columns.ts';
import type { FacetTable } from './facet-table.ts';

/** What hits are counted by. */
export type FacetField = 'source' | 'status' | 'version' | 'month' | 'event' | 'country' | 'language';

/** How many hits have each value, the most frequent first; of months, the newest first. */
export interface FacetGroup {
  readonly field: FacetField;
  readonly values: { readonly value: string; readonly label: string; readonly count: number }[];
}

const mostValues = 60;
const rowsOfDay = 2 ** 24;

/** Names for values that are not names themselves; undefined keeps the value. */
export interface FacetLabels {
  readonly source: (id: string) => string | undefined;
  readonly event: (id: string) => string | undefined;
}

/** Counts the hits before a place by each field. */
export function countFacets(
  hits: { readonly table: FacetTable; readonly places: Bits; readonly to: number },
  labels: FacetLabels,
): FacetGroup[] {
  const { columns, words } = hits.table;
  const { row, source, status, version, event, country, language } = columns;
  const bySource = counter(words.source);
  const byStatus = counter(words.status);
  const byVersion = counter(words.version);
  const byEvent = counter(words.event);
  const byCountry = counter(words.country);
  const byLanguage = counter(words.language);
  const months = countMonths();
  eachBit(hits.places, { from: 0, to: hits.to }, (at) => {
    add(bySource, source[at]);
    add(byStatus, status[at]);
    add(byVersion, version[at]);
    add(byEvent, event[at]);
    add(byCountry, country[at]);
    add(byLanguage, language[at]);
    months.add(row[at] ?? 0);
  });
  const group = (
    field: Exclude<FacetField, 'month'>,
    counts: Uint32Array,
    labelOf?: (value: string) => string | undefined,
  ): FacetGroup => ({ field, values: mostFrequent(counts, words[field], labelOf) });
  return [
    group('source', bySource, labels.source),
    group('status', byStatus),
    group('version', byVersion),
    { field: 'month', values: months.values() },
    group('event', byEvent, labels.event),
    group('country', byCountry),
    group('language', byLanguage),
  ];
}

function counter(words: Dictionary): Uint32Array {
  return new Uint32Array(words.values.length);
}

function add(counts: Uint32Array, number: number | undefined): void {
  const at = number ?? 0;
  counts[at] = (counts[at] ?? 0) + 1;
}

function mostFrequent(
  counts: Uint32Array,
  words: Dictionary,
  labelOf: (value: string) => string | undefined = () => undefined,
): FacetGroup['values'] {
  const all: { value: string; count: number }[] = [];
  for (const [number, count] of counts.entries()) {
    const value = words.values[number];
    if (count > 0 && value !== null && value !== undefined) all.push({ value, count });
  }
  return all
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, mostValues)
    .map(({ value, count }) => ({ value, label: labelOf(value) ?? value, count }));
}

/** Hits come newest first, so those of a month follow one another; the row knows its month. */
function countMonths() {
  const values: { value: string; label: string; count: number }[] = [];
  let monthFrom = Number.POSITIVE_INFINITY;
  let count = 0;
  let value: string | null = null;
  const take = (): void => {
    if (value !== null && count > 0) values.push({ value, label: value, count });
    count = 0;
  };
  return {
    add: (row: number): void => {
      if (row < monthFrom) {
        take();
        const number = Math.floor((row / rowsOfDay - 1) / 100);
        // What is only known to the year stands below its first month; what has no day, below everything.
        monthFrom = (number * 100 + 1) * rowsOfDay;
        value = number % 100 > 0 ? monthText(number) : null;
      }
      count++;
    },
    values: () => {
      take();
      return values;
    },
  };
}

function monthText(number: number): string {
  const year = String(Math.floor(number / 100)).padStart(4, '0');
  return `${year}-${String(number % 100).padStart(2, '0')}`;
}

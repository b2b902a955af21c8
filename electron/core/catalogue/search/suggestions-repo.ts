import type { SuggestField } from '../../../../shared/contract/catalogue.ts';
import type { Connection } from '../../storage/open-database.ts';
import type { FtsColumn } from './fts-columns.ts';

const fields: Readonly<Record<SuggestField, { column: FtsColumn; values: string; isList: boolean }>> = {
  person: { column: 'people', values: 'a.people_json', isList: true },
  organisation: { column: 'organisations', values: 'a.organisations_json', isList: true },
  tag: { column: 'keywords', values: 'a.keywords_json', isList: true },
  place: { column: 'place', values: 'a.place', isList: false },
  country: { column: 'country', values: 'a.country', isList: false },
  event: {
    column: 'event',
    values: '(SELECT title FROM catalogue_event e WHERE e.id = a.event_id)',
    isList: false,
  },
};
/** The newest assets tell what is in the news; to read all of a million would take seconds. */
const newest = 200;

/** Reads the names that the newest assets have in a field. */
export function createSuggestionsRepo(db: Connection, field: SuggestField) {
  const { column, values, isList } = fields[field];
  const matching = db
    .prepare(
      `SELECT ${values} FROM asset_fts f JOIN asset a ON a.row = f.rowid
       WHERE f.asset_fts MATCH ? ORDER BY f.rowid DESC LIMIT ${newest}`,
    )
    .pluck();
  const all = db.prepare(`SELECT ${values} FROM asset a ORDER BY row DESC LIMIT ${newest}`).pluck();
  return {
    /** The names of each asset that has words beginning so in the field; of any asset when there are none. */
    namesOfEach: (words: readonly string[]): string[][] => {
      const match = words.map((word) => `{${column}} : "${word}"*`).join(' AND ');
      const told = words.length === 0 ? all.all() : matching.all(match);
      return (told as (string | null)[]).map((value) => namesIn(value, isList));
    },
  };
}

function namesIn(value: string | null, isList: boolean): string[] {
  if (value === null) return [];
  if (!isList) return [value];
  const all = JSON.parse(value) as (string | { name: string })[];
  return all.map((one) => (typeof one === 'string' ? one : one.name));
}

import { foldText, wordsOf } from '../../../../shared/domain/fold-text.ts';
import type { Connection } from '../../storage/open-database.ts';
import type { FtsColumn } from './fts-columns.ts';

/** Fields whose values can be completed. */
export type SuggestField = 'person' | 'organisation' | 'place' | 'country' | 'tag' | 'event';

/** A value that begins as asked, with how many of the newest assets have it. */
export interface Suggestion {
  readonly value: string;
  readonly count: number;
}

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

/** Completes names and tags from the newest assets that have one that begins so. */
export function createSuggestions(db: Connection) {
  const statements = new Map(
    Object.entries(fields).map(([field, { values }]) => [
      field,
      {
        matching: db
          .prepare(
            `SELECT ${values} FROM asset_fts f JOIN asset a ON a.row = f.rowid
             WHERE f.asset_fts MATCH ? ORDER BY f.rowid DESC LIMIT ${newest}`,
          )
          .pluck(),
        all: db.prepare(`SELECT ${values} FROM asset a ORDER BY row DESC LIMIT ${newest}`).pluck(),
      },
    ]),
  );
  return {
    find: ({ field, text, limit }: { field: SuggestField; text: string; limit: number }): Suggestion[] => {
      const words = wordsOf(foldText(text));
      const { column, isList } = fields[field];
      const statement = statements.get(field);
      const told =
        words.length === 0
          ? statement?.all.all()
          : statement?.matching.all(words.map((word) => `{${column}} : "${word}"*`).join(' AND '));
      const counts = new Map<string, number>();
      for (const value of (told ?? []) as (string | null)[]) {
        for (const name of namesIn(value, isList)) counts.set(name, (counts.get(name) ?? 0) + 1);
      }
      return [...counts]
        .filter(([name]) => beginsWith(name, words))
        .map(([value, count]) => ({ value, count }))
        .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value))
        .slice(0, limit);
    },
  };
}

function namesIn(value: string | null, isList: boolean): string[] {
  if (value === null) return [];
  if (!isList) return [value];
  const all = JSON.parse(value) as (string | { name: string })[];
  return all.map((one) => (typeof one === 'string' ? one : one.name));
}

/** Every word asked for begins a word of the name: an asset matches by any of its names. */
function beginsWith(name: string, words: readonly string[]): boolean {
  const own = wordsOf(foldText(name));
  return words.every((word) => own.some((one) => one.startsWith(word)));
}

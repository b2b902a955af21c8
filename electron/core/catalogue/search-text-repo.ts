import { createTextFolder } from '../../../shared/domain/fold-text.ts';
import type { Connection } from '../storage/open-database.ts';
import { ftsColumns, type AssetSearchText } from './search/fts-columns.ts';

/** How many rows are looked up at once. */
const rowsAtOnce = 200;

interface TodoRow {
  todo: number;
  is_indexed: number;
  title: string | null;
  teaser: string | null;
  synopsis: string | null;
  shotlist: string | null;
  transcript: string | null;
  place: string | null;
  country: string | null;
  people_json: string;
  organisations_json: string;
  keywords_json: string;
  event_title: string | null;
  files_json: string;
}

/**
 * The search text of assets. What is to be written is noted together with the asset and written later, in the order of
 * the rows: the index is several times as fast then, for rows that go back force it to write a segment each.
 */
export function createSearchTextRepo(db: Connection) {
  const fold = createTextFolder();
  const note = db.prepare(`INSERT INTO fts_todo (row, is_indexed) VALUES (?, ?)
    ON CONFLICT (row) DO UPDATE SET is_indexed = max(is_indexed, excluded.is_indexed)`);
  const noteEvent =
    db.prepare(`INSERT INTO fts_todo (row, is_indexed) SELECT row, 1 FROM asset WHERE event_id = ?
    ON CONFLICT (row) DO UPDATE SET is_indexed = 1`);
  const next = db.prepare(`
    SELECT t.row AS todo, t.is_indexed, a.title, a.teaser, a.synopsis, a.shotlist, a.transcript, a.place, a.country,
      a.people_json, a.organisations_json, a.keywords_json, e.title AS event_title,
      (SELECT json_group_array(r.file_name) FROM rendition r WHERE r.asset_row = a.row) AS files_json
    FROM fts_todo t LEFT JOIN asset a ON a.row = t.row LEFT JOIN catalogue_event e ON e.id = a.event_id
    ORDER BY t.row LIMIT ${rowsAtOnce}`);
  const done = db.prepare('DELETE FROM fts_todo WHERE row <= ?');
  const count = db.prepare('SELECT count(*) FROM fts_todo').pluck();
  const columns = Object.keys(ftsColumns(nothing, fold));
  const insert = db.prepare(`INSERT INTO asset_fts (rowid, ${columns.join(', ')})
    VALUES (?, ${columns.map(() => '?').join(', ')})`);
  const remove = db.prepare('DELETE FROM asset_fts WHERE rowid = ?');
  const merge = db.prepare("INSERT INTO asset_fts (asset_fts, rank) VALUES ('merge', ?)");
  const changes = db.prepare('SELECT total_changes()').pluck();

  return {
    /** Notes that the text of a row is to be written, or to be taken out when the row is gone by then. */
    note: (row: number, isIndexed: boolean): void => void note.run(row, isIndexed ? 1 : 0),
    noteEvent: (eventId: string): void => void noteEvent.run(eventId),
    count: (): number => count.get() as number,
    /** Writes some of what is noted. Returns false when nothing is left. */
    fill: (isLate: () => boolean): boolean => {
      const rows = next.all() as TodoRow[];
      let last: number | null = null;
      for (const row of rows) {
        if (row.is_indexed === 1) remove.run(row.todo);
        if (row.title !== null)
          insert.run(row.todo, ...Object.values(ftsColumns(textOf(row, row.title), fold)));
        last = row.todo;
        if (isLate()) break;
      }
      if (last !== null) done.run(last);
      return rows.length > 0;
    },
    /**
     * Merges the index a little, at most some `pages`; beginning anew takes in all that it holds. Returns false when
     * there is nothing left to merge.
     */
    merge: (pages: number, anew: boolean): boolean => {
      const before = changes.get() as number;
      merge.run(anew ? -pages : pages);
      // The statement itself counts as one change; more than that is work that was done.
      return (changes.get() as number) - before > 1;
    },
  };
}

export type SearchTextRepo = ReturnType<typeof createSearchTextRepo>;

const nothing: AssetSearchText = {
  title: '',
  teaser: null,
  synopsis: null,
  shotlist: null,
  transcript: null,
  people: [],
  organisations: [],
  place: null,
  country: null,
  eventTitle: null,
  keywords: [],
  fileNames: [],
};

function textOf(row: TodoRow, title: string): AssetSearchText {
  return {
    ...row,
    title,
    eventTitle: row.event_title,
    people: listOf(row.people_json) as AssetSearchText['people'],
    organisations: listOf(row.organisations_json) as string[],
    keywords: listOf(row.keywords_json) as string[],
    fileNames: listOf(row.files_json) as string[],
  };
}

function listOf(json: string): unknown[] {
  return json === '[]' ? [] : (JSON.parse(json) as unknown[]);
}

import type { Connection } from '../storage/open-database.ts';

/** What of an asset is searched. */
export interface AssetText {
  readonly row: number;
  readonly title: string;
  readonly teaser: string | null;
  readonly synopsis: string | null;
  readonly shotlist: string | null;
  readonly transcript: string | null;
  readonly place: string | null;
  readonly country: string | null;
  readonly people: readonly { readonly name: string; readonly role?: string | undefined }[];
  readonly organisations: readonly string[];
  readonly keywords: readonly string[];
}

interface Row {
  id: string;
  row: number;
  title: string;
  teaser: string | null;
  synopsis: string | null;
  shotlist: string | null;
  transcript: string | null;
  place: string | null;
  country: string | null;
  people_json: string;
  organisations_json: string;
  keywords_json: string;
}

/** The search text of assets. It has no content of its own, so a changed one is taken out and put in anew. */
export function createAssetTextRepo(db: Connection) {
  const insert = db.prepare(`
    INSERT INTO asset_fts (rowid, title, synopsis, shotlist, transcript, people, place, event, keywords)
    VALUES (:row, :title, :synopsis, :shotlist, :transcript, :people, :place, :event, :keywords)`);
  const remove = db.prepare('DELETE FROM asset_fts WHERE rowid = ?');
  const removeSource = db.prepare(
    'DELETE FROM asset_fts WHERE rowid IN (SELECT row FROM asset WHERE source_id = ?)',
  );
  const ofEvent = db.prepare(`SELECT id, row, title, teaser, synopsis, shotlist, transcript, place, country,
    people_json, organisations_json, keywords_json FROM asset WHERE event_id = ?`);
  const put = (text: AssetText, eventTitle: string): void =>
    void insert.run({ ...columns(text), event: eventTitle });
  return {
    put,
    remove: (row: number): void => void remove.run(row),
    removeSource: (sourceId: string): void => void removeSource.run(sourceId),
    /** Writes the texts of an event's assets again, after its title has changed. Returns their ids. */
    retellEvent: (eventId: string, title: string): string[] => {
      const rows = ofEvent.all(eventId) as Row[];
      for (const row of rows) {
        remove.run(row.row);
        put(fromRow(row), title);
      }
      return rows.map(({ id }) => id);
    },
  };
}

function columns(text: AssetText): Record<string, string | number> {
  return {
    row: text.row,
    title: text.title,
    synopsis: `${text.teaser ?? ''}\n${text.synopsis ?? ''}`,
    shotlist: text.shotlist ?? '',
    transcript: text.transcript ?? '',
    people: [...text.people.map(({ name, role }) => `${name} ${role ?? ''}`), ...text.organisations].join(
      '\n',
    ),
    place: `${text.place ?? ''} ${text.country ?? ''}`,
    keywords: text.keywords.join('\n'),
  };
}

function fromRow(row: Row): AssetText {
  return {
    ...row,
    people: JSON.parse(row.people_json) as AssetText['people'],
    organisations: JSON.parse(row.organisations_json) as string[],
    keywords: JSON.parse(row.keywords_json) as string[],
  };
}

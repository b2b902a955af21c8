// The peer of the search: the same questions to the same tables as plain SQL, the way one writes them first.
import type { Connection } from '../../../electron/core/storage/open-database.ts';
import { foldText } from '../../../shared/domain/fold-text.ts';

/** Questions in plain SQL; each answers once all of it is read. */
export interface PlainSql {
  /** The best hundred of what has all words; the last of them may be a beginning. */
  find(words: readonly string[], last: 'whole' | 'growing'): void;
  /** How many hits have each status, version and event. */
  facets(word: string, last: 'whole' | 'growing'): void;
  /** The hundred behind so many. */
  page(offset: number): void;
}

/** Prepares them. */
export function createPlainSql(db: Connection): PlainSql {
  const find =
    db.prepare(`SELECT a.id, a.title, a.day, a.status FROM asset_fts JOIN asset a ON a.row = asset_fts.rowid
    WHERE asset_fts MATCH ? ORDER BY rank LIMIT 100`);
  const facets = ['status', 'version_kind', 'event_id'].map((column) =>
    db.prepare(`SELECT a.${column}, count(*) FROM asset_fts JOIN asset a ON a.row = asset_fts.rowid
      WHERE asset_fts MATCH ? GROUP BY 1 ORDER BY 2 DESC LIMIT 60`),
  );
  const page = db.prepare('SELECT id, title, day, status FROM asset ORDER BY row DESC LIMIT 100 OFFSET ?');
  const matchOf = (words: readonly string[], last: 'whole' | 'growing'): string =>
    words.map((word) => `"${foldText(word)}"`).join(' ') + (last === 'growing' ? '*' : '');
  return {
    find: (words, last) => void find.all(matchOf(words, last)),
    facets: (word, last) => {
      for (const one of facets) one.all(matchOf([word], last));
    },
    page: (offset) => void page.all(offset),
  };
}

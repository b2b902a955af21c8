import type { Connection } from '../../storage/open-database.ts';

// A hit in the title says more of an asset than one in a transcript. In the order of the columns of asset_fts.
const weights = '10, 3, 1.5, 1, 5, 4, 4, 3, 6, 4, 2';
const streamSql =
  'SELECT rowid FROM asset_fts WHERE asset_fts MATCH ? AND rowid <= ? AND rowid >= ? ORDER BY rowid DESC';
const afterAll = '\u{10ffff}';

/**
 * Asks the full-text index.
 *
 * @param streams a connection of its own for streams: while one is open, a connection sees nothing that is new.
 */
export function createMatchRepo(db: Connection, streams: Connection) {
  db.exec("CREATE VIRTUAL TABLE temp.asset_words USING fts5vocab('main', 'asset_fts', 'instance')");
  const newest = db
    .prepare('SELECT rowid FROM asset_fts WHERE asset_fts MATCH ? ORDER BY rowid DESC LIMIT ?')
    .pluck();
  const ranked = db
    .prepare(
      `SELECT rowid, bm25(asset_fts, ${weights}) FROM asset_fts WHERE asset_fts MATCH ?
       ORDER BY rowid DESC LIMIT ?`,
    )
    .raw();
  const wordFrom = db.prepare('SELECT term FROM temp.asset_words WHERE term >= ? LIMIT 1').pluck();
  return {
    /** The newest rows that match. */
    newest: (match: string, limit: number): number[] => newest.all(match, limit) as number[],
    /** All rows of a range that match, newest first. Whoever stops before the end has to say so by `return`. */
    stream: (match: string, range: { highest: number; lowest: number }): IterableIterator<number> =>
      streams
        .prepare(streamSql)
        .pluck()
        .iterate(match, range.highest, range.lowest) as IterableIterator<number>,
    /** The newest rows that match, each with its rank: the lower, the better. */
    ranked: (match: string, limit: number): [row: number, rank: number][] =>
      ranked.all(match, limit) as [number, number][],
    /**
     * What words that begin with a letter begin with, two letters each: there is an index of those, and none of single
     * letters, for it would be as large as the texts.
     */
    beginnings: (letter: string): string[] => {
      const found: string[] = [];
      for (let from = letter; ;) {
        const word = wordFrom.get(from) as string | undefined;
        if (word === undefined || !word.startsWith(letter)) return found;
        const two = Array.from(word).slice(0, 2).join('');
        found.push(two);
        from = two === letter ? `${letter}\0` : two + afterAll;
      }
    },
  };
}
export type MatchRepo = ReturnType<typeof createMatchRepo>;

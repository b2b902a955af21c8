import type { Widened } from '../../../../shared/domain/search/match-expression.ts';
import type { Connection } from '../../storage/open-database.ts';

// A hit in the title says more of an asset than one in a transcript. In the order of the columns of asset_fts.
const weights = '10, 3, 1.5, 1, 5, 4, 4, 3, 6, 4, 2';
const streamSql =
  'SELECT rowid FROM asset_fts WHERE asset_fts MATCH ? AND rowid <= ? AND rowid >= ? ORDER BY rowid DESC';
const indexedLetters = 3;
const mostWords = 60;
const afterAll = '\u{10ffff}';

/**
 * Asks the full-text index.
 *
 * @param streams a connection of its own for streams: while one is open, a connection sees nothing that is new.
 */
export function createMatchRepo(db: Connection, streams: Connection) {
  db.exec("CREATE VIRTUAL TABLE temp.asset_words USING fts5vocab('main', 'asset_fts', 'instance')");
  const newest = db
    .prepare('SELECT rowid FROM asset_fts WHERE asset_fts MATCH ? AND rowid >= ? ORDER BY rowid DESC LIMIT ?')
    .pluck();
  const ranked = db
    .prepare(
      `SELECT rowid, bm25(asset_fts, ${weights}) FROM asset_fts WHERE asset_fts MATCH ?
       ORDER BY rowid DESC LIMIT ?`,
    )
    .raw();
  const word = db.prepare('SELECT term FROM temp.asset_words WHERE term >= ? LIMIT 1').pluck();
  const wordFrom: WordFrom = (from) => word.get(from) as string | undefined;
  return {
    /** The newest rows that match, down to one. */
    newest: (match: string, { lowest, limit }: { lowest: number; limit: number }): number[] =>
      newest.all(match, lowest, limit) as number[],
    /** All rows of a range that match, newest first. Whoever stops before the end has to say so by `return`. */
    stream: (match: string, range: { highest: number; lowest: number }): IterableIterator<number> =>
      streams
        .prepare(streamSql)
        .pluck()
        .iterate(match, range.highest, range.lowest) as IterableIterator<number>,
    /** The newest rows that match, each with its rank: the lower, the better. */
    ranked: (match: string, limit: number): [row: number, rank: number][] =>
      ranked.all(match, limit) as [number, number][],
    /** The letter behind another one that words begin with; null behind the last. */
    letterAfter: (letter: string): string | null => {
      const next = wordFrom(letter === '' ? '' : letter + afterAll);
      return next === undefined ? null : (Array.from(next)[0] ?? null);
    },
    /**
     * What a beginning is looked for by, so that no list has to be put together before the first hit is known. There
     * is an index of beginnings of two and three letters: a single letter is all of two, and a longer beginning the
     * words themselves, if they are few.
     */
    widen: (beginning: string): readonly Widened[] => {
      const letters = Array.from(beginning).length;
      if (letters === 1) return beginnings(wordFrom, beginning);
      return letters <= indexedLetters ? [] : wordsThatBegin(wordFrom, beginning);
    },
  };
}
export type MatchRepo = ReturnType<typeof createMatchRepo>;

type WordFrom = (from: string) => string | undefined;

function beginnings(wordFrom: WordFrom, letter: string): Widened[] {
  const found: Widened[] = [];
  for (let from = letter; ;) {
    const word = wordFrom(from);
    if (word === undefined || !word.startsWith(letter))
      // Where nothing begins so, the letter alone is found wanting at once, and its beginnings after a long search.
      return found.length > 0 ? found : [{ text: letter, prefix: false }];
    const text = Array.from(word).slice(0, 2).join('');
    found.push({ text, prefix: text !== letter });
    from = text === letter ? `${letter}\0` : text + afterAll;
  }
}

function wordsThatBegin(wordFrom: WordFrom, beginning: string): Widened[] {
  const found: Widened[] = [];
  for (let from = beginning; found.length <= mostWords;) {
    const word = wordFrom(from);
    if (word === undefined || !word.startsWith(beginning)) return found;
    found.push({ text: word, prefix: false });
    from = `${word}\0`;
  }
  return [];
}

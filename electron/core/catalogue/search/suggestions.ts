import type { SuggestField, Suggestion } from '../../../../shared/contract/catalogue.ts';
import { foldText, wordsOf } from '../../../../shared/domain/fold-text.ts';
import { beginsWithWords } from '../../../../shared/domain/search/completion.ts';
import type { Connection } from '../../storage/open-database.ts';
import { createRecent } from './recent.ts';
import { createSuggestionsRepo } from './suggestions-repo.ts';

export type { Suggestion };

/** What is being typed into a field. */
export interface SuggestAsked {
  readonly field: SuggestField;
  readonly text: string;
  readonly limit: number;
}

/** Completes names and tags from the newest assets that have one that begins so. */
export function createSuggestions(db: Connection) {
  const repos = createRecent<ReturnType<typeof createSuggestionsRepo>>(6);
  return {
    /** The most frequent first. */
    find: ({ field, text, limit }: SuggestAsked): Suggestion[] => {
      const repo = repos.get(field, () => createSuggestionsRepo(db, field));
      const spellings = new Map<string, Map<string, number>>();
      for (const names of repo.namesOfEach(wordsOf(foldText(text)))) {
        // An asset that has a name twice, in two roles or spellings, is one asset.
        const own = new Map(names.map((name) => [wordsOf(foldText(name)).join(' '), name]));
        for (const [words, name] of own) {
          const counts = spellings.get(words) ?? new Map<string, number>();
          spellings.set(words, counts.set(name, (counts.get(name) ?? 0) + 1));
        }
      }
      return [...spellings.values()]
        .map(mostFrequent)
        .filter(({ value }) => beginsWithWords(value, text))
        .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value))
        .slice(0, limit);
    },
  };
}

/** One name for all spellings that a search takes for the same, with the count of all. */
function mostFrequent(counts: ReadonlyMap<string, number>): Suggestion {
  const spellings = [...counts].sort(([a, many], [b, more]) => more - many || a.localeCompare(b));
  return { value: spellings[0]?.[0] ?? '', count: spellings.reduce((sum, [, count]) => sum + count, 0) };
}

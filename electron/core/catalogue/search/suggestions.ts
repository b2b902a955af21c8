import { foldText, wordsOf } from '../../../../shared/domain/fold-text.ts';
import type { Connection } from '../../storage/open-database.ts';
import { createRecent } from './recent.ts';
import { createSuggestionsRepo, type SuggestField } from './suggestions-repo.ts';

/** A value that begins as asked, with how many of the newest assets have it. */
export interface Suggestion {
  readonly value: string;
  readonly count: number;
}

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
      const words = wordsOf(foldText(text));
      const counts = new Map<string, number>();
      for (const name of repos.get(field, () => createSuggestionsRepo(db, field)).names(words))
        counts.set(name, (counts.get(name) ?? 0) + 1);
      return [...counts]
        .filter(([name]) => beginsWith(name, words))
        .map(([value, count]) => ({ value, count }))
        .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value))
        .slice(0, limit);
    },
  };
}

/** Every word asked for begins a word of the name: an asset matches by any of its names. */
function beginsWith(name: string, words: readonly string[]): boolean {
  const own = wordsOf(foldText(name));
  return words.every((word) => own.some((one) => one.startsWith(word)));
}

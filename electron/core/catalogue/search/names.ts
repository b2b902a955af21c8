import { foldText, wordsOf } from '../../../../shared/domain/fold-text.ts';
import { standsIn } from '../../../../shared/domain/search/stands-in.ts';
import type { Dictionary } from './facet-columns.ts';

/** The names behind the numbers of a column, to be looked through by their words. */
export interface Names {
  /** The numbers whose name has these words, one behind the other. */
  numbersOf(asked: { readonly text: string; readonly prefix: boolean }): number[];
}

/** Reads the names of a dictionary's values; those it has none for cannot be found by name. */
export function createNames(
  dictionary: Dictionary,
  deps: {
    readonly nameOf: (value: string) => string | undefined;
    /** Names taken apart before: a name seldom changes, and folding thousands takes a while. */
    readonly known: Map<string, readonly string[]>;
  },
): Names {
  const wordsOfName = (name: string): readonly string[] => {
    const words = deps.known.get(name) ?? wordsOf(foldText(name));
    deps.known.set(name, words);
    return words;
  };
  const names = dictionary.values.map((value) =>
    value === null ? [] : wordsOfName(deps.nameOf(value) ?? ''),
  );
  return {
    numbersOf: ({ text, prefix }) => {
      const phrase = { words: wordsOf(foldText(text)), prefix };
      return names.flatMap((words, number) => (standsIn(words, phrase) ? [number] : []));
    },
  };
}

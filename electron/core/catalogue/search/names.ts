import { foldText, wordsOf } from '../../../../shared/domain/fold-text.ts';
import { standsIn } from '../../../../shared/domain/search/stands-in.ts';
import type { Dictionary } from './facet-columns.ts';

/** The names behind the numbers of a column, to be looked through by their words. */
export interface Names {
  /** The numbers whose name has these words, one behind the other. */
  numbersOf(asked: { readonly text: string; readonly prefix: boolean }): number[];
}

/** Reads the names of a dictionary's values; those it has none for cannot be found by name. */
export function createNames(dictionary: Dictionary, nameOf: (value: string) => string | undefined): Names {
  const names = dictionary.values.map((value) =>
    value === null ? [] : wordsOf(foldText(nameOf(value) ?? '')),
  );
  return {
    numbersOf: ({ text, prefix }) => {
      const phrase = { words: wordsOf(foldText(text)), prefix };
      return names.flatMap((words, number) => (standsIn(words, phrase) ? [number] : []));
    },
  };
}

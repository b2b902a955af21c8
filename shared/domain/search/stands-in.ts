/** A word or phrase, folded and taken apart; of a prefix the last word may go on. */
export interface Phrase {
  readonly words: readonly string[];
  readonly prefix: boolean;
}

/** Whether the words of a phrase stand one behind the other among the words of a text. */
export function standsIn(words: readonly string[], phrase: Phrase): boolean {
  const last = phrase.words.length - 1;
  if (last < 0) return false;
  return words.some((_, from) =>
    phrase.words.every((word, index) => {
      const here = words[from + index];
      return phrase.prefix && index === last ? (here?.startsWith(word) ?? false) : here === word;
    }),
  );
}

import type { Rights } from '../../../../shared/contract/catalogue.ts';
import {
  findCreditLine,
  findEditorialOnly,
  findThirdParty,
} from '../../../../shared/domain/rights-judgement.ts';

/** The facts of rights with what the words say: of the terms, and of the entry's own texts, for they may say it too. */
export function judgedRights(
  rights: Rights,
  { usage, texts }: { usage: string | null; texts: readonly (string | null)[] },
): Rights {
  const usageText = rights.usageText ?? usage;
  const words = [usageText, rights.copyright, ...texts].filter((text) => text !== null);
  return {
    ...rights,
    usageText,
    creditLine: findCreditLine(usageText),
    editorialOnly: findEditorialOnly(usageText ?? rights.copyright),
    thirdParty: findThirdParty([...new Set(words)].join('\n')),
    embargoText: embargoIn(texts),
  };
}

/** A line that begins with the word, or speaks of what is under one: "arms embargo" is a story, not a term of use. */
function embargoIn(texts: readonly (string | null)[]): string | null {
  for (const line of texts.flatMap((text) => text?.split('\n') ?? [])) {
    const isTerm =
      /^[\s\p{P}\p{S}]*(strictly |under )?embargo(ed)?\b(?=[\s:]*(until|till|to|for|\d|:|$))/iu.test(line) ||
      /\b(is|are|strictly|remains?) (under embargo|embargoed)\b/i.test(line);
    if (isTerm && !/\b(lifted|no longer|ended|expired|no embargo)\b/i.test(line)) return line.trim();
  }
  return null;
}

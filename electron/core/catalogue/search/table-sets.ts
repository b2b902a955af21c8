import { foldText } from '../../../../shared/domain/fold-text.ts';
import { addBit, noBits, type Bits } from './bits.ts';
import type { FacetTable } from './facet-table.ts';
import type { FacetTest } from './plan.ts';

/** The places that a test of the table holds of. `held` are the places of what is here. */
export function placesWhere(table: FacetTable, test: FacetTest, held: () => Bits): Bits {
  const { columns, size, words } = table;
  switch (test.kind) {
    case 'held':
      return held();
    case 'added':
      return where(size, (at) => (columns.addedAtMs[at] ?? 0) >= test.sinceMs);
    case 'trait':
      return where(size, (at) => ((columns.traits[at] ?? 0) & test.bit) !== 0);
    case 'known': {
      const column = columns[test.what];
      return where(size, (at) => column[at] !== 0);
    }
    case 'language': {
      const wanted = new Set(languagesMeant(words.language.values, test));
      return where(size, (at) => wanted.has(columns.language[at] ?? 0));
    }
    default: {
      const column = columns[test.kind];
      const numbers = test.anyOf
        .map((value) => words[test.kind].find(value))
        .filter((number) => number !== undefined);
      const [only] = numbers;
      if (only === undefined) return noBits(size);
      return numbers.length === 1
        ? where(size, (at) => column[at] === only)
        : where(size, (at) => numbers.includes(column[at] ?? 0));
    }
  }
}

function where(size: number, holds: (at: number) => boolean): Bits {
  const bits = noBits(size);
  for (let at = 0; at < size; at++) if (holds(at)) addBit(bits, at);
  return bits;
}

/** `en` means `en-gb` too, and so do the beginnings of `English`. */
function languagesMeant(
  values: readonly (string | null)[],
  { text, exactly }: { text: string; exactly: boolean },
): number[] {
  const asked = foldText(text);
  const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
  const isMeant = (code: string): boolean => {
    if (exactly) return code === text;
    if (code === asked || code.startsWith(`${asked}-`)) return true;
    return asked.length > 2 && foldText(nameOf(names, code)).startsWith(asked);
  };
  return values.flatMap((code, number) => (code !== null && isMeant(code) ? [number] : []));
}

/** What a source calls a language need not be a language tag. */
function nameOf(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? '';
  } catch {
    return '';
  }
}

import { foldText } from '../../../../shared/domain/fold-text.ts';
import { addBit, noBits, type Bits } from './bits.ts';
import type { FacetTable } from './facet-table.ts';
import type { Names } from './names.ts';
import type { FacetTest } from './plan.ts';

/** What the table does not know by itself. */
export interface BesideTable {
  /** The places of what is here. */
  readonly held: () => Bits;
  readonly names: (what: 'event' | 'country') => Names;
}

/** The places that a test of the table holds of. */
export function placesWhere(table: FacetTable, test: FacetTest, { held, names }: BesideTable): Bits {
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
    case 'language':
      return withNumbers(size, columns.language, languagesMeant(words.language.values, test));
    case 'named':
      return withNumbers(size, columns[test.what], names(test.what).numbersOf(test));
    default: {
      const numbers = test.anyOf.map((value) => words[test.kind].find(value));
      return withNumbers(size, columns[test.kind], numbers);
    }
  }
}

function withNumbers(
  size: number,
  column: Uint8Array | Uint16Array | Uint32Array,
  numbers: readonly (number | undefined)[],
): Bits {
  const wanted = numbers.filter((number) => number !== undefined);
  const [only] = wanted;
  if (only === undefined) return noBits(size);
  if (wanted.length === 1) return where(size, (at) => column[at] === only);
  const isWanted = new Uint8Array(wanted.reduce((a, b) => Math.max(a, b)) + 1);
  for (const number of wanted) isWanted[number] = 1;
  return where(size, (at) => isWanted[column[at] ?? 0] === 1);
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

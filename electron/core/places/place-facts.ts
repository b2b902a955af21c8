import { parseDay } from '../../../shared/domain/calendar-day.ts';
import { parseFileName } from '../../../shared/domain/file-name-grammar.ts';
import type { NameToken, NameValues } from '../../../shared/domain/name-tokens.ts';
import { safeFileName, safeText, splitName } from '../files/safe-name.ts';

/** What is known of a file that is wanted. The other tokens follow from the day and from the name. */
export interface PlaceFacts {
  /** The name that its source gives it. Never a path: what looks like one becomes one name. */
  readonly fileName: string;
  readonly known: Omit<NameValues, 'year' | 'month' | 'date' | 'original'>;
}

/** A file name that is safe, in the two parts that a template deals with. */
export function originalOf(facts: PlaceFacts): { readonly stem: string; readonly extension: string } {
  return splitName(safeFileName(facts.fileName));
}

/** What every token stands for: each value fit to stand within a name, empty where it is not known. */
export function nameValues(facts: PlaceFacts): NameValues {
  const day = facts.known.day ?? null;
  const [year, month, date] = day !== null && parseDay(day) !== null ? day.split('-') : [];
  const all: NameValues = { ...facts.known, year, month, date, original: originalOf(facts).stem };
  return Object.fromEntries(
    (Object.entries(all) as [NameToken, string | null | undefined][]).map(([token, value]) => [
      token,
      safeText(value ?? ''),
    ]),
  );
}

/** What a plain address says of its file: the host, and the day that names in this field so often begin with. */
export function factsOfAddress(url: string, fileName: string): PlaceFacts {
  const name = parseFileName(fileName);
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return {
    fileName,
    known: { title: name.stem, day: name.day?.value ?? null, source: host.replace(/[[\]]/g, '') },
  };
}

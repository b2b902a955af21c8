import type { FacetRow } from './facet-repo.ts';

/** Texts by number, so that a column costs two or four bytes an asset. Number 0 is null. Numbers are never given anew. */
export interface Dictionary {
  readonly values: readonly (string | null)[];
  /** Gives a text that is new the next number. */
  numberOf(value: string | null): number;
  /** The number of a text that some asset has had; undefined when none has. */
  find(value: string): number | undefined;
}

/** Makes an empty dictionary. */
export function createDictionary(): Dictionary {
  const values: (string | null)[] = [null];
  const numbers = new Map<string | null, number>([[null, 0]]);
  return {
    values,
    numberOf: (value) => {
      const known = numbers.get(value);
      if (known !== undefined) return known;
      numbers.set(value, values.length);
      return values.push(value) - 1;
    },
    find: (value) => numbers.get(value),
  };
}

/** The dictionaries of a table, one for each column of texts. */
export interface Dictionaries {
  readonly source: Dictionary;
  readonly status: Dictionary;
  readonly version: Dictionary;
  readonly event: Dictionary;
  readonly country: Dictionary;
  readonly language: Dictionary;
}

/** Makes the dictionaries of a table that is yet to be read. */
export function createDictionaries(): Dictionaries {
  return {
    source: createDictionary(),
    status: createDictionary(),
    version: createDictionary(),
    event: createDictionary(),
    country: createDictionary(),
    language: createDictionary(),
  };
}

/** The columns of the table, newest row first: 37 bytes an asset. */
export interface FacetColumns {
  readonly row: Float64Array;
  readonly addedAtMs: Float64Array;
  readonly source: Uint16Array;
  readonly status: Uint8Array;
  readonly version: Uint8Array;
  readonly event: Uint32Array;
  readonly country: Uint32Array;
  readonly language: Uint32Array;
  readonly traits: Uint16Array;
  /** 1 for an asset that is listed under its twin. */
  readonly twin: Uint8Array;
}
const names = [
  'row',
  'addedAtMs',
  'source',
  'status',
  'version',
  'event',
  'country',
  'language',
  'traits',
  'twin',
] as const satisfies (keyof FacetColumns)[];

/** Columns with room for so many assets. */
export function roomFor(assets: number): FacetColumns {
  return {
    row: new Float64Array(assets),
    addedAtMs: new Float64Array(assets),
    source: new Uint16Array(assets),
    status: new Uint8Array(assets),
    version: new Uint8Array(assets),
    event: new Uint32Array(assets),
    country: new Uint32Array(assets),
    language: new Uint32Array(assets),
    traits: new Uint16Array(assets),
    twin: new Uint8Array(assets),
  };
}

/** Copies the assets from `from` up to `to` into other columns, beginning at `at`. */
export function copyColumns(
  source: FacetColumns,
  run: { readonly from: number; readonly to: number },
  target: { readonly columns: FacetColumns; readonly at: number },
): void {
  for (const name of names) target.columns[name].set(source[name].subarray(run.from, run.to), target.at);
}

/** Writes one asset into its place. */
export function putRow(
  columns: FacetColumns,
  at: number,
  told: { row: FacetRow; words: Dictionaries },
): void {
  const [row, source, status, version, event, country, language, twin, addedAtMs, traits] = told.row;
  columns.row[at] = row;
  columns.addedAtMs[at] = addedAtMs;
  columns.source[at] = told.words.source.numberOf(source);
  columns.status[at] = told.words.status.numberOf(status);
  columns.version[at] = told.words.version.numberOf(version);
  columns.event[at] = told.words.event.numberOf(event);
  columns.country[at] = told.words.country.numberOf(country);
  columns.language[at] = told.words.language.numberOf(language);
  columns.traits[at] = traits;
  columns.twin[at] = twin;
}

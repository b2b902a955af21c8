/** What of an asset is searched. */
export interface AssetSearchText {
  readonly title: string;
  readonly teaser: string | null;
  readonly synopsis: string | null;
  readonly shotlist: string | null;
  readonly transcript: string | null;
  readonly people: readonly { readonly name: string; readonly role?: string | undefined }[];
  readonly organisations: readonly string[];
  readonly place: string | null;
  readonly country: string | null;
  readonly eventTitle: string | null;
  readonly keywords: readonly string[];
  readonly fileNames: readonly string[];
}

/** A column of asset_fts. */
export type FtsColumn =
  | 'title'
  | 'synopsis'
  | 'shotlist'
  | 'transcript'
  | 'people'
  | 'organisations'
  | 'place'
  | 'country'
  | 'event'
  | 'keywords'
  | 'file_name';

/** Stands before the file names of an asset that has files: a word of the private use area, which nobody types. */
export const hasFilesMark = '\u{e000}';

/** The columns of an asset's row in asset_fts; `fold` folds as queries are folded. */
export function ftsColumns(text: AssetSearchText, fold: (text: string) => string): Record<FtsColumn, string> {
  const joined = (all: readonly (string | null | undefined)[]): string =>
    fold(all.filter((one) => one !== null && one !== undefined).join('\n'));
  return {
    title: fold(text.title),
    synopsis: joined([text.teaser, text.synopsis]),
    shotlist: fold(text.shotlist ?? ''),
    transcript: fold(text.transcript ?? ''),
    people: joined(text.people.flatMap(({ name, role }) => [name, role])),
    organisations: joined(text.organisations),
    place: fold(text.place ?? ''),
    country: fold(text.country ?? ''),
    event: fold(text.eventTitle ?? ''),
    keywords: joined(text.keywords),
    file_name: text.fileNames.length === 0 ? '' : `${hasFilesMark}\n${joined(text.fileNames)}`,
  };
}

/** What a template for folders and file names can speak of. */
export const nameTokens = {
  day: 'The day it was filmed, else the day it was published, as 2026-02-01',
  year: 'The year of that day',
  month: 'The month of that day, 01 to 12',
  date: 'The day of that month, 01 to 31',
  event: 'The title of its event',
  title: 'Its own title',
  place: 'Where it was',
  country: 'The country of that place',
  source: 'The name of the source; the host of a plain address',
  id: "The source's own id of it",
  version: 'Which version of the story: master, subtitled or b-roll',
  language: 'The language, as the source writes it',
  rendition: 'Which of its files: the role the source gives it',
  size: 'Width and height of the picture, as 1920x1080',
  original: 'The name the source gives the file, without its extension',
} as const;

/** The name of a token, as it stands between braces. */
export type NameToken = keyof typeof nameTokens;

/** What each token stands for in one case; absent, null and empty are all "not known". */
export type NameValues = { readonly [Token in NameToken]?: string | null | undefined };

/** Whether a text names a token. */
export function isNameToken(text: string): text is NameToken {
  return Object.hasOwn(nameTokens, text);
}

import { assetStatuses, versionKinds } from './vocabulary.ts';

type Raw = Record<string, unknown>;

function text(value: unknown): string | undefined {
  // The router reads bare numbers in the address as numbers.
  const plain = typeof value === 'number' ? String(value) : value;
  return typeof plain === 'string' && plain !== '' ? plain.slice(0, 500) : undefined;
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[]): T | undefined {
  return allowed.find((item) => item === value);
}

function day(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(value)
    ? value
    : undefined;
}

/** Drops what is not set, so that addresses stay short and `undefined` never reaches a call. */
export function compact<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** An address inside the app to go back to; anything that could leave the app is dropped. */
export function backAddress(value: unknown): string | undefined {
  return typeof value === 'string' && /^\/(?!\/)/.test(value) ? value.slice(0, 2000) : undefined;
}

const views = ['cards', 'table'] as const;

/** What the catalogue's address carries. */
export function catalogueSearch(raw: Raw) {
  return compact({
    query: text(raw['query']),
    event: text(raw['event']),
    from: day(raw['from']),
    to: day(raw['to']),
    version: oneOf(raw['version'], versionKinds),
    status: oneOf(raw['status'], assetStatuses),
    source: text(raw['source']),
    country: text(raw['country']),
    language: text(raw['language']),
    held: oneOf(raw['held'], ['none', 'here'] as const),
    order: oneOf(raw['order'], ['newest', 'relevance'] as const),
    saved: text(raw['saved']),
    view: oneOf(raw['view'], views),
  });
}
export type CatalogueSearch = ReturnType<typeof catalogueSearch>;

/** What the library's address carries. */
export function librarySearch(raw: Raw) {
  return compact({
    query: text(raw['query']),
    event: text(raw['event']),
    from: day(raw['from']),
    to: day(raw['to']),
    tag: text(raw['tag']),
    clip: text(raw['clip']),
    view: oneOf(raw['view'], views),
  });
}
export type LibrarySearch = ReturnType<typeof librarySearch>;

/** The tabs of the downloads screen. */
export const downloadTabs = ['active', 'done', 'failed', 'all'] as const;
export type DownloadTab = (typeof downloadTabs)[number];

/** What the downloads' address carries. */
export function downloadsSearch(raw: Raw) {
  return compact({ tab: oneOf(raw['tab'], downloadTabs) });
}

/** The parts of the settings that a link can lead to. */
export const settingsSections = [
  'general',
  'downloads',
  'names',
  'traffic',
  'network',
  'sources',
  'doctor',
  'about',
] as const;
export type SettingsSection = (typeof settingsSections)[number];

/** What the settings' address carries. */
export function settingsSearch(raw: Raw) {
  return compact({ section: oneOf(raw['section'], settingsSections) });
}

/** The states of the account screen that a person can walk between. */
const accountViews = [
  'sign-in',
  'register',
  'code',
  'forgot',
  'new-password',
  'verified',
  'updated',
] as const;
export type AccountView = (typeof accountViews)[number];

/** What the account screen's address carries. */
export function accountSearch(raw: Raw) {
  return compact({ view: oneOf(raw['view'], accountViews), back: backAddress(raw['back']) });
}

/** What the events' address carries. */
export function eventsSearch(raw: Raw) {
  return compact({ query: text(raw['query']) });
}

/** What the address of search results carries. */
export function resultsSearch(raw: Raw) {
  return compact({ q: text(raw['q']) });
}

/** What the notices' address carries. */
export function noticesSearch(raw: Raw) {
  return compact({ show: oneOf(raw['show'], ['open', 'all'] as const) });
}

/** What an asset's address carries: the words that it was found by, to be marked in its texts. */
export function assetSearch(raw: Raw) {
  return compact({ at: text(raw['at']) });
}

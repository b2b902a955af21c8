import { foldText } from '../fold-text.ts';
import { beginsWithWords, type CompletedField, type Completing } from './completion.ts';

/** One of the things that can be put in the place of what is typed. */
export interface Completion {
  /** The name of a field, or a value as `complete` takes it. */
  readonly value: string;
  /** What it means, in plain words; null where the value says it all. */
  readonly note: string | null;
  /** How many of the newest assets have it; null where nothing was counted. */
  readonly count: number | null;
}

/** A field whose values only the catalogue knows. */
export type AskedField = Extract<
  CompletedField,
  'person' | 'organisation' | 'place' | 'country' | 'tag' | 'event'
>;

/** What is known where completions are shown. */
export interface Known {
  /** The calendar day of whoever types, `YYYY-MM-DD`. */
  readonly today: string;
  /** Names of the sources. */
  readonly sources: readonly string[];
}

interface Told {
  readonly value: string;
  readonly note: string;
  /** Other spellings that lead here. */
  readonly also?: readonly string[];
}

/** Every field that can be searched, by its first name. */
export const fieldNames: readonly Told[] = [
  { value: 'person', note: 'who is in it', also: ['people'] },
  { value: 'place', note: 'where it was filmed', also: ['location'] },
  { value: 'country', note: 'in which country' },
  { value: 'org', note: 'organisation', also: ['organisation', 'organization'] },
  { value: 'event', note: 'title of the event' },
  { value: 'tag', note: 'keyword', also: ['keyword'] },
  { value: 'day', note: 'day, month or year', also: ['date'] },
  { value: 'title', note: 'words of the title' },
  { value: 'synopsis', note: 'words of the description', also: ['description'] },
  { value: 'shotlist', note: 'words of the shotlist', also: ['shots'] },
  { value: 'transcript', note: 'words that are spoken' },
  { value: 'file', note: 'name of a file', also: ['filename'] },
  { value: 'source', note: 'who offers it' },
  { value: 'status', note: 'whether it may be used' },
  { value: 'version', note: 'clean, subtitled, B-roll' },
  { value: 'language', note: 'which is spoken', also: ['lang'] },
  { value: 'has', note: 'what it has' },
  { value: 'is', note: 'here, new, killed' },
];

/** Values of the fields that know no others. */
export const closedValues: Readonly<Record<'status' | 'version' | 'has' | 'is', readonly Told[]>> = {
  status: [
    { value: 'usable', note: 'can be downloaded' },
    { value: 'expected', note: 'announced, not there yet' },
    { value: 'embargoed', note: 'not to be used yet' },
    { value: 'withheld', note: 'held back by the source' },
    { value: 'withdrawn', note: 'taken back by the source' },
  ],
  version: [
    { value: 'master', note: 'clean, without burnt-in text' },
    { value: 'subtitled', note: 'with burnt-in subtitles' },
    { value: 'b-roll', note: 'rushes and cutaways', also: ['broll'] },
    { value: 'unknown', note: 'the source does not say' },
  ],
  has: [
    { value: 'shotlist', note: 'its shots, line by line' },
    { value: 'transcript', note: 'what is said, as text' },
    { value: 'synopsis', note: 'a description' },
    { value: 'file', note: 'something to download', also: ['files', 'rendition'] },
    { value: 'picture', note: 'a still to look at' },
    { value: 'event', note: 'what it belongs to' },
    { value: 'person', note: 'somebody named', also: ['people'] },
    { value: 'organisation', note: 'one that is named', also: ['org'] },
    { value: 'place', note: 'where it was filmed' },
    { value: 'country', note: 'in which it was filmed' },
    { value: 'tag', note: 'keywords', also: ['tags', 'keyword', 'keywords'] },
    { value: 'language', note: 'which is spoken' },
    { value: 'day', note: 'when it was filmed or published', also: ['date'] },
    { value: 'duration', note: 'a running time' },
    { value: 'rights', note: 'words on its use' },
  ],
  is: [
    { value: 'new', note: 'usable and not here' },
    { value: 'held', note: 'here', also: ['here', 'downloaded'] },
    { value: 'killed', note: 'the source has said not to use it' },
    { value: 'corrected', note: 'the source has corrected it' },
  ],
};

/** The field of which the catalogue has to be asked for values; null where `completionsKnown` has them all. */
export function askedFieldOf(at: Completing | null): AskedField | null {
  if (at?.kind !== 'value') return null;
  switch (at.field) {
    case 'person':
    case 'organisation':
    case 'place':
    case 'country':
    case 'tag':
    case 'event':
      return at.field;
    default:
      return null;
  }
}

/** The completions that need not be asked for, in the order they are to be shown. */
export function completionsKnown(at: Completing, known: Known): Completion[] {
  if (at.kind === 'field') return spelled(fieldNames, at.typed);
  switch (at.field) {
    case 'status':
    case 'version':
    case 'has':
    case 'is':
      return spelled(closedValues[at.field], at.typed);
    case 'day':
      return daysFrom(known.today, at.typed);
    case 'source':
      return known.sources
        .filter((name) => beginsWithWords(name, at.typed))
        .map((value) => ({ value, note: null, count: null }));
    default:
      return [];
  }
}

/** Leaves nothing to offer where the one completion there is stands there already. */
export function worthOffering(at: Completing, all: readonly Completion[]): readonly Completion[] {
  const [only, ...others] = all;
  const isThere =
    at.kind === 'value' && others.length === 0 && foldText(only?.value ?? '') === foldText(at.typed);
  return isThere ? [] : all;
}

function spelled(all: readonly Told[], typed: string): Completion[] {
  const wanted = typed.toLowerCase();
  return all
    .filter(({ value, also = [] }) => [value, ...also].some((name) => name.startsWith(wanted)))
    .map(({ value, note }) => ({ value, note, count: null }));
}

function daysFrom(today: string, typed: string): Completion[] {
  const wanted = typed.toLowerCase();
  const days = [
    { value: today, note: 'today' },
    { value: today.slice(0, 7), note: 'this month' },
    { value: today.slice(0, 4), note: 'this year' },
  ];
  return days
    .filter(({ value, note }) => value.startsWith(wanted) || beginsWithWords(note, typed))
    .map((day) => ({ ...day, count: null }));
}

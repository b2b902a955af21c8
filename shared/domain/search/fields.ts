import type { AssetStatus, VersionKind } from '../../contract/catalogue.ts';
import type { Being, Having, SearchNode, TextField } from './search-node.ts';
import { readDays } from './read-days.ts';

const textFields: Readonly<Record<string, TextField>> = {
  title: 'title',
  synopsis: 'synopsis',
  description: 'synopsis',
  shotlist: 'shotlist',
  shots: 'shotlist',
  transcript: 'transcript',
  person: 'person',
  people: 'person',
  place: 'place',
  location: 'place',
  country: 'country',
  org: 'organisation',
  organisation: 'organisation',
  organization: 'organisation',
  event: 'event',
  tag: 'tag',
  keyword: 'tag',
  file: 'file',
  filename: 'file',
};

const having: Readonly<Record<string, Having>> = {
  ...Object.fromEntries(
    Object.values(textFields).flatMap((what) => (what === 'title' ? [] : [[what, what]])),
  ),
  people: 'person',
  org: 'organisation',
  keyword: 'tag',
  tags: 'tag',
  keywords: 'tag',
  files: 'file',
  rendition: 'file',
  picture: 'picture',
  language: 'language',
  day: 'day',
  date: 'day',
  duration: 'duration',
  rights: 'rights',
};

const being: Readonly<Record<string, Being>> = {
  held: 'held',
  here: 'held',
  downloaded: 'held',
  new: 'new',
  killed: 'killed',
  corrected: 'corrected',
};

const statuses = [
  'usable',
  'expected',
  'embargoed',
  'withheld',
  'withdrawn',
] as const satisfies AssetStatus[];
const versions = ['master', 'subtitled', 'b-roll', 'unknown'] as const satisfies VersionKind[];

/** The text field of a name before a colon; undefined when it names none. */
export function textFieldOf(name: string): TextField | undefined {
  return own(textFields, name);
}

/**
 * What a field with a value says, where the value is not text to be found.
 *
 * @param typing whether the value may still grow: `status:with` is then both withheld and withdrawn.
 * @returns null when the field or its value is not understood.
 */
export function readField(name: string, value: string, typing: boolean): SearchNode | null {
  const wanted = value.toLowerCase();
  switch (name) {
    case 'day':
    case 'date':
      return readDays(value, { named: true });
    case 'status':
      return someOf('status', begun(statuses, wanted, typing));
    case 'version':
      return someOf('version', begun(versions, wanted === 'broll' ? 'b-roll' : wanted, typing));
    case 'source':
      return { kind: 'source', text: value };
    case 'language':
    case 'lang':
      return { kind: 'language', text: value };
    case 'has': {
      const what = own(having, wanted);
      return what === undefined ? null : { kind: 'has', what };
    }
    case 'is': {
      const what = own(being, wanted);
      if (what !== undefined) return { kind: 'is', what };
      return someOf('status', begun(statuses, wanted, false));
    }
    default:
      return null;
  }
}

function someOf<K extends 'status' | 'version', V>(
  kind: K,
  anyOf: readonly V[],
): { kind: K; anyOf: readonly V[] } | null {
  return anyOf.length === 0 ? null : { kind, anyOf };
}

function begun<V extends string>(all: readonly V[], wanted: string, typing: boolean): V[] {
  return all.filter((one) => one === wanted || (typing && one.startsWith(wanted)));
}

/** Never what every object has: `constructor:` is a word like others. */
function own<V>(record: Readonly<Record<string, V>>, name: string): V | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

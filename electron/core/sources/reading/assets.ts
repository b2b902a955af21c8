import type { Rights, VersionKind } from '../../../../shared/contract/catalogue.ts';
import type { SourceAsset } from '../source-model.ts';

/** Nothing is said of what may be done, which means that it has to be asked. */
export const noRights: Rights = {
  usageText: null,
  creditLine: null,
  copyright: null,
  licenceUrl: null,
  editorialOnly: null,
  thirdParty: null,
  embargoUntilMs: null,
  embargoText: null,
  expiresAtMs: null,
  territories: null,
};

const blank: Omit<SourceAsset, 'externalId' | 'title' | 'status'> = {
  aliases: [],
  version: null,
  story: null,
  versionKind: 'unknown',
  statusReason: null,
  notice: null,
  teaser: null,
  synopsis: null,
  shotlist: null,
  transcript: null,
  dates: { filmed: null, event: null, published: null, changed: null },
  eventExternalId: null,
  place: null,
  country: null,
  people: [],
  organisations: [],
  keywords: [],
  language: null,
  durationMs: null,
  rights: noRights,
  pageUrl: null,
  pictureUrl: null,
  renditions: [],
};

/** An asset of which some facts are told. Without a file, and unless it says otherwise, it is announced and expected. */
export function anEmptyAsset(
  facts: Partial<SourceAsset> & Pick<SourceAsset, 'externalId' | 'title'>,
): SourceAsset {
  const status = (facts.renditions?.length ?? 0) > 0 ? 'usable' : 'expected';
  return { status, ...blank, ...facts };
}

/**
 * Words that mean a version wherever they end a name, and words that end other names too ("Keeping the sea clean",
 * "The harbour master"): those count in capitals or set off by a dash, a bracket or the like.
 */
const suffixes: ReadonlyArray<readonly [VersionKind, RegExp]> = [
  ['subtitled', /[\s_\-–—(|:]+(master[\s_-]?subs?|subtitled|with subtitles)\)?$/i],
  ['b-roll', /[\s_\-–—(|:]+(b[\s_-]?roll)\)?$/i],
  ['master', /[\s_\-–—(|:]+(clean master|clean feed)\)?$/i],
  ['subtitled', /[\s_\-–—(|:]+SUBS\)?$|\s*[_\-–—(|:]\s*[Ss]ubs\)?$/],
  ['b-roll', /[\s_\-–—(|:]+RUSHES\)?$|\s*[_\-–—(|:]\s*[Rr]ushes\)?$/],
  ['master', /[\s_\-–—(|:]+(?:MASTER|CLEAN)\)?$|\s*[_\-–—(|:]\s*(?:[Mm]aster|[Cc]lean)\)?$/],
];

/** No suffix is longer, with what sets it off; in a longer text the patterns would try every run of dashes again and again. */
const longestSuffix = 80;

/**
 * Which version of a story something is, by the suffix of its title or file name (MASTER, MASTERSUBS, B-ROLL), and
 * the name that all versions share; without a suffix nothing is known of it.
 */
export function versionOf(
  title: string | null,
  fileName: string | null,
): { versionKind: VersionKind; story: string | null } {
  const stem = fileName?.replace(/\.[a-z0-9]{2,5}$/i, '');
  for (const text of [title, stem]) {
    const name = text?.trim() ?? '';
    const end = name.slice(-longestSuffix);
    for (const [versionKind, suffix] of suffixes) {
      const match = suffix.exec(end);
      const story = match && storyKey(name.slice(0, name.length - end.length + match.index));
      if (story) return { versionKind, story };
    }
  }
  return { versionKind: 'unknown', story: null };
}

function storyKey(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_–—-]+/g, ' ')
    .trim();
}

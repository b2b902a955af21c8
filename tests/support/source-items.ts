import type { SourceAsset, SourceRendition } from '../../electron/core/sources/source-model.ts';
import type { DateFact } from '../../shared/contract/values.ts';

/** A date as a source tells it; a moment at noon unless it is said to be coarser. */
export function aDate(day: string, precision: DateFact['precision'] = 'moment'): DateFact {
  const atMs = precision === 'moment' ? Date.parse(`${day}T12:00:00Z`) : null;
  return { precision, firstDay: day, lastDay: day, atMs, text: day };
}

/** A file of an item as a source tells it. */
export function aFile(externalId: string, facts: Partial<SourceRendition> = {}): SourceRendition {
  return {
    externalId,
    medium: 'video',
    role: 'original',
    fileName: `${externalId}.mp4`,
    address: null,
    mediaType: null,
    container: null,
    videoCodec: null,
    audioCodec: null,
    width: null,
    height: null,
    rateNum: null,
    rateDen: null,
    scan: null,
    startTimecode: null,
    bitrate: null,
    sizeBytes: null,
    aboutBytes: null,
    durationMs: null,
    language: null,
    hash: null,
    etag: null,
    ...facts,
  };
}

/** An item as a source tells it; by default usable, in its first version, with one file of its own. */
export function anItem(externalId: string, facts: Partial<SourceAsset> = {}): SourceAsset {
  return {
    externalId,
    aliases: [],
    version: '1',
    story: null,
    versionKind: 'unknown',
    status: 'usable',
    statusReason: null,
    notice: null,
    title: `Item ${externalId}`,
    teaser: null,
    synopsis: `The synopsis of ${externalId}`,
    shotlist: null,
    transcript: null,
    dates: { filmed: null, event: null, published: aDate('2025-09-08'), changed: null },
    eventExternalId: null,
    place: null,
    country: null,
    people: [],
    organisations: [],
    keywords: [],
    language: null,
    durationMs: null,
    rights: {
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
    },
    pageUrl: null,
    pictureUrl: null,
    renditions: [aFile(`${externalId}-file`)],
    ...facts,
  };
}

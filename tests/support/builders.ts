import type { PortalAsset, PortalEvent, PortalRendition } from '../../shared/portal-api/asset.ts';

/** A rendition as a portal tells it; `id` has to be its own. */
export function aRendition(fields: Partial<PortalRendition> = {}): PortalRendition {
  return {
    id: '1-master',
    role: 'master',
    fileName: 'meridian-1.mp4',
    container: 'mp4',
    videoCodec: 'h264',
    audioCodec: 'aac',
    width: 1280,
    height: 720,
    rateNum: 25,
    rateDen: 1,
    scan: 'progressive',
    dropFrame: false,
    startTimecode: '10:00:00:00',
    bitrate: 2_000_000,
    sizeBytes: 1000,
    durationMs: 4000,
    language: 'en',
    sha256: 'a'.repeat(64),
    etag: '"one"',
    ...fields,
  };
}

/** An asset as a portal tells it; by default usable, with one rendition named after its id. */
export function anAsset(fields: Partial<PortalAsset> = {}): PortalAsset {
  const id = fields.id ?? '1';
  return {
    id,
    version: 'v1',
    changedAtMs: 1,
    story: `story-${id}`,
    versionKind: 'master',
    status: 'usable',
    title: `Asset ${id}`,
    teaser: 'A teaser',
    synopsis: `Synopsis of ${id}`,
    shotlist: '1. Wide of the hall',
    transcript: '',
    publishedAtMs: Date.UTC(2025, 8, 8, 10),
    publishedDay: '2025-09-08',
    place: 'Tamrit',
    country: 'Meridian',
    people: [{ name: 'Ada Lind', role: 'Speaker' }],
    organisations: ['Meridian Compact'],
    keywords: ['session'],
    language: 'en',
    durationMs: 4000,
    rights: {
      usageText: 'Free',
      creditLine: 'Meridian',
      editorialOnly: true,
      thirdParty: null,
      territories: null,
    },
    pageUrl: '',
    pictureUrl: '',
    renditions: [aRendition({ id: `${id}-master`, fileName: `meridian-${id}.mp4` })],
    ...fields,
  };
}

/** An event as a portal tells it. */
export function anEvent(fields: Partial<PortalEvent> = {}): PortalEvent {
  return {
    id: 'ev-1',
    title: 'Winter session',
    firstDay: '2025-09-08',
    lastDay: '2025-09-10',
    place: 'Tamrit',
    country: 'Meridian',
    people: [],
    organisations: [],
    summary: 'Three days of talks',
    publishedDay: '2025-09-08',
    pageUrl: '',
    ...fields,
  };
}

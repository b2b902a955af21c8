import type { PortalAsset, PortalEvent, PortalRendition } from '../../../../shared/portal-api/asset.ts';
import { isDay } from '../../../../shared/domain/calendar-day.ts';
import type { SourceAsset, SourceEvent, SourceRendition } from '../source-model.ts';

/** The portal writes "does not say" as an empty text; ours is null. */
function said(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === '' ? null : trimmed;
}

/** A day that exists; the wire's format also lets month 13 through, which no calendar and no table of ours knows. */
function realDay(text: string | undefined): string | null {
  return text !== undefined && isDay(text) ? text : null;
}

/** An address that a browser may be sent to; a source could just as well say `javascript:` or `file:`. */
function webAddress(text: string): string | null {
  const url = URL.parse(text.trim());
  return url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
    ? url.href
    : null;
}

/** A last day only after a first, and never before it. */
function lastOf(first: string | null, text: string | undefined): string | null {
  const last = realDay(text);
  return first === null || last === null || last < first ? first : last;
}

/** A portal's asset in the model every source is reduced to. */
export function toSourceAsset(asset: PortalAsset): SourceAsset {
  const filmedFirstDay = realDay(asset.filmedFirstDay);
  return {
    externalId: asset.id,
    story: said(asset.story),
    versionKind: asset.versionKind,
    status: asset.status,
    title: asset.title.trim(),
    teaser: said(asset.teaser),
    synopsis: said(asset.synopsis),
    shotlist: said(asset.shotlist),
    transcript: said(asset.transcript),
    publishedAtMs: asset.publishedAtMs,
    publishedDay: realDay(asset.publishedDay),
    filmedFirstDay,
    filmedLastDay: lastOf(filmedFirstDay, asset.filmedLastDay),
    eventExternalId: asset.eventId ?? null,
    place: said(asset.place),
    country: said(asset.country),
    people: asset.people.map(({ name, role }) => (role ? { name, role } : { name })),
    organisations: asset.organisations,
    keywords: asset.keywords,
    language: said(asset.language),
    durationMs: asset.durationMs,
    rights: {
      usageText: said(asset.rights.usageText),
      creditLine: said(asset.rights.creditLine),
      editorialOnly: asset.rights.editorialOnly,
      thirdParty: asset.rights.thirdParty,
      embargoUntilMs: asset.embargoUntilMs ?? asset.rights.embargoUntilMs ?? null,
      expiresAtMs: asset.rights.expiresAtMs ?? null,
      territories: asset.rights.territories,
    },
    pageUrl: webAddress(asset.pageUrl),
    pictureUrl: said(asset.pictureUrl),
    renditions: asset.renditions.map(toSourceRendition),
  };
}

function toSourceRendition(rendition: PortalRendition): SourceRendition {
  return {
    externalId: rendition.id,
    role: rendition.role,
    fileName: rendition.fileName,
    container: rendition.container,
    videoCodec: rendition.videoCodec,
    audioCodec: rendition.audioCodec,
    width: rendition.width,
    height: rendition.height,
    rateNum: rendition.rateNum,
    rateDen: rendition.rateDen,
    scan: rendition.scan,
    startTimecode: rendition.startTimecode,
    bitrate: rendition.bitrate,
    sizeBytes: rendition.sizeBytes,
    durationMs: rendition.durationMs,
    language: rendition.language,
    hash: rendition.sha256 === null ? null : { kind: 'sha256', value: rendition.sha256 },
    etag: rendition.etag,
  };
}

/** A portal's event in the model every source is reduced to. */
export function toSourceEvent(event: PortalEvent): SourceEvent {
  const firstDay = realDay(event.firstDay);
  return {
    externalId: event.id,
    title: event.title.trim(),
    firstDay,
    lastDay: lastOf(firstDay, event.lastDay),
    place: said(event.place),
    people: event.people.map(({ name, role }) => (role ? { name, role } : { name })),
    organisations: event.organisations,
    summary: said(event.summary),
    pageUrl: webAddress(event.pageUrl),
  };
}

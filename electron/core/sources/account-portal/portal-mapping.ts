import type { PortalAsset, PortalEvent, PortalRendition } from '../../../../shared/portal-api/asset.ts';
import { isDay } from '../../../../shared/domain/calendar-day.ts';
import type { AssetDates } from '../../../../shared/contract/catalogue.ts';
import type { DateFact } from '../../../../shared/contract/values.ts';
import { sameAddress, webAddress } from '../reading/addresses.ts';
import { dateOfMs } from '../reading/dates.ts';
import { aRendition } from '../reading/renditions.ts';
import type { Alias, SourceAsset, SourceEvent, SourceRendition } from '../source-model.ts';

/** The portal writes "does not say" as an empty text; ours is null. */
function said(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === '' ? null : trimmed;
}

/** A day that exists; the wire's format also lets month 13 through, which no calendar and no table of ours knows. */
function realDay(text: string | undefined): string | null {
  return text !== undefined && isDay(text) ? text : null;
}

/** A last day only after a first, and never before it. */
function lastOf(first: string | null, text: string | undefined): string | null {
  const last = realDay(text);
  return first === null || last === null || last < first ? first : last;
}

function datesOf(asset: PortalAsset): AssetDates {
  const filmedFirstDay = realDay(asset.filmedFirstDay);
  return {
    filmed: filmedFirstDay === null ? null : daysOf(filmedFirstDay, asset.filmedLastDay),
    event: null,
    published: publishedOf(asset),
    changed: isCalendarTime(asset.changedAtMs) ? dateOfMs(asset.changedAtMs) : null,
  };
}

/** The years 1 to 9999, in UTC milliseconds. */
const firstTimeMs = -62_135_596_800_000;
const lastTimeMs = 253_402_300_799_999;

/** Whether a time lies in them: a number without bounds may be anything. */
function isCalendarTime(ms: number): boolean {
  return ms >= firstTimeMs && ms <= lastTimeMs;
}

/** An end beyond all calendars is one that never comes, and no reason to take it for none. */
function endTime(ms: number | undefined): number | null {
  return ms === undefined ? null : Math.min(Math.max(ms, firstTimeMs), lastTimeMs);
}

function daysOf(firstDay: string, last: string | undefined): DateFact {
  const lastDay = lastOf(firstDay, last) ?? firstDay;
  const text = firstDay === lastDay ? firstDay : `${firstDay}/${lastDay}`;
  return { precision: 'day', firstDay, lastDay, atMs: null, text };
}

/** The moment, under the day that the portal itself gives it: its clock may be in another zone than UTC. */
function publishedOf({ publishedDay, publishedAtMs }: PortalAsset): DateFact | null {
  const day = realDay(publishedDay);
  if (day === null) return null;
  const days = { firstDay: day, lastDay: day, text: publishedDay };
  return isCalendarTime(publishedAtMs)
    ? { ...days, precision: 'moment', atMs: publishedAtMs }
    : { ...days, precision: 'day', atMs: null };
}

/** The item's own page, and each of its files by its content. */
function aliasesOf(asset: PortalAsset): Alias[] {
  const page = webAddress(asset.pageUrl);
  const hashes = asset.renditions.map(({ sha256 }) => sha256).filter((hash) => hash !== null);
  return [
    ...(page === null ? [] : [{ scheme: 'page', value: sameAddress(page) }]),
    ...[...new Set(hashes)].map((value) => ({ scheme: 'sha256', value })),
  ];
}

/** A portal's asset in the model every source is reduced to. */
export function toSourceAsset(asset: PortalAsset): SourceAsset {
  return {
    externalId: asset.id,
    aliases: aliasesOf(asset),
    // The portal's version is there to be compared for equality; which telling is newer, the time of the change says.
    version: null,
    story: said(asset.story),
    versionKind: asset.versionKind,
    status: asset.status,
    statusReason: null,
    notice: null,
    title: asset.title.trim(),
    teaser: said(asset.teaser),
    synopsis: said(asset.synopsis),
    shotlist: said(asset.shotlist),
    transcript: said(asset.transcript),
    dates: datesOf(asset),
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
      copyright: null,
      licenceUrl: null,
      editorialOnly: asset.rights.editorialOnly,
      thirdParty: asset.rights.thirdParty,
      embargoUntilMs: endTime(asset.embargoUntilMs ?? asset.rights.embargoUntilMs),
      embargoText: null,
      expiresAtMs: endTime(asset.rights.expiresAtMs),
      territories: asset.rights.territories,
    },
    pageUrl: webAddress(asset.pageUrl),
    pictureUrl: said(asset.pictureUrl),
    renditions: asset.renditions.map(toSourceRendition),
  };
}

function toSourceRendition(rendition: PortalRendition): SourceRendition {
  const { id, sha256, dropFrame: _, ...facts } = rendition;
  return aRendition({
    ...facts,
    externalId: id,
    medium: 'video',
    hash: sha256 === null ? null : { kind: 'sha256', value: sha256 },
  });
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

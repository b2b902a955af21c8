import { hash } from 'node:crypto';
import type { DateFact } from '../../../shared/contract/values.ts';
import type { SourceAsset, SourceRendition } from '../sources/source-model.ts';

/**
 * What a source told of one item as one text: to be compared by its hash, and carried to the thread that writes.
 *
 * The values stand in a fixed order without their names, so that the same facts always make the same text; half as long
 * as with names, it costs half the time too. The long texts stand behind them in a line of their own, plain, and in
 * their places only how long they are: they are most of it, and need no quotation marks.
 */
export interface Telling {
  readonly externalId: string;
  /** The text as UTF-16, which is how it lies in memory: to turn it into UTF-8 takes three times as long. */
  readonly units: Buffer;
}

/** The tellings of a page in one piece of memory, to be handed over instead of copied. */
export interface PackedTellings {
  readonly externalIds: readonly string[];
  /** Where each text ends, in bytes. */
  readonly ends: readonly number[];
  readonly units: ArrayBuffer;
}

type Packed = ReturnType<typeof pack>;

/** Packs what a source told of an item. */
export function tellingOf(asset: SourceAsset): Telling {
  return { externalId: asset.externalId, units: Buffer.from(textsOf(asset).join(''), 'utf16le') };
}

/** Packs what a source told in a page. */
export function packTellings(assets: readonly SourceAsset[]): PackedTellings {
  const all = assets.map(textsOf);
  const ends: number[] = [];
  let end = 0;
  for (const texts of all) {
    for (const text of texts) end += text.length * 2;
    ends.push(end);
  }
  const units = new ArrayBuffer(end);
  const buffer = Buffer.from(units);
  let at = 0;
  // One by one: to join them first would take as long as all the rest.
  for (const texts of all) for (const text of texts) at += buffer.write(text, at, 'utf16le');
  return { externalIds: assets.map(({ externalId }) => externalId), ends, units };
}

/** The tellings of a page, each a view into the same memory. */
export function unpackTellings({ externalIds, ends, units }: PackedTellings): Telling[] {
  return externalIds.map((externalId, index) => {
    const start = ends[index - 1] ?? 0;
    return { externalId, units: Buffer.from(units, start, (ends[index] ?? start) - start) };
  });
}

/** Unpacks what was told of an item. */
export function assetOf({ units }: Telling): SourceAsset {
  const text = units.toString('utf16le');
  // The first end of a line is the one behind the facts: within them it is written otherwise.
  const end = text.indexOf('\n');
  return unpack(JSON.parse(text.slice(0, end)) as Packed, text.slice(end + 1));
}

/** 20 bytes by which one telling is known from another. Nobody gains by forging one, so the fastest hash does. */
export function hashOf({ units }: Telling): Buffer {
  return hash('sha1', units, 'buffer');
}

/** What follows one another in the text of a telling. */
function textsOf(asset: SourceAsset): string[] {
  const texts = [asset.teaser, asset.synopsis, asset.shotlist, asset.transcript];
  return [JSON.stringify(pack(asset)), '\n', ...texts.filter((text) => text !== null)];
}

// What is packed here in one order is unpacked below in the same. Written out, for a list of keys to go by would cost as
// much time again as all the rest, and so would more arrays within arrays.
function pack(asset: SourceAsset) {
  const { dates, rights } = asset;
  return [
    asset.externalId,
    asset.version,
    asset.story,
    asset.versionKind,
    asset.status,
    asset.statusReason,
    asset.notice,
    asset.title,
    lengthOf(asset.teaser),
    lengthOf(asset.synopsis),
    lengthOf(asset.shotlist),
    lengthOf(asset.transcript),
    packDate(dates.filmed),
    packDate(dates.event),
    packDate(dates.published),
    packDate(dates.changed),
    asset.eventExternalId,
    asset.place,
    asset.country,
    asset.language,
    asset.durationMs,
    asset.aliases.map(({ scheme, value }) => [scheme, value] as const),
    asset.people.map(({ name, role }) => [name, role ?? null] as const),
    asset.organisations,
    asset.keywords,
    asset.pageUrl,
    asset.pictureUrl,
    rights.usageText,
    rights.creditLine,
    rights.copyright,
    rights.licenceUrl,
    rights.editorialOnly,
    rights.thirdParty,
    rights.embargoUntilMs,
    rights.embargoText,
    rights.expiresAtMs,
    rights.territories,
    asset.renditions.map(packRendition),
  ] as const;
}

function unpack(packed: Packed, texts: string): SourceAsset {
  const [externalId, version, story, versionKind, status, statusReason, notice, ...afterState] = packed;
  const [title, teaser, synopsis, shotlist, transcript, ...afterTexts] = afterState;
  const [filmed, event, published, changed, ...afterDates] = afterTexts;
  const [eventExternalId, place, country, language, durationMs, ...afterFacts] = afterDates;
  const [aliases, people, organisations, keywords, pageUrl, pictureUrl, ...afterLists] = afterFacts;
  const [usageText, creditLine, copyright, licenceUrl, editorialOnly, ...afterTerms] = afterLists;
  const [thirdParty, embargoUntilMs, embargoText, expiresAtMs, territories, renditions] = afterTerms;
  let at = 0;
  const next = (length: number | null): string | null =>
    length === null ? null : texts.slice(at, (at += length));
  return {
    externalId,
    aliases: aliases.map(([scheme, value]) => ({ scheme, value })),
    version,
    story,
    versionKind,
    status,
    statusReason,
    notice: notice && { kind: notice.kind, text: notice.text },
    title,
    teaser: next(teaser),
    synopsis: next(synopsis),
    shotlist: next(shotlist),
    transcript: next(transcript),
    dates: {
      filmed: unpackDate(filmed),
      event: unpackDate(event),
      published: unpackDate(published),
      changed: unpackDate(changed),
    },
    eventExternalId,
    place,
    country,
    people: people.map(([name, role]) => (role === null ? { name } : { name, role })),
    organisations,
    keywords,
    language,
    durationMs,
    rights: {
      usageText,
      creditLine,
      copyright,
      licenceUrl,
      editorialOnly,
      thirdParty,
      embargoUntilMs,
      embargoText,
      expiresAtMs,
      territories,
    },
    pageUrl,
    pictureUrl,
    renditions: renditions.map(unpackRendition),
  };
}

function lengthOf(text: string | null): number | null {
  return text === null ? null : text.length;
}

function packDate(date: DateFact | null) {
  return date && ([date.precision, date.firstDay, date.lastDay, date.atMs, date.text] as const);
}

function unpackDate(packed: ReturnType<typeof packDate>): DateFact | null {
  if (packed === null) return null;
  const [precision, firstDay, lastDay, atMs, text] = packed;
  return { precision, firstDay, lastDay, atMs, text };
}

function packRendition(one: SourceRendition) {
  return [
    one.externalId,
    one.medium,
    one.role,
    one.fileName,
    one.address,
    one.mediaType,
    one.etag,
    one.container,
    one.videoCodec,
    one.audioCodec,
    one.width,
    one.height,
    one.rateNum,
    one.rateDen,
    one.scan,
    one.startTimecode,
    one.bitrate,
    one.sizeBytes,
    one.aboutBytes,
    one.durationMs,
    one.language,
    one.hash && one.hash.kind,
    one.hash && one.hash.value,
  ] as const;
}

function unpackRendition(packed: ReturnType<typeof packRendition>): SourceRendition {
  const [externalId, medium, role, fileName, address, mediaType, etag, ...afterName] = packed;
  const [container, videoCodec, audioCodec, width, height, rateNum, rateDen, scan, ...afterPicture] =
    afterName;
  const [startTimecode, bitrate, sizeBytes, aboutBytes, durationMs, language, kind, value] = afterPicture;
  return {
    externalId,
    medium,
    role,
    fileName,
    address,
    mediaType,
    etag,
    container,
    videoCodec,
    audioCodec,
    width,
    height,
    rateNum,
    rateDen,
    scan,
    startTimecode,
    bitrate,
    sizeBytes,
    aboutBytes,
    durationMs,
    language,
    hash: kind === null || value === null ? null : { kind, value },
  };
}

import type { Rights } from '../../../../shared/contract/catalogue.ts';
import type { DateFact, Person } from '../../../../shared/contract/values.ts';
import {
  findCreditLine,
  findEditorialOnly,
  findThirdParty,
} from '../../../../shared/domain/rights-judgement.ts';
import { anEmptyAsset, noRights, versionOf } from '../reading/assets.ts';
import { fileNameOf, sameAddress } from '../reading/addresses.ts';
import { aRendition, distrustSizes, withoutDoubles } from '../reading/renditions.ts';
import { oneLine, plainText } from '../reading/words.ts';
import type { Alias, SourceAsset, SourceRendition } from '../source-model.ts';
import { standingOf, type Standing, type StandingSigns } from './agency-standing.ts';
import { sortTexts, type RoledText } from './agency-texts.ts';
import { publishedOf, versionOfItem, type ReadContext } from './read-context.ts';

/** A video item as both formats of the agencies tell it, still in the agency's own terms. */
export interface AgencyItem {
  /** As written; what changes from reading to reading is taken off here. */
  readonly guid: string;
  readonly number: string | null;
  readonly versionCreated: DateFact | null;
  readonly firstCreated: DateFact | null;
  readonly contentCreated: DateFact | null;
  /** Possible titles, the best first. */
  readonly titles: readonly (string | null)[];
  readonly texts: readonly RoledText[];
  /** What the parts of the video show, a line each: `00:05 text`. */
  readonly shots: readonly string[];
  readonly place: string | null;
  readonly country: string | null;
  readonly people: readonly Person[];
  readonly organisations: readonly string[];
  readonly keywords: readonly string[];
  readonly language: string | null;
  readonly eventExternalId: string | null;
  readonly durationMs: number | null;
  /** All files, pictures included. */
  readonly files: readonly AgencyFile[];
  readonly pageUrl: string | null;
  readonly otherIds: readonly Alias[];
  readonly signs: Omit<StandingSigns, 'hasMedia' | 'headline'>;
  readonly creditLine: string | null;
  readonly copyright: string | null;
  readonly licenceUrl: string | null;
  readonly territories: string | null;
  readonly expires: DateFact | null;
}

/** A file of an item; its name among the files of the item is its role. */
export type AgencyFile = Omit<SourceRendition, 'externalId'>;

/** Reduces an item to the one model. */
export function toAsset(item: AgencyItem, context: ReadContext): SourceAsset {
  const externalId = itemIdentity(item.guid);
  const files = item.files.filter((file) => file.medium !== 'picture');
  const renditions = withoutDoubles(distrustSizes(named(item.files, externalId))).filter(
    (rendition) => rendition.medium !== 'picture',
  );
  const title = item.titles.map(oneLine).find((text) => text !== null) ?? externalId;
  const video = renditions.find((rendition) => rendition.medium === 'video') ?? renditions[0] ?? null;
  const standing = standingOf({ ...item.signs, headline: title, hasMedia: hasMedia(files) }, context.nowMs);
  const texts = sortTexts(item.texts.flatMap(readable));
  return anEmptyAsset({
    externalId,
    title,
    aliases: aliasesOf(item, externalId, renditions),
    version: versionOfItem(item.number, item.versionCreated),
    ...versionOf(title, video?.fileName ?? null),
    status: standing.status,
    statusReason: standing.statusReason,
    notice: standing.notice,
    ...texts,
    shotlist:
      [...shotText(item.shots), ...(texts.shotlist === null ? [] : [texts.shotlist])].join('\n\n') || null,
    dates: {
      filmed: item.contentCreated,
      event: null,
      published: publishedOf({ first: item.firstCreated, version: item.versionCreated, number: item.number }),
      changed: item.versionCreated,
    },
    eventExternalId: item.eventExternalId,
    place: oneLine(item.place),
    country: oneLine(item.country),
    people: item.people,
    organisations: item.organisations,
    keywords: item.keywords,
    language: item.language,
    durationMs: item.durationMs ?? longest(renditions),
    rights: rightsOf(item, standing),
    pageUrl: item.pageUrl,
    pictureUrl: pictureOf(item.files),
    renditions,
  });
}

function rightsOf(item: AgencyItem, standing: Standing): Rights {
  const { usageText, edNotes } = item.signs;
  return {
    ...noRights,
    usageText,
    creditLine: oneLine(item.creditLine) ?? findCreditLine(usageText),
    copyright: oneLine(item.copyright),
    licenceUrl: item.licenceUrl,
    editorialOnly: findEditorialOnly(usageText),
    // Agencies put what has to be cleared into the note to editors as often as into the terms.
    thirdParty: [usageText, ...edNotes].map(findThirdParty).find((text) => text !== null) ?? null,
    territories: item.territories,
    embargoUntilMs: standing.embargoUntilMs,
    embargoText: standing.embargoText,
    expiresAtMs: expiryOf(item.expires),
  };
}

/** The identity of an item: its guid, an address without what is signed into it. */
export function itemIdentity(guid: string): string {
  const plain = guid.trim();
  if (!/^https?:/i.test(plain)) return plain;
  const url = URL.parse(sameAddress(plain));
  if (url === null) return plain;
  // A path that ends in a long id needs no query; agencies put a token of the session there.
  if (/\/[0-9a-f-]{24,}$/i.test(url.pathname)) url.search = '';
  return url.href;
}

function hasMedia(files: readonly AgencyFile[]): boolean {
  return files.some((file) => file.medium === 'video' && file.address !== null);
}

/** Files get the name of their role where no other has it, else that of their address. */
function named(files: readonly AgencyFile[], guid: string): SourceRendition[] {
  return files.map((file) => {
    const alone = files.filter((other) => other.role === file.role).length === 1;
    const name = alone || file.address === null ? file.role : sameAddress(file.address);
    return { ...file, externalId: `${guid}#${name}` };
  });
}

function aliasesOf(item: AgencyItem, externalId: string, renditions: readonly SourceRendition[]): Alias[] {
  const isGlobal = /^(https?:|urn:|tag:)/i.test(externalId);
  const media = renditions.flatMap((rendition) => [
    ...(isPlainVideo(rendition) ? [{ scheme: 'media', value: sameAddress(rendition.address ?? '') }] : []),
    ...(rendition.hash?.kind === 'sha256' ? [{ scheme: 'sha256', value: rendition.hash.value }] : []),
  ]);
  const page = item.pageUrl === null ? [] : [{ scheme: 'page', value: sameAddress(item.pageUrl) }];
  return [...(isGlobal ? [{ scheme: 'guid', value: externalId }] : []), ...item.otherIds, ...page, ...media];
}

/** An address that names a file; one of a script that hands out files is full of what belongs to a session. */
function isPlainVideo({ medium, address }: SourceRendition): boolean {
  if (medium !== 'video' || address === null || !/^https?:/.test(address)) return false;
  return /\.[a-z\d]{2,5}$/i.test(fileNameOf(address) ?? '');
}

/** Line breaks of a text without tags are meant, so its entities are read line by line. */
function readable({ role, text }: RoledText): RoledText[] {
  const hasTags = /<[a-z/!]/i.test(text);
  const lines = hasTags ? [text] : text.split('\n');
  const plain =
    lines.length === 1
      ? plainText(text)
      : lines
          .map((line) => plainText(line) ?? '')
          .join('\n')
          .trim();
  return plain === null || plain === '' ? [] : [{ role, text: plain }];
}

function shotText(shots: readonly string[]): string[] {
  return shots.length === 0 ? [] : [shots.join('\n')];
}

function longest(renditions: readonly SourceRendition[]): number | null {
  const known = renditions.flatMap(({ durationMs }) => (durationMs === null ? [] : [durationMs]));
  return known.length === 0 ? null : Math.max(...known);
}

/** The picture that is big enough to be looked at and no bigger than that. */
function pictureOf(files: readonly AgencyFile[]): string | null {
  const pictures = files.filter((file) => file.medium === 'picture' && file.address !== null);
  const odds = (file: AgencyFile): number => Math.abs(Math.log((file.width ?? 200) / 640));
  return pictures.sort((a, b) => odds(a) - odds(b))[0]?.address ?? null;
}

/** An item that expires on a day is let go when that day begins anywhere: rather too early than too late. */
function expiryOf(fact: DateFact | null): number | null {
  if (fact === null) return null;
  return fact.atMs ?? Date.parse(`${fact.firstDay}T00:00:00Z`) - 14 * 3_600_000;
}

/** A picture of which only the address is known. */
export function pictureAt(address: string): AgencyFile {
  const { externalId: _, ...file } = aRendition({
    externalId: '',
    fileName: fileNameOf(address) ?? 'picture',
    address,
    medium: 'picture',
    role: 'keyframe',
  });
  return file;
}

import { splitTranscript } from '../../../../shared/domain/shotlist.ts';
import {
  findCreditLine,
  findEditorialOnly,
  findThirdParty,
} from '../../../../shared/domain/rights-judgement.ts';
import type { DateFact } from '../../../../shared/contract/values.ts';
import { isObject, textOf, type Loose } from '../reading/read-json.ts';
import { fileNameOf, sameAddress, webAddress } from '../reading/addresses.ts';
import { readBytes, readDurationMs, readWhole } from '../reading/amounts.ts';
import { anEmptyAsset, noRights, versionOf } from '../reading/assets.ts';
import { readDate } from '../reading/dates.ts';
import { readMediaType } from '../reading/media-types.ts';
import { aRendition, distrustSizes, withoutDoubles } from '../reading/renditions.ts';
import { listOf, oneLine, plainText } from '../reading/words.ts';
import type { Alias, SourceAsset, SourceRendition } from '../source-model.ts';
import { splitDescription } from '../reading/description-parts.ts';
import { dvidsEndpoints } from './endpoints.ts';

/** An asset of DVIDS in the model every source is reduced to; null when it has no title. */
export function toDvidsAsset(id: string, told: Loose): SourceAsset | null {
  const title = oneLine(told['title']);
  if (title === null) return null;
  const renditions = [...filesOf(id, told), ...captionsOf(id, told)];
  const parts = splitDescription(linesOf(told['description']));
  const spoken = splitTranscript(parts.transcript);
  const pageUrl = webAddress(told['url'], dvidsEndpoints.site);
  const published = readDate(textOf(told['date_published']));
  return anEmptyAsset({
    externalId: id,
    title,
    ...versionOf(title, renditions[0]?.fileName ?? null),
    version: textOf(told['timestamp']),
    synopsis: parts.synopsis,
    shotlist: parts.shotlist ?? spoken.shotlist,
    transcript: parts.shotlist === null ? spoken.transcript : parts.transcript,
    dates: {
      filmed: filmedOn(told['date']),
      event: null,
      published,
      changed: readDate(textOf(told['timestamp'])),
    },
    ...placeOf(told),
    organisations: listOf(told['unit_name']),
    keywords: [...new Set([...words(told['keywords']), ...words(told['tags'])])],
    durationMs: readDurationMs(told['duration'], 's'),
    rights: rightsOf(told, parts.usage),
    pageUrl,
    pictureUrl: pictureOf(told),
    renditions,
    status: renditions.some(({ medium }) => medium === 'video') ? 'usable' : 'expected',
    aliases: aliasesOf(told, pageUrl, renditions),
  });
}

/** Descriptions come in plain lines, in HTML, and in both at once: each line stays one, since headings are told by lines. */
function linesOf(value: unknown): string | null {
  return plainText(typeof value === 'string' ? value.replace(/(?:<br\s*\/?>)?[ \t]*\r?\n/gi, '<br>') : value);
}

/** DVIDS writes the day of filming as midnight in UTC: it is a day, wherever it is read. */
function filmedOn(value: unknown): DateFact | null {
  const text = textOf(value);
  const day = text === null ? null : /^(\d{4}-\d\d-\d\d)T00:00:00/.exec(text)?.[1];
  return readDate(day ?? text);
}

function placeOf(told: Loose): { place: string | null; country: string | null } {
  const location = isObject(told['location']) ? told['location'] : told;
  const named = (name: string): string | null => {
    const text = oneLine(location[name]);
    // A place that is kept secret, or in no country at all: "(UNDISCLOSED LOCATION)", "AT SEA".
    return text === null || /undisclosed|^\(?(?:n\/a|none|unknown)\)?$/i.test(text) ? null : text;
  };
  const city = named('city');
  const state = named('state');
  const place = [city, state === city ? null : state].filter((part) => part !== null).join(', ');
  return { place: place || null, country: named('country') };
}

function words(value: unknown): string[] {
  return listOf(value)
    .flatMap((text) => text.split(/[,;]/))
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function rightsOf(told: Loose, usage: string | null): SourceAsset['rights'] {
  const credits = [told['credit'] ?? []].flat().map((one: unknown) => {
    if (!isObject(one)) return textOf(one);
    return [textOf(one['rank']), textOf(one['name'])].filter((part) => part !== null).join(' ');
  });
  const credit = oneLine(credits.filter(Boolean).join(', '));
  return {
    ...noRights,
    usageText: usage,
    creditLine: findCreditLine(usage) ?? credit,
    copyright: oneLine(told['copyright']),
    editorialOnly: findEditorialOnly(usage),
    thirdParty: findThirdParty(usage),
  };
}

function pictureOf(told: Loose): string | null {
  const { thumbnail, image } = told;
  return webAddress(isObject(thumbnail) ? thumbnail['url'] : (thumbnail ?? image)) ?? webAddress(image);
}

function filesOf(id: string, told: Loose): SourceRendition[] {
  const files = (Array.isArray(told['files']) ? told['files'] : []).filter(isObject);
  const found = files.map((file) => toRendition(id, file, told)).filter((rendition) => rendition !== null);
  // The file as it was delivered first, then from large to small.
  const order = (one: SourceRendition): number => (one.role === 'original' ? 0 : 1);
  return distrustSizes(withoutDoubles(found)).toSorted(
    (a, b) => order(a) - order(b) || (b.height ?? 0) - (a.height ?? 0) || (b.bitrate ?? 0) - (a.bitrate ?? 0),
  );
}

function toRendition(id: string, file: Loose, told: Loose): SourceRendition | null {
  const address = webAddress(file['src']);
  const fileName = address === null ? null : fileNameOf(address);
  if (address === null || fileName === null) return null;
  const mediaType = textOf(file['type']);
  const type = readMediaType(mediaType, fileName);
  // A derivative is named for its size and rate: DOD_111279371-1920x1080-9000k.mp4.
  const derived = /-(\d+x\d+-\d+k)\.\w+$/i.exec(fileName)?.[1];
  return aRendition({
    externalId: `${id}/${fileName}`,
    fileName,
    address,
    mediaType,
    medium: type.medium ?? 'video',
    role: derived ?? 'original',
    container: type.container,
    videoCodec: type.videoCodec,
    width: readWhole(file['width']) ?? type.width,
    height: readWhole(file['height']) ?? type.height,
    bitrate: bitsASecond(file['bitrate']),
    ...readBytes(file['size']),
    durationMs: readDurationMs(told['duration'], 's'),
  });
}

/** Told in kilobits; what would be slower than a telephone in bits is taken for that. */
function bitsASecond(value: unknown): number | null {
  const rate = readWhole(value);
  return rate === null || rate <= 0 ? null : rate < 200_000 ? rate * 1000 : rate;
}

/** Told as `{srt, webvtt}`, as a list of addresses, or not at all. */
function captionsOf(id: string, told: Loose): SourceRendition[] {
  const value = told['closed_caption_urls'];
  const addresses = (isObject(value) ? Object.values(value) : [value ?? []].flat())
    .map((one: unknown) => webAddress(isObject(one) ? (one['url'] ?? one['src']) : one))
    .filter((address) => address !== null);
  return [...new Set(addresses)].map((address) => {
    const fileName = fileNameOf(address) ?? 'captions.srt';
    const { container } = readMediaType(null, fileName);
    return aRendition({
      externalId: `${id}/${fileName}`,
      fileName,
      address,
      medium: 'captions',
      role: 'captions',
      container,
    });
  });
}

function aliasesOf(told: Loose, pageUrl: string | null, renditions: readonly SourceRendition[]): Alias[] {
  const virin = oneLine(told['virin']);
  return [
    ...(virin === null ? [] : [{ scheme: 'virin', value: virin.toUpperCase() }]),
    ...(pageUrl === null ? [] : [{ scheme: 'page', value: sameAddress(pageUrl) }]),
    ...renditions
      .filter(({ medium }) => medium === 'video')
      .flatMap(({ address }) => (address === null ? [] : [{ scheme: 'media', value: sameAddress(address) }])),
  ];
}

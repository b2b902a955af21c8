import type { DateFact } from '../../../../shared/contract/values.ts';
import { isObject, textOf, type Loose } from '../reading/read-json.ts';
import { fileNameOf, sameAddress, webAddress } from '../reading/addresses.ts';
import { readDurationMs } from '../reading/amounts.ts';
import { anEmptyAsset, noRights, versionOf } from '../reading/assets.ts';
import { readDate } from '../reading/dates.ts';
import { readMediaType } from '../reading/media-types.ts';
import { aRendition, withoutDoubles } from '../reading/renditions.ts';
import { listOf, oneLine, plainText, readLanguage } from '../reading/words.ts';
import type { SourceAsset, SourceRendition } from '../source-model.ts';
import { ecEndpoints } from './endpoints.ts';

/** The portal's word for the sound as it was in the room, which is no language. */
const floor = 'INT';

/** A document of the portal in the model every source is reduced to; null when it has no reference or no title. */
export function toEcAsset(doc: Loose): SourceAsset | null {
  const ref = textOf(doc['ref']);
  const title = oneLine(inEnglishFirst(doc['titles_json']));
  if (ref === null || title === null) return null;
  const durationMs = durationOf(doc['duration']);
  const renditions = filesOf(ref, doc['media_json']).map((one) => ({ ...one, durationMs }));
  const pageUrl = `${ecEndpoints.site}${ecEndpoints.pagePath}${encodeURIComponent(ref)}`;
  const languages = listOf(doc['languages']).map(readLanguage);
  const isVideo = (one: SourceRendition): boolean => one.medium === 'video';
  return anEmptyAsset({
    externalId: ref,
    title,
    ...versionOf(title, null),
    version: textOf(doc['timestamp']),
    synopsis: plainText(inEnglishFirst(doc['summary_json'])),
    dates: {
      filmed: filmedOn(doc['shootstartdate']),
      event: null,
      published: null,
      changed: readDate(textOf(doc['timestamp'])),
    },
    language: languages.length === 1 ? (languages[0] ?? null) : null,
    durationMs,
    rights: { ...noRights, copyright: oneLine(doc['copyright']) },
    pageUrl,
    pictureUrl: pictureOf(doc['media_json']),
    renditions,
    status: renditions.some(isVideo) ? 'usable' : 'expected',
    aliases: [
      { scheme: 'page', value: sameAddress(pageUrl) },
      ...renditions
        .filter(isVideo)
        .flatMap(({ address }) =>
          address === null ? [] : [{ scheme: 'media', value: sameAddress(address) }],
        ),
    ],
  });
}

/** Texts are told by language; a language may be there and say nothing. */
function inEnglishFirst(texts: unknown): unknown {
  if (!isObject(texts)) return texts;
  return texts['EN'] && textOf(texts['EN']) !== null
    ? texts['EN']
    : (Object.values(texts).find((text) => textOf(text) !== null) ?? null);
}

/** `20181115 15:09` is by the clock of wherever it was filmed, which is not told: the day stands, the hour does not. */
function filmedOn(value: unknown): DateFact | null {
  const text = textOf(value);
  const day = text === null ? null : /^(\d{8})\s+\d/.exec(text)?.[1];
  const fact = readDate(day ?? text);
  return fact === null || text === null ? fact : { ...fact, text };
}

/** "", "0" and "1" stand for a duration that is not known. */
function durationOf(value: unknown): number | null {
  return textOf(value) === '1' ? null : readDurationMs(value, 's');
}

/** `{aspect: {language: {kind: address}}}`, flat. */
function* addressesOf(
  media: unknown,
): Generator<{ aspect: string; language: string; kind: string; address: string }> {
  for (const [aspect, languages] of Object.entries(isObject(media) ? media : {})) {
    for (const [language, kinds] of Object.entries(isObject(languages) ? languages : {})) {
      for (const [kind, value] of Object.entries(isObject(kinds) ? kinds : {})) {
        const address = webAddress(value);
        if (address !== null) yield { aspect, language, kind: kind.toUpperCase(), address };
      }
    }
  }
}

function filesOf(ref: string, media: unknown): SourceRendition[] {
  const found: SourceRendition[] = [];
  for (const { aspect, language, kind, address } of addressesOf(media)) {
    const fileName = fileNameOf(address);
    const type = readMediaType(null, fileName);
    // A playlist is no file, and what is no film and no sound is a still.
    if (fileName === null || kind === 'HLS' || (type.medium !== 'video' && type.medium !== 'audio')) continue;
    const lines = /_(\d{3,4})P?$/.exec(kind)?.[1];
    found.push(
      aRendition({
        // Without the stamp behind `?latest=`, which is new with every reading.
        externalId: `${ref}/${aspect}/${language}/${kind}`,
        fileName,
        address,
        medium: type.medium,
        role: `${kind} ${language} ${aspect}`,
        container: type.container,
        videoCodec: kind.startsWith('H264') ? 'h264' : type.videoCodec,
        height: lines === undefined ? null : Number(lines),
        language: readLanguage(language),
      }),
    );
  }
  return withoutDoubles(found).toSorted((a, b) => worth(a) - worth(b));
}

/** Films before sound, the floor before an interpreter, broadcast before preview. */
function worth({ medium, role, height }: SourceRendition): number {
  const quality = height === null ? (role.startsWith('HD') ? 1080 : 480) : height;
  return (medium === 'video' ? 0 : 100_000) + (role.includes(` ${floor} `) ? 0 : 10_000) - quality;
}

function pictureOf(media: unknown): string | null {
  const pictures = [...addressesOf(media)].filter(({ kind }) => kind === 'IMAGE' || kind === 'THUMB');
  const best = pictures.find(({ kind, language }) => kind === 'IMAGE' && language === floor);
  return (best ?? pictures[0])?.address ?? null;
}

import { fileNameOf, sameAddress, webAddress } from '../reading/addresses.ts';
import { readBytes, readDurationMs, readWhole } from '../reading/amounts.ts';
import { isStream, readMediaType } from '../reading/media-types.ts';
import { isObject } from '../reading/read-json.ts';
import { aRendition, distrustSizes, withoutDoubles } from '../reading/renditions.ts';
import { readLanguage } from '../reading/words.ts';
import type { SourceRendition } from '../source-model.ts';
import { firstWord, valuesOf, wordOf, type SchemaNode } from './schema-node.ts';

/** The files of a video: its own, its encodings, its captions. A player or a stream is none. */
export function filesOf(video: SchemaNode, assetId: string, base: string): SourceRendition[] {
  const own = valuesOf(video, 'contentUrl').map((address) => ({ ...video, contentUrl: address }));
  const media = ['encoding', 'encodings', 'associatedMedia']
    .flatMap((name) => valuesOf(video, name))
    .filter(isObject);
  const captions = valuesOf(video, 'caption').filter(isObject);
  const files = [...own, ...media].flatMap((node) => fileOf(node, { video, assetId, base }) ?? []);
  const texts = captions.flatMap((node) => {
    const file = fileOf(node, { video, assetId, base });
    return file === null ? [] : [{ ...file, medium: 'captions' as const, durationMs: null }];
  });
  return distrustSizes(withoutDoubles([...files, ...texts]));
}

function fileOf(
  node: SchemaNode,
  { video, assetId, base }: { video: SchemaNode; assetId: string; base: string },
): SourceRendition | null {
  const address = webAddress(
    valuesOf(node, 'contentUrl', 'url').find((one) => typeof one === 'string'),
    base,
  );
  if (address === null || isStream(address)) return null;
  const mediaType = firstWord(node, 'encodingFormat', 'fileFormat');
  const fileName = fileNameOf(address) ?? 'video';
  const type = readMediaType(mediaType, fileName);
  // What is said to be a page is a player, whatever the field is called.
  if (type.container === 'html' || /html/i.test(mediaType ?? '')) return null;
  return aRendition({
    externalId: `${assetId} ${sameAddress(address)}`,
    fileName,
    mediaType,
    medium: type.medium ?? 'video',
    role:
      firstWord(node, 'videoQuality') ??
      (node['name'] === video['name'] ? null : firstWord(node, 'name')) ??
      'content',
    container: type.container,
    videoCodec: type.videoCodec,
    width: lengthOf(node, 'width') ?? type.width,
    height: lengthOf(node, 'height') ?? type.height,
    bitrate: bitrateOf(firstWord(node, 'bitrate')),
    ...readBytes(valuesOf(node, 'contentSize')[0]),
    durationMs: durationOf(node) ?? durationOf(video),
    language: languageOf(node),
    hash: hashOf(node),
    address,
  });
}

/** In milliseconds. */
export function durationOf(node: SchemaNode): number | null {
  const [value] = valuesOf(node, 'duration');
  return readDurationMs(typeof value === 'number' ? value : wordOf(value));
}

/** A language as a tag, or a thing that is called by one. */
export function languageOf(node: SchemaNode): string | null {
  for (const value of valuesOf(node, 'inLanguage')) {
    const words = isObject(value) ? [value['alternateName'], value['identifier'], value['name']] : [value];
    const language = words.map(readLanguage).find((one) => one !== null);
    if (language !== undefined) return language;
  }
  return null;
}

/** Pixels: 1920, "1920", "1920px", {"value": 1920}. */
function lengthOf(node: SchemaNode, name: string): number | null {
  const [value] = valuesOf(node, name);
  const plain = isObject(value) ? value['value'] : value;
  const pixels = readWhole(typeof plain === 'string' ? plain.trim().replace(/ ?px$/i, '') : plain);
  return pixels === 0 ? null : pixels;
}

/** Bits a second. A bare number below 100,000 may be kilobits or bytes: that is not known. */
function bitrateOf(text: string | null): number | null {
  const match = /^(\d+(?:[.,]\d+)?)\s*([kmg]?)(?:bps|bits?\/s|bit|b\/s)?$/i.exec(text ?? '');
  if (!match) return null;
  const times = { k: 1e3, m: 1e6, g: 1e9 }[match[2]?.toLowerCase() ?? ''] ?? 1;
  const bits = Math.round(Number(match[1]?.replace(',', '.')) * times);
  return bits >= 100_000 || times > 1 ? bits : null;
}

function hashOf(node: SchemaNode): SourceRendition['hash'] {
  const value = firstWord(node, 'sha256')?.toLowerCase() ?? '';
  return /^[0-9a-f]{64}$/.test(value) ? { kind: 'sha256', value } : null;
}

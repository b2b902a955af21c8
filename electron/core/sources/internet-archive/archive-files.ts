import type { SourceRendition } from '../source-model.ts';
import { isObject, textOf, type Loose } from '../reading/read-json.ts';
import { readBytes, readDurationMs, readWhole } from '../reading/amounts.ts';
import { readMediaType } from '../reading/media-types.ts';
import { aRendition } from '../reading/renditions.ts';
import { readLanguage } from '../reading/words.ts';
import { archiveEndpoints } from './endpoints.ts';

/** The files of an item that a newsroom may take. */
export interface ArchiveFiles {
  readonly renditions: readonly SourceRendition[];
  /** There are films, and all of them are kept back. */
  readonly allPrivate: boolean;
}

/** Codecs by the Archive's own word for a format. */
const codecs: readonly (readonly [RegExp, string])[] = [
  [/h\.?264/i, 'h264'],
  [/hevc|h\.?265/i, 'hevc'],
  [/mpeg-?2/i, 'mpeg2video'],
  [/ogg video/i, 'theora'],
  [/dv video/i, 'dvvideo'],
];

/** The films and captions of an item, the deposited files first; nothing that is private. */
export function readArchiveFiles(base: string, id: string, files: unknown): ArchiveFiles {
  const told = (Array.isArray(files) ? files : [])
    .filter(isObject)
    .filter((file) => file['source'] !== 'metadata');
  const found = told.map((file) => toFile(base, id, file)).filter((file) => file !== null);
  const open = found.filter(({ isPrivate }) => !isPrivate).map(({ rendition }) => rendition);
  const isFilm = (one: { rendition: SourceRendition }): boolean => one.rendition.medium === 'video';
  return {
    renditions: open.toSorted(byWorth),
    allPrivate: found.some(isFilm) && found.filter(isFilm).every(({ isPrivate }) => isPrivate),
  };
}

function toFile(
  base: string,
  id: string,
  file: Loose,
): { rendition: SourceRendition; isPrivate: boolean } | null {
  const name = textOf(file['name']);
  if (name === null || name.split('/').includes('..')) return null;
  const fileName = name.split('/').at(-1) ?? name;
  const { medium, container, videoCodec } = readMediaType(null, fileName);
  if (medium !== 'video' && medium !== 'captions') return null;
  const format = textOf(file['format']);
  const path = name.split('/').map(encodeURIComponent).join('/');
  const rendition = aRendition({
    externalId: `${id}/${name}`,
    fileName,
    address: `${base}${archiveEndpoints.downloadPath}${encodeURIComponent(id)}/${path}`,
    medium,
    // The Archive's own word: original for what was deposited, derivative for what it made of it.
    role: textOf(file['source']) ?? 'original',
    mediaType: format,
    container,
    videoCodec: codecs.find(([pattern]) => format !== null && pattern.test(format))?.[1] ?? videoCodec,
    width: above0(readWhole(file['width'])),
    height: above0(readWhole(file['height'])),
    ...readBytes(file['size']),
    durationMs: medium === 'video' ? readDurationMs(file['length'], 's') : null,
    language: medium === 'captions' ? readLanguage(/\.([a-z]{2})\.(?:srt|vtt)$/i.exec(fileName)?.[1]) : null,
    hash: hashOf(file),
  });
  return { rendition, isPrivate: String(file['private']) === 'true' };
}

/** Captions and sound are told with a width of 0. */
function above0(value: number | null): number | null {
  return value === 0 ? null : value;
}

function hashOf(file: Loose): SourceRendition['hash'] {
  const sha1 = textOf(file['sha1'])?.toLowerCase();
  if (sha1 !== undefined && /^[\da-f]{40}$/.test(sha1)) return { kind: 'sha1', value: sha1 };
  const md5 = textOf(file['md5'])?.toLowerCase();
  return md5 !== undefined && /^[\da-f]{32}$/.test(md5) ? { kind: 'md5', value: md5 } : null;
}

/** Films before captions, deposited before derived, large before small. */
function byWorth(a: SourceRendition, b: SourceRendition): number {
  const rank = (one: SourceRendition): number =>
    (one.medium === 'video' ? 0 : 2) + (one.role === 'original' ? 0 : 1);
  const pixels = (one: SourceRendition): number => (one.width ?? 0) * (one.height ?? 0);
  return rank(a) - rank(b) || pixels(b) - pixels(a) || (b.sizeBytes ?? 0) - (a.sizeBytes ?? 0);
}

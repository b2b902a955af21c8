import { fileNameOf } from '../../reading/addresses.ts';
import { readBytes, readDurationMs, readRate, readWhole } from '../../reading/amounts.ts';
import { readMediaType } from '../../reading/media-types.ts';
import { aRendition } from '../../reading/renditions.ts';
import { readLanguage } from '../../reading/words.ts';
import type { AgencyFile } from '../agency-item.ts';
import { readHash } from '../read-hash.ts';
import { fieldsOf, objectsIn, textIn, type Fields } from './ninjs-fields.ts';

/** A video is not that long, in seconds: a greater number is milliseconds, which some agencies write. */
const longestSeconds = 24 * 3600;

/** The files of an item. */
export function filesOf(item: Fields, address: (href: string) => string | null): AgencyFile[] {
  return objectsIn(item, 'renditions').flatMap((rendition) => fileOf(rendition, address));
}

function fileOf(rendition: Fields, address: (href: string) => string | null): AgencyFile[] {
  const href = textIn(rendition, 'href');
  const url = href === null ? null : address(href);
  if (url === null) return [];
  const type = textIn(rendition, 'contenttype', 'mimetype');
  const role = textIn(rendition, 'name') ?? 'original';
  const ownName = textIn(rendition, 'filename') ?? fileNameOf(url);
  // The last part of an address is often that of a script, `download`, and names nothing.
  const fileName = ownName !== null && /\.[a-z\d]{2,5}$/i.test(ownName) ? ownName : role;
  const read = readMediaType(type, fileName);
  const { externalId: _, ...file } = aRendition({
    externalId: '',
    fileName,
    address: url,
    medium: read.medium ?? 'document',
    role,
    mediaType: type,
    container: read.container,
    videoCodec: textIn(rendition, 'videocodec') ?? read.videoCodec,
    audioCodec: textIn(rendition, 'audiocodec', 'soundcodec'),
    width: readWhole(rendition['width']) ?? read.width,
    height: readWhole(rendition['height']) ?? read.height,
    ...readRate(rendition['framerate'] ?? rendition['videoframerate']),
    scan: scanOf(textIn(rendition, 'scantype')),
    bitrate: bitrateOf(textIn(rendition, 'bitrate')),
    ...readBytes(rendition['sizeinbytes'] ?? rendition['size']),
    durationMs: readDuration(rendition['duration']),
    language: readLanguage(textIn(rendition, 'language')),
    hash: hashOf(rendition),
  });
  return [file];
}

/** Seconds by the standard. */
export function readDuration(value: unknown): number | null {
  const number = typeof value === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
  const ms = readDurationMs(number, typeof number === 'number' && number > longestSeconds ? 'ms' : 's');
  return ms === 0 ? null : ms;
}

function scanOf(text: string | null): 'progressive' | 'interlaced' | null {
  const said = text?.toLowerCase();
  return said === 'progressive' || said === 'interlaced' ? said : null;
}

const thousands: Readonly<Record<string, number>> = { '': 1, k: 1000, m: 1_000_000 };

/** Bits a second of a text with its unit, `400 kbps`; a mere number has none and tells nothing. */
function bitrateOf(text: string | null): number | null {
  const found = /^(\d+(?:\.\d+)?)\s*([km]?)(?:bps|bit\/s|bits\/s|b\/s)$/i.exec(text ?? '');
  if (found === null) return null;
  return Math.round(Number(found[1]) * (thousands[(found[2] ?? '').toLowerCase()] ?? 1));
}

/** From version 3.3 on in the extensions, as `hash:sha256`. */
function hashOf(rendition: Fields): AgencyFile['hash'] {
  const said = { ...fieldsOf(rendition['extensions']), ...rendition };
  for (const kind of ['sha256', 'sha1', 'md5']) {
    const hash = readHash(kind, textIn(said, `hash:${kind}`, kind));
    if (hash !== null) return hash;
  }
  return null;
}

import { fileNameOf, webAddress } from '../reading/addresses.ts';
import { readBytes, readDurationMs } from '../reading/amounts.ts';
import { readMediaType } from '../reading/media-types.ts';
import type { SourceRendition } from '../source-model.ts';
import type { FeedFile } from './item-facts.ts';

/** Below this a size of a video or a sound is a number that filled a field, in bytes. */
const smallestClipBytes = 4096;
/** No clip lasts longer than a day: a larger bare number was meant in milliseconds. */
const longestClipSeconds = 24 * 3600;

/** What a file is said to be, as it is written. */
export interface SaidFile {
  readonly address: string | null;
  readonly base: string;
  readonly type: string | null;
  /** The word for the medium, for feeds that have one. */
  readonly medium?: string | null;
  readonly bytes?: unknown;
}

/** What came of a file as said: the file itself, or that it is a video which is none (a player, a stream). */
export interface TakenFile {
  readonly file: FeedFile | null;
  readonly announcesVideo: boolean;
}

/**
 * Takes a file as it is said. A page, a player, a stream in pieces and what is not on the web are no files to be had.
 */
export function takeFile(said: SaidFile): TakenFile {
  const address = webAddress(said.address, said.base);
  const fileName = address === null ? null : fileNameOf(address);
  const told = readMediaType(said.type, fileName);
  const medium = told.medium ?? mediumOf(said.medium ?? null);
  const isFile =
    address !== null && medium !== null && !isPlayer(said.type, address) && !isStream(told.container);
  if (!isFile) return { file: null, announcesVideo: speaksOfVideo(said, told.medium) };
  const { container, videoCodec, width, height } = told;
  const file: FeedFile = {
    address,
    fileName: fileName ?? 'file',
    medium,
    mediaType: said.type,
    container,
    videoCodec,
    width,
    height,
    ...sizeOf(said.bytes, medium),
  };
  return { file, announcesVideo: false };
}

/** A duration of a clip: a bare number is seconds, unless no clip is as long. */
export function clipDurationMs(value: unknown): number | null {
  const text = typeof value === 'number' ? String(value) : value;
  const isBare = typeof text === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(text);
  return isBare && Number(text) > longestClipSeconds ? readDurationMs(text, 'ms') : readDurationMs(text);
}

function sizeOf(
  bytes: unknown,
  medium: SourceRendition['medium'],
): { sizeBytes: number | null; aboutBytes: number | null } {
  const size = readBytes(bytes);
  const isClip = medium === 'video' || medium === 'audio';
  const isPadding = isClip && size.sizeBytes !== null && size.sizeBytes < smallestClipBytes;
  return isPadding ? { sizeBytes: null, aboutBytes: null } : size;
}

function mediumOf(word: string | null): SourceRendition['medium'] | null {
  switch (word?.trim().toLowerCase()) {
    case 'video':
      return 'video';
    case 'audio':
      return 'audio';
    case 'image':
      return 'picture';
    case 'document':
      return 'document';
    default:
      return null;
  }
}

function isPlayer(type: string | null, address: string): boolean {
  return (
    /html|shockwave|flash|javascript|bittorrent/i.test(type ?? '') ||
    /\.(swf|html?|php|aspx?|torrent)$/i.test(new URL(address).pathname) ||
    /\/(embed|player)s?\//i.test(new URL(address).pathname)
  );
}

function isStream(container: string | null): boolean {
  return container === 'hls' || container === 'dash';
}

function speaksOfVideo(said: SaidFile, told: SourceRendition['medium'] | null): boolean {
  return told === 'video' || mediumOf(said.medium ?? null) === 'video' || /^video\//i.test(said.type ?? '');
}

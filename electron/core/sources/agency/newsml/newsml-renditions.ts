import { fileNameOf } from '../../reading/addresses.ts';
import { readBytes, readRate, readWhole } from '../../reading/amounts.ts';
import { readMediaType } from '../../reading/media-types.ts';
import { aRendition } from '../../reading/renditions.ts';
import { readLanguage } from '../../reading/words.ts';
import type { AgencyFile } from '../agency-item.ts';
import { readHash } from '../read-hash.ts';
import { readTime, type Rate } from '../timing.ts';
import { localCode } from './qcode.ts';
import { attributeOf, childOf, childrenOf, textOf, type XmlNode } from './xml-node.ts';

/** The files of an item, as its content set tells them. */
export function filesOf(item: XmlNode, address: (href: string) => string | null): AgencyFile[] {
  return remoteContents(item).flatMap((content) => fileOf(content, address));
}

/** The frame rates of an item's renditions by their codes. */
export function ratesOf(item: XmlNode): Map<string, Rate> {
  return new Map(
    remoteContents(item).flatMap((content) => {
      const rendition = attributeOf(content, 'rendition');
      return rendition === null ? [] : [[localCode(rendition), rateOf(content)]];
    }),
  );
}

function remoteContents(item: XmlNode): XmlNode[] {
  return childrenOf(childOf(item, 'contentSet'), 'remoteContent');
}

function rateOf(content: XmlNode): Rate {
  return readRate(attributeOf(content, 'videoframerate'));
}

function fileOf(content: XmlNode, address: (href: string) => string | null): AgencyFile[] {
  const href = attributeOf(content, 'href') ?? textOf(childOf(content, 'altLoc'));
  const type = attributeOf(content, 'contenttype');
  const url = href === null ? null : address(href);
  // A file that only the agency's own software can find by its id is none that could be fetched.
  if (url === null) return [];
  const fileName = textOf(childOf(content, 'fileName')) ?? fileNameOf(url) ?? 'video';
  const read = readMediaType(type, fileName);
  const code = (name: string): string | null => {
    const value = attributeOf(content, name);
    return value === null ? null : localCode(value);
  };
  const { externalId: _, ...file } = aRendition({
    externalId: '',
    fileName,
    address: url,
    medium: read.medium ?? (isVideo(content) ? 'video' : 'document'),
    role: code('rendition') ?? code('format') ?? 'original',
    mediaType: type,
    container: read.container ?? code('format'),
    videoCodec: code('videocodec') ?? read.videoCodec,
    audioCodec: code('audiocodec'),
    width: readWhole(attributeOf(content, 'width')) ?? read.width,
    height: readWhole(attributeOf(content, 'height')) ?? read.height,
    ...rateOf(content),
    scan: scanOf(attributeOf(content, 'videoscan') ?? attributeOf(content, 'videoscaling')),
    bitrate: readWhole(attributeOf(content, 'videoavgbitrate')),
    ...readBytes(attributeOf(content, 'size')),
    durationMs: durationOf(content),
    language: readLanguage(attributeOf(content, 'language')),
    hash:
      childrenOf(content, 'hash')
        .map(hashOf)
        .find((hash) => hash !== null) ?? null,
  });
  return [file];
}

function isVideo(content: XmlNode): boolean {
  return Object.keys(content.attributes).some((name) => name.startsWith('video'));
}

function scanOf(text: string | null): 'progressive' | 'interlaced' | null {
  if (text === null) return null;
  if (/interlac/i.test(text)) return 'interlaced';
  return /progress/i.test(text) ? 'progressive' : null;
}

/** Seconds where no unit is given. */
function durationOf(content: XmlNode): number | null {
  const unit = attributeOf(content, 'durationunit');
  const ms = readTime(
    attributeOf(content, 'duration'),
    unit === null ? 'seconds' : localCode(unit),
    rateOf(content),
  );
  return ms === 0 ? null : ms;
}

function hashOf(node: XmlNode): AgencyFile['hash'] {
  const scope = attributeOf(node, 'scope');
  // A hash of the metadata says nothing of the file.
  if (scope !== null && !/content/i.test(scope)) return null;
  return readHash(localCode(attributeOf(node, 'hashtype') ?? ''), textOf(node));
}

import { readRate, readWhole } from '../reading/amounts.ts';
import { oneLine, readLanguage } from '../reading/words.ts';
import type { SourceRendition } from '../source-model.ts';
import { clipDurationMs, takeFile, type SaidFile, type TakenFile } from './feed-files.ts';
import type { FeedFile } from './item-facts.ts';
import { attributeOf, childOf, childrenOf, markupOf, wordsOf } from './xml-reading.ts';
import type { XmlElement } from './xml-tree.ts';

/** The files of an entry, in the order of how much is said of them, and whether one is announced that is not there. */
export function filesOf(item: XmlElement): { files: FeedFile[]; announcesVideo: boolean } {
  const contents = contentsOf(item);
  const taken: TakenFile[] = [
    ...contents.map(contentFile),
    ...childrenOf(item, 'podcast:alternateenclosure').flatMap(alternateFiles),
    ...childrenOf(item, 'enclosure', 'enc:enclosure').map(enclosureFile),
    ...childrenOf(item, 'atom:link').filter(isEnclosure).map(linkFile),
    ...childrenOf(item, 'atom:content').map(sourceFile),
    ...withTexts(item, contents),
  ];
  const files = taken.flatMap(({ file }) => file ?? []);
  const hash = onlyClip(files) ? (hashOf(item) ?? hashOf(childOf(item, 'media:group'))) : null;
  return {
    files:
      hash === null
        ? files
        : files.map((file) => (isClip(file) ? { ...file, hash: file.hash ?? hash } : file)),
    announcesVideo: taken.some((one) => one.announcesVideo) || playerOf(item, contents),
  };
}

/** media:content, in groups and loose, in the order of the entry: it may have both. */
export function contentsOf(item: XmlElement): XmlElement[] {
  return childrenOf(item, 'media:group', 'media:content').flatMap((one) =>
    one.name === 'media:content' ? [one] : childrenOf(one, 'media:content'),
  );
}

/** What stands for the whole entry may be said of it, of its groups, of its files: from the outside inwards. */
export function scopesOf(item: XmlElement): XmlElement[] {
  return [item, ...childrenOf(item, 'media:group'), ...contentsOf(item), ...childrenOf(item, 'enclosure')];
}

function contentFile(content: XmlElement): TakenFile {
  const given = (name: string): string | null => attributeOf(content, name);
  const type = given('type');
  const said: SaidFile = {
    address: given('url'),
    base: content.base,
    type,
    medium: given('medium'),
    bytes: given('filesize'),
  };
  return including(takeFile(said), {
    role: roleOf(content),
    width: readWhole(given('width')),
    height: readWhole(given('height')),
    bitrate: bitsOf(given('bitrate'), 1000),
    durationMs: clipDurationMs(given('duration')),
    language: readLanguage(given('lang')),
    hash: hashOf(content),
    ...readRate(given('framerate')),
  });
}

function alternateFiles(alternate: XmlElement): TakenFile[] {
  const given = (name: string): string | null => attributeOf(alternate, name);
  return childrenOf(alternate, 'podcast:source').map((source) => {
    const type = attributeOf(source, 'contenttype') ?? given('type');
    const said = { address: attributeOf(source, 'uri'), base: source.base, type, bytes: given('length') };
    return including(takeFile(said), {
      role: oneLine(given('title')),
      height: readWhole(given('height')),
      bitrate: bitsOf(given('bitrate'), 1),
      language: readLanguage(given('lang')),
    });
  });
}

/** An enclosure with attributes, with elements in their place, as the text of an address, or as RDF has it. */
function enclosureFile(enclosure: XmlElement): TakenFile {
  const given = (name: string): string | null => attributeOf(enclosure, name) ?? wordsOf(enclosure, name);
  const isText = enclosure.inside.every((part) => typeof part === 'string');
  return takeFile({
    address: given('url') ?? given('resource') ?? (isText ? oneLine(markupOf(enclosure)) : null),
    base: enclosure.base,
    type: given('type'),
    bytes: given('length'),
  });
}

function isEnclosure(link: XmlElement): boolean {
  return attributeOf(link, 'rel')?.toLowerCase() === 'enclosure';
}

function linkFile(link: XmlElement): TakenFile {
  const said = {
    address: attributeOf(link, 'href'),
    base: link.base,
    type: attributeOf(link, 'type'),
    bytes: attributeOf(link, 'length'),
  };
  return including(takeFile(said), {
    role: oneLine(attributeOf(link, 'title')),
    language: readLanguage(attributeOf(link, 'hreflang')),
  });
}

/** The content of an Atom entry may be a file elsewhere. */
function sourceFile(content: XmlElement): TakenFile {
  return takeFile({
    address: attributeOf(content, 'src'),
    base: content.base,
    type: attributeOf(content, 'type'),
  });
}

/** Subtitles and transcripts that are files of their own. */
function withTexts(item: XmlElement, contents: readonly XmlElement[]): TakenFile[] {
  const subtitles = [item, ...childrenOf(item, 'media:group'), ...contents].flatMap((one) =>
    childrenOf(one, 'media:subtitle'),
  );
  return [...subtitles, ...childrenOf(item, 'podcast:transcript')].map((text) => {
    const type = attributeOf(text, 'type');
    const address = attributeOf(text, 'href') ?? attributeOf(text, 'url');
    const { file } = takeFile({ address, base: text.base, type, medium: 'document' });
    const isTimed = text.name === 'media:subtitle' && file?.medium === 'document' && file.container === null;
    const language = readLanguage(attributeOf(text, 'lang') ?? attributeOf(text, 'language'));
    return {
      file: file && { ...file, medium: isTimed ? 'captions' : file.medium, language },
      announcesVideo: false,
    };
  });
}

function including({ file, announcesVideo }: TakenFile, facts: Record<string, unknown>): TakenFile {
  const told = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null));
  return { file: file && { ...file, ...told }, announcesVideo };
}

function roleOf(content: XmlElement): string | null {
  const expression = attributeOf(content, 'expression')?.toLowerCase();
  if (expression === 'sample' || expression === 'nonstop') return expression;
  return attributeOf(content, 'isdefault')?.toLowerCase() === 'true' ? 'default' : null;
}

/** Media RSS counts kilobits, podcasts bits; many a feed does not know, and no video has a thousand megabits. */
function bitsOf(text: string | null, unit: 1 | 1000): number | null {
  const number = Number(text?.replaceAll(',', '') ?? Number.NaN);
  if (!Number.isFinite(number) || number <= 0) return null;
  return Math.round(unit === 1000 && number < 1_000_000 ? number * 1000 : number);
}

function playerOf(item: XmlElement, contents: readonly XmlElement[]): boolean {
  return [item, ...childrenOf(item, 'media:group'), ...contents].some(
    (one) => childrenOf(one, 'media:player', 'media:embed').length > 0,
  );
}

function isClip({ medium }: FeedFile): boolean {
  return medium === 'video' || medium === 'audio';
}

/** A hash of the entry is that of its file when it has one, told perhaps as enclosure and as media:content. */
function onlyClip(files: readonly FeedFile[]): boolean {
  return new Set(files.filter(isClip).map(({ address }) => address)).size === 1;
}

const hashKinds: Readonly<Record<string, { kind: 'md5' | 'sha1' | 'sha256'; digits: number }>> = {
  md5: { kind: 'md5', digits: 32 },
  sha1: { kind: 'sha1', digits: 40 },
  sha256: { kind: 'sha256', digits: 64 },
};

/** Media RSS takes MD5 where no algorithm is named. */
function hashOf(element: XmlElement | null): SourceRendition['hash'] {
  for (const hash of childrenOf(element, 'media:hash')) {
    const named = (attributeOf(hash, 'algo') ?? 'md5').toLowerCase().replace('-', '');
    const known = hashKinds[named];
    const value = markupOf(hash).trim().toLowerCase();
    if (known && value.length === known.digits && /^[\da-f]+$/.test(value))
      return { kind: known.kind, value };
  }
  return null;
}

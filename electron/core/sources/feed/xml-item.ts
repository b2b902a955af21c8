import type { AssetDates } from '../../../../shared/contract/catalogue.ts';
import type { DateFact } from '../../../../shared/contract/values.ts';
import { fileNameOf, webAddress } from '../reading/addresses.ts';
import { readMediaType } from '../reading/media-types.ts';
import { readDate, spanOf } from '../reading/dates.ts';
import { oneLine, plainText, readLanguage } from '../reading/words.ts';
import { clipDurationMs } from './feed-files.ts';
import type { ItemFacts } from './item-facts.ts';
import { pictureOf } from './xml-picture.ts';
import { contentsOf, filesOf, scopesOf } from './xml-files.ts';
import { keywordsOf, namesOf } from './xml-names.ts';
import { attributeOf, childrenOf, markupOf, wordsOf } from './xml-reading.ts';
import { rightsOf } from './xml-rights.ts';
import { spokenWords } from './xml-spoken.ts';
import type { XmlElement } from './xml-tree.ts';

/** Reads an entry of RSS, RDF or Atom, which all may hold elements of one another. `feed` is what holds for all. */
export function readXmlItem(item: XmlElement, feed: XmlElement | null, where: string): ItemFacts {
  const scopes = scopesOf(item);
  const { files, announcesVideo } = filesOf(item);
  const { body, summary } = textsOf(scopes);
  const spoken = spokenWords(scopes);
  return {
    where: wordsOf(item, 'guid', 'atom:id', 'link', 'title', 'atom:title') ?? where,
    ids: idsOf(item),
    page: pageOf(item),
    title: first(scopes, 'title', 'atom:title', 'media:title', 'itunes:title', 'dc:title', 'dcterms:title'),
    body,
    summary,
    ...spoken,
    dates: datesOf(item),
    place: placeOf(scopes),
    ...namesOf(scopes),
    keywords: keywordsOf(scopes),
    language: languageOf(item) ?? languageOf(feed),
    durationMs: clipDurationMs(wordsOf(item, 'itunes:duration')),
    rights: rightsOf(item, feed),
    pictureUrl: pictureOf(item),
    files,
    announcesVideo: announcesVideo || namesVideo(item),
    standing: standingOf(scopes),
  };
}

/** The first text of these names, whatever of the entry it is said of; the names are in order of preference. */
function first(scopes: readonly XmlElement[], ...names: readonly string[]): string | null {
  for (const scope of scopes) {
    const text = wordsOf(scope, ...names);
    if (text !== null) return text;
  }
  return null;
}

/**
 * The entry's own names. One with two guids goes by the same one whichever comes first: by that which is no address,
 * for a name that leads nowhere was made to be a name.
 */
function idsOf(item: XmlElement): string[] {
  const guids = childrenOf(item, 'guid').flatMap((guid) => {
    const id = oneLine(markupOf(guid));
    const isAddress =
      attributeOf(guid, 'ispermalink')?.toLowerCase() !== 'false' && /^https?:/i.test(id ?? '');
    return id === null ? [] : [{ id, isAddress }];
  });
  guids.sort((a, b) => Number(a.isAddress) - Number(b.isAddress) || (a.id < b.id ? -1 : 1));
  const others = [
    wordsOf(item, 'atom:id'),
    attributeOf(item, 'about'),
    wordsOf(item, 'dcterms:identifier', 'dc:identifier'),
  ];
  return [...new Set([...guids.map(({ id }) => id), ...others.filter((id) => id !== null)])];
}

/** The page for people: the link, else the guid that says it is one, else what the player stands on. */
function pageOf(item: XmlElement): string | null {
  const links = childrenOf(item, 'link').map((link) => ({
    address: oneLine(markupOf(link)) ?? attributeOf(link, 'href'),
    base: link.base,
  }));
  const alternates = childrenOf(item, 'atom:link')
    .filter((link) => /^(alternate)?$/i.test(attributeOf(link, 'rel') ?? ''))
    .map((link) => ({ address: attributeOf(link, 'href'), base: link.base }));
  const guids = childrenOf(item, 'guid')
    .filter((guid) => attributeOf(guid, 'ispermalink')?.toLowerCase() !== 'false')
    .map((guid) => ({ address: absolute(oneLine(markupOf(guid))), base: guid.base }));
  const players = scopesOf(item)
    .flatMap((one) => childrenOf(one, 'media:player'))
    .map((player) => ({ address: attributeOf(player, 'url'), base: player.base }));
  for (const { address, base } of [...links, ...alternates, ...guids, ...players]) {
    const page = webAddress(address, base);
    // Some feeds link straight to the file.
    if (page !== null && isPage(page)) return page;
  }
  return null;
}

function isPage(address: string): boolean {
  const { medium, container } = readMediaType(null, fileNameOf(address));
  return medium === null || container === 'html';
}

function absolute(text: string | null): string | null {
  return /^https?:\/\//i.test(text ?? '') ? text : null;
}

/** The longest text is the body; the shorter one, when it is another, the summary. */
function textsOf(scopes: readonly XmlElement[]): { body: string | null; summary: string | null } {
  const names = [
    'content:encoded',
    'atom:content',
    'description',
    'media:description',
    'atom:summary',
    'itunes:summary',
    'dc:description',
    'dcterms:abstract',
    'dcterms:description',
    'itunes:subtitle',
    'atom:subtitle',
  ];
  const texts = scopes
    .flatMap((scope) => childrenOf(scope, ...names))
    .filter((one) => attributeOf(one, 'src') === null && isForPeople(attributeOf(one, 'type')))
    .flatMap((one) => plainText(markupOf(one)) ?? []);
  const longest = texts.reduce((a, b) => (b.length > a.length ? b : a), '');
  const other = texts.find((text) => text !== longest && text.length < longest.length);
  return { body: longest === '' ? null : longest, summary: other ?? null };
}

/** The content of an Atom entry may be anything, a document of another kind or a file in base64 too. */
function isForPeople(type: string | null): boolean {
  return type === null || /^(text|html|xhtml|plain|text\/.*|application\/xhtml\+xml)$/i.test(type);
}

function datesOf(item: XmlElement): AssetDates {
  const read = (...names: readonly string[]): DateFact | null => {
    for (const name of names) {
      for (const one of childrenOf(item, name)) {
        const date = readDate(markupOf(one));
        if (date !== null) return date;
      }
    }
    return null;
  };
  return {
    filmed: null,
    event: periodIn(wordsOf(item, 'dcterms:temporal')),
    published: read('pubdate', 'atom:published', 'dcterms:issued', 'atom:issued', 'dc:date', 'dcterms:date'),
    changed: read('atom:updated', 'dcterms:modified', 'atom:modified'),
  };
}

/** A period as Dublin Core writes it, or a plain date. */
function periodIn(text: string | null): DateFact | null {
  const part = (name: string): DateFact | null =>
    readDate(new RegExp(`\\b${name}\\s*=\\s*([^;]+)`, 'i').exec(text ?? '')?.[1]);
  return /=/.test(text ?? '') ? spanOf(part('start') ?? part('end'), part('end')) : readDate(text);
}

function placeOf(scopes: readonly XmlElement[]): string | null {
  const described = scopes
    .flatMap((one) => childrenOf(one, 'media:location'))
    .map((one) => oneLine(attributeOf(one, 'description')))
    .find((text) => text !== null);
  const named = first(scopes, 'georss:featurename', 'podcast:location', 'dcterms:spatial', 'dc:coverage');
  const boxed = /\bname\s*=\s*([^;]+)/i.exec(named ?? '')?.[1];
  return described ?? oneLine(boxed) ?? (named?.includes('=') ? null : named);
}

function languageOf(element: XmlElement | null): string | null {
  return readLanguage(wordsOf(element, 'dc:language', 'dcterms:language', 'language') ?? element?.language);
}

/** A category that says it is footage, on an entry that may not have any yet. */
function namesVideo(item: XmlElement): boolean {
  const categories = childrenOf(
    item,
    'category',
    'atom:category',
    'media:category',
    'dc:type',
    'dcterms:type',
  );
  return (
    contentsOf(item).some((one) => attributeOf(one, 'medium')?.toLowerCase() === 'video') ||
    categories.some((one) =>
      /^(videos?|b-?roll|footage|rushes|vid[eé]o|moving ?image)$/i.test(
        oneLine(attributeOf(one, 'term') ?? markupOf(one)) ?? '',
      ),
    )
  );
}

function standingOf(scopes: readonly XmlElement[]): ItemFacts['standing'] {
  const status = scopes.flatMap((one) => childrenOf(one, 'media:status'))[0] ?? null;
  const state = attributeOf(status, 'state')?.toLowerCase();
  const reason = oneLine(attributeOf(status, 'reason')) ?? state ?? null;
  if (state === 'deleted') return { status: 'withdrawn', reason };
  return state === 'blocked' ? { status: 'withheld', reason } : null;
}

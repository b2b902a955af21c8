import { readDate } from '../../reading/dates.ts';
import { webAddress } from '../../reading/addresses.ts';
import { readLanguage } from '../../reading/words.ts';
import { pictureAt, toAsset, type AgencyFile } from '../agency-item.ts';
import type { RoledText } from '../agency-texts.ts';
import type { ReadContext, ReadItem } from '../read-context.ts';
import { conceptsOf, nameOf } from './newsml-concepts.ts';
import { roleOf, shotsOf } from './newsml-parts.ts';
import { filesOf, ratesOf } from './newsml-renditions.ts';
import { codeOf, localCode, schemesOf } from './qcode.ts';
import { attributeOf, childOf, childrenOf, textOf, type XmlNode } from './xml-node.ts';

/** Reads a news item; one that is no video comes to nothing. `holders` are the elements above it that may have a catalogue. */
export function readNewsItem(item: XmlNode, holders: readonly XmlNode[], context: ReadContext): ReadItem {
  const itemMeta = childOf(item, 'itemMeta');
  const contentMeta = childOf(item, 'contentMeta');
  const files = filesOf(item, context.address);
  if (!isVideo(codeOf(childOf(itemMeta, 'itemClass')), files)) return {};
  const guid = attributeOf(item, 'guid');
  if (guid === null) {
    return { failures: [{ where: titleFor(item) ?? 'a news item', why: 'It has no guid.' }] };
  }
  const concepts = conceptsOf(contentMeta, schemesOf(item, ...holders));
  const durationMs = files.find(({ durationMs: ms }) => ms !== null)?.durationMs ?? null;
  const asset = toAsset(
    {
      guid,
      number: attributeOf(item, 'version'),
      versionCreated: readDate(textOf(childOf(itemMeta, 'versionCreated'))),
      firstCreated: readDate(textOf(childOf(itemMeta, 'firstCreated'))),
      contentCreated: readDate(textOf(childOf(contentMeta, 'contentCreated'))),
      titles: [titleFor(item), textOf(childOf(itemMeta, 'title')), textOf(childOf(contentMeta, 'slugline'))],
      texts: textsOf(item, contentMeta),
      shots: shotsOf(item, { rates: ratesOf(item), durationMs }),
      ...placeOf(contentMeta, concepts.places),
      people: concepts.people,
      organisations: concepts.organisations,
      keywords: concepts.keywords,
      language: readLanguage(attributeOf(childOf(contentMeta, 'language'), 'tag')),
      eventExternalId: concepts.events[0]?.externalId ?? null,
      durationMs,
      files: [...files, ...iconsOf(item, contentMeta, context)],
      pageUrl: pageOf(itemMeta),
      otherIds: [],
      ...rightsOf(item, itemMeta),
      creditLine: textOf(childOf(contentMeta, 'creditline')) ?? textOf(childOf(contentMeta, 'creditLine')),
    },
    context,
  );
  return { assets: [asset], events: concepts.events };
}

function isVideo(itemClass: string | null, files: readonly AgencyFile[]): boolean {
  if (itemClass !== null) return itemClass.toLowerCase() === 'video';
  return files.some(({ medium }) => medium === 'video');
}

/** The headline: of several, the one that is told to be the main one or has no role, in the item's own language. */
function titleFor(item: XmlNode): string | null {
  const headlines = childrenOf(childOf(item, 'contentMeta'), 'headline');
  const language = attributeOf(item, 'lang');
  const worth = (node: XmlNode): number => {
    const role = roleOf(node);
    const sameLanguage = [null, language].includes(attributeOf(node, 'lang'));
    return (role === null || /main|title/i.test(role) ? 2 : 0) + (sameLanguage ? 1 : 0);
  };
  return textOf(headlines.toSorted((a, b) => worth(b) - worth(a))[0] ?? null);
}

function textsOf(item: XmlNode, contentMeta: XmlNode | null): RoledText[] {
  const contentSet = childOf(item, 'contentSet');
  const nodes = [
    ...childrenOf(contentMeta, 'description').map((node) => ({ node, role: roleOf(node) })),
    ...childrenOf(contentSet, 'inlineXML').map((node) => ({
      node: bodyOf(node),
      role: codeIn(node, 'rendition'),
    })),
    ...childrenOf(contentSet, 'inlineData')
      .filter((node) => /^text\//i.test(attributeOf(node, 'contenttype') ?? 'text/'))
      .map((node) => ({ node, role: codeIn(node, 'rendition') })),
  ];
  return nodes.flatMap(({ node, role }) => {
    const text = textOf(node);
    return text === null ? [] : [{ role, text }];
  });
}

function codeIn(node: XmlNode, name: string): string | null {
  const value = attributeOf(node, name);
  return value === null ? null : localCode(value);
}

/** The body of XHTML or NITF: what its head says is said elsewhere. */
function bodyOf(inline: XmlNode): XmlNode {
  const root = inline.inside.find((part) => typeof part !== 'string') ?? null;
  const body = childOf(root, 'body');
  return childOf(body, 'body.content') ?? body ?? inline;
}

function placeOf(
  contentMeta: XmlNode | null,
  places: readonly string[],
): { place: string | null; country: string | null } {
  const located = childOf(contentMeta, 'located');
  const country = [...childrenOf(located, 'broader'), ...(located === null ? [] : [located])].find((node) =>
    /country/i.test(attributeOf(node, 'type') ?? attributeOf(node, 'qcode') ?? ''),
  );
  return {
    place: nameOf(located) ?? places[0] ?? null,
    country: country === undefined ? null : nameOf(country),
  };
}

/** The keyframes of the item and of its parts: pictures, of unknown size. */
function iconsOf(item: XmlNode, contentMeta: XmlNode | null, context: ReadContext): AgencyFile[] {
  const icons = [contentMeta, ...childrenOf(item, 'partMeta')].flatMap((node) => childrenOf(node, 'icon'));
  const [href] = icons.map((icon) => attributeOf(icon, 'href')).filter((found) => found !== null);
  const address = href === undefined ? null : context.address(href);
  return address === null ? [] : [pictureAt(address)];
}

/** The item's page on the web, which is told as a link to an HTML page. */
function pageOf(itemMeta: XmlNode | null): string | null {
  const page = childrenOf(itemMeta, 'link').find(
    (link) =>
      /webpage|seealso|hasweb/i.test(attributeOf(link, 'rel') ?? '') &&
      /html/i.test(attributeOf(link, 'contenttype') ?? 'html'),
  );
  return webAddress(attributeOf(page ?? null, 'href'));
}

function rightsOf(item: XmlNode, itemMeta: XmlNode | null) {
  const infos = childrenOf(item, 'rightsInfo');
  const all = (name: string): string | null =>
    infos
      .flatMap((info) => childrenOf(info, name))
      .map((node) => textOf(node) ?? nameOf(node))
      .filter((text) => text !== null)
      .join('\n') || null;
  const embargoed = childOf(itemMeta, 'embargoed');
  const ends = infos.map((info) => attributeOf(info, 'validto')).find((text) => text !== null);
  return {
    signs: {
      pubStatus: codeOf(childOf(itemMeta, 'pubStatus')),
      edNotes: childrenOf(itemMeta, 'edNote').flatMap((node) => textOf(node) ?? []),
      signals: childrenOf(itemMeta, 'signal').flatMap((node) => codeOf(node) ?? []),
      embargoed: embargoed === null ? null : (textOf(embargoed) ?? ''),
      usageText: all('usageTerms'),
    },
    copyright: all('copyrightNotice') ?? all('copyrightHolder'),
    licenceUrl: licenceOf(infos),
    territories: null,
    expires: readDate(ends ?? textOf(childOf(itemMeta, 'expires'))),
  };
}

function licenceOf(infos: readonly XmlNode[]): string | null {
  const links = infos.flatMap((info) => [...childrenOf(info, 'link'), ...childrenOf(info, 'usageTerms')]);
  return webAddress(links.map((link) => attributeOf(link, 'href')).find((href) => href !== null));
}

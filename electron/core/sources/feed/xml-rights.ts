import type { Rights } from '../../../../shared/contract/catalogue.ts';
import { webAddress } from '../reading/addresses.ts';
import { noRights } from '../reading/assets.ts';
import { readDate } from '../reading/dates.ts';
import { plainText } from '../reading/words.ts';
import { scopesOf } from './xml-files.ts';
import { attributeOf, childrenOf, markupOf } from './xml-reading.ts';
import type { XmlElement } from './xml-tree.ts';

/** What is said about use: of the entry, else of the feed it stands in. */
export function rightsOf(item: XmlElement, feed: XmlElement | null): Rights {
  const scopes = [...scopesOf(item), ...(feed === null ? [] : [feed])];
  const said = (...names: readonly string[]): string | null =>
    firstOf(scopes, (one) => childrenOf(one, ...names).map((child) => plainText(markupOf(child))));
  const licences = scopes.flatMap((one) => childrenOf(one, 'media:license', 'cc:license'));
  const licence = licences.map(licenceAddress).find((address) => address !== null) ?? null;
  const terms = said('dc:rights', 'dcterms:rights', 'dcterms:accessrights', 'atom:rights');
  const period = periodOf(item);
  return {
    ...noRights,
    usageText: terms ?? firstOf(licences, (one) => [nameOfLicence(one)]),
    copyright: said('media:copyright', 'copyright', 'dcterms:rightsholder'),
    licenceUrl: licence ?? linkToLicence(scopes),
    embargoUntilMs: period.startMs,
    expiresAtMs: period.endMs,
    territories: territoriesOf(scopes),
  };
}

function firstOf<T>(elements: readonly T[], read: (element: T) => readonly (string | null)[]): string | null {
  for (const element of elements) {
    const text = read(element).find((one) => one !== null);
    if (text !== undefined && text !== null) return text;
  }
  return null;
}

/** An address as an attribute (Media RSS, RDF), or as the text. */
function licenceAddress(licence: XmlElement): string | null {
  const address = attributeOf(licence, 'href') ?? attributeOf(licence, 'resource') ?? markupOf(licence);
  return webAddress(address);
}

function nameOfLicence(licence: XmlElement): string | null {
  const text = plainText(markupOf(licence));
  return text === null || webAddress(text) !== null ? null : text;
}

function linkToLicence(scopes: readonly XmlElement[]): string | null {
  const link = scopes
    .flatMap((one) => childrenOf(one, 'atom:link'))
    .find((one) => attributeOf(one, 'rel')?.toLowerCase() === 'license');
  return link === undefined ? null : webAddress(attributeOf(link, 'href'), link.base);
}

/** The time in which it may be used, as Media RSS recommends: `start=…; end=…; scheme=W3C-DTF`. */
function periodOf(item: XmlElement): { startMs: number | null; endMs: number | null } {
  const text = childrenOf(item, 'dcterms:valid', 'dcterms:available').map(markupOf).join('; ');
  return { startMs: limitMs(text, 'start'), endMs: limitMs(text, 'end') };
}

/**
 * A day without a clock is read so that nothing is used too early or too late, wherever one is: it begins when it has
 * begun everywhere, and ends when it has ended somewhere.
 */
function limitMs(text: string, name: 'start' | 'end'): number | null {
  const found = readDate(new RegExp(`\\b${name}\\s*=\\s*([^;]+)`, 'i').exec(text)?.[1]);
  if (found === null) return null;
  if (found.atMs !== null) return found.atMs;
  return name === 'start'
    ? Date.parse(`${found.firstDay}T00:00:00-12:00`)
    : Date.parse(`${found.lastDay}T23:59:59+14:00`);
}

/** Restrictions by country are facts about territories; those by address or of sharing are for players. */
function territoriesOf(scopes: readonly XmlElement[]): string | null {
  const lines = scopes
    .flatMap((one) => childrenOf(one, 'media:restriction'))
    .filter((one) => (attributeOf(one, 'type')?.toLowerCase() ?? 'country') === 'country')
    .flatMap((one) => territoryOf(plainText(markupOf(one)), attributeOf(one, 'relationship')) ?? []);
  return lines.length === 0 ? null : [...new Set(lines)].join('; ');
}

/** "Only in gb fr", "Not in us"; null where the whole world is allowed. Anything but `allow` denies. */
function territoryOf(where: string | null, relationship: string | null): string | null {
  const allows = relationship?.toLowerCase() === 'allow';
  if (where === null) return null;
  if (/^(all|none)$/i.test(where)) return allows === /^all$/i.test(where) ? null : 'Nowhere';
  return `${allows ? 'Only' : 'Not'} in ${where}`;
}

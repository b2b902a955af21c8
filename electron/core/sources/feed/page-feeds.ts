import { parseHTML } from 'linkedom';
import { webAddress } from '../reading/addresses.ts';
import { tooMuchMarkup } from '../reading/page-depth.ts';

const feedType = /^application\/(rss\+xml|atom\+xml|rdf\+xml|feed\+json)$/i;
const jsonType = /^application\/json$/i;

interface LinkElement {
  getAttribute(name: string): string | null;
}

/** The feeds that a page for people leads on to, in its order. */
export function feedsOfPage(html: string, url: string): string[] {
  if (tooMuchMarkup(html) !== null) return [];
  // linkedom's types want those of a browser, which no room of the core has.
  const { document } = parseHTML(html) as unknown as {
    document: { querySelectorAll(selector: string): Iterable<LinkElement> };
  };
  const bases = [...document.querySelectorAll('base[href]')];
  const base = webAddress(bases[0]?.getAttribute('href'), url) ?? url;
  const addresses = [...document.querySelectorAll('link[rel][href]')].flatMap((link) => {
    const rel = link.getAttribute('rel')?.toLowerCase().split(/\s+/) ?? [];
    const type = link.getAttribute('type')?.split(';')[0]?.trim() ?? '';
    // Plain JSON is how version 1 announced itself, and how a hundred other things do.
    const isFeed =
      feedType.test(type) || (jsonType.test(type) && /feed/i.test(link.getAttribute('href') ?? ''));
    const address = webAddress(link.getAttribute('href'), base);
    return rel.includes('alternate') && isFeed && address !== null ? [address] : [];
  });
  return [...new Set(addresses)];
}

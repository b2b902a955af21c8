import type { Rights } from '../../../../shared/contract/catalogue.ts';
import { findEditorialOnly, findThirdParty } from '../../../../shared/domain/rights-judgement.ts';
import { webAddress } from '../reading/addresses.ts';
import { noRights } from '../reading/assets.ts';
import { endOf, readDate } from '../reading/dates.ts';
import { addressesIn, firstText, firstWord, valuesOf, wordOf, type SchemaNode } from './schema-node.ts';

/** What a page says of the rights in a video, each fact for itself. */
export function rightsOf(video: SchemaNode, base: string): Rights {
  const usageText = usageOf(video, base);
  return {
    ...noRights,
    usageText,
    creditLine: firstWord(video, 'creditText'),
    editorialOnly: findEditorialOnly(usageText),
    // Many say it in the description, where readers see it.
    thirdParty: findThirdParty(usageText) ?? findThirdParty(firstText(video, 'description')),
    copyright: copyrightOf(video),
    licenceUrl:
      valuesOf(video, 'license')
        .flatMap(addressesIn)
        .map((one) => webAddress(one, base))
        .find((one) => one !== null) ?? null,
    expiresAtMs: endOf(readDate(firstWord(video, 'expires'))),
    territories: territoriesOf(video),
  };
}

/** The terms in the words of the page; an address is told with what it is for. */
function usageOf(video: SchemaNode, base: string): string | null {
  const licence = firstText(video, 'license');
  const paid = firstWord(video, 'isAccessibleForFree')?.toLowerCase();
  const parts = [
    firstText(video, 'usageInfo'),
    licence === null || webAddress(licence, base) === licence ? null : licence,
    firstText(video, 'conditionsOfAccess'),
    told('Licence to be had at', valuesOf(video, 'acquireLicensePage').flatMap(addressesIn)[0], base),
    paid === 'false' || paid === 'no' ? 'Not accessible for free.' : null,
    firstWord(video, 'requiresSubscription')?.toLowerCase() === 'true' ? 'Requires a subscription.' : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : [...new Set(parts)].join('\n');
}

function told(words: string, address: string | undefined, base: string): string | null {
  const url = webAddress(address, base);
  return url === null ? null : `${words}: ${url}`;
}

function copyrightOf(video: SchemaNode): string | null {
  const notice = firstText(video, 'copyrightNotice');
  if (notice !== null) return notice;
  const holder = firstWord(video, 'copyrightHolder');
  const year = firstWord(video, 'copyrightYear');
  return holder === null ? null : ['©', year, holder].filter((part) => part !== null).join(' ');
}

function territoriesOf(video: SchemaNode): string | null {
  const allowed = placesOf(video, 'regionsAllowed', 'eligibleRegion');
  const denied = placesOf(video, 'ineligibleRegion');
  const parts = [allowed === '' ? null : `Only in: ${allowed}`, denied === '' ? null : `Not in: ${denied}`];
  const said = parts.filter((part) => part !== null);
  return said.length === 0 ? null : said.join('; ');
}

function placesOf(video: SchemaNode, ...names: string[]): string {
  return valuesOf(video, ...names)
    .map(wordOf)
    .filter((word) => word !== null)
    .join(', ');
}

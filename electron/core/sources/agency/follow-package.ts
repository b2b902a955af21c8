import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import { webAddress } from '../reading/addresses.ts';
import type { AgencyDocument } from './read-context.ts';

/** Items of one page that are fetched one by one; a package has a dozen. */
const mostLinked = 100;
/** What is wrong with one address, and not with the source or the way to it. */
const ownFaults: ReadonlySet<string> = new Set([
  'NOT_FOUND',
  'SOURCE_CHANGED',
  'ADDRESS_REFUSED',
  'KEY_NEEDED',
]);

/**
 * Adds the items that the packages of a page lead to. One that cannot be read is a failure with its address; packages
 * in packages are not followed any further.
 *
 * @throws RushesError when the source or the way to it fails: then the page is to be read once more.
 */
export async function followPackages(
  page: AgencyDocument,
  base: string,
  read: (url: string) => Promise<AgencyDocument>,
): Promise<AgencyDocument> {
  const assets = [...page.assets];
  const events = [...page.events];
  const failures = [...page.failures];
  const addresses = new Set(page.linked.map((href) => webAddress(href, base)).filter((url) => url !== null));
  for (const url of [...addresses].slice(0, mostLinked)) {
    try {
      const found = await read(url);
      assets.push(...found.assets);
      events.push(...found.events);
      failures.push(...found.failures);
    } catch (error) {
      if (!(error instanceof RushesError) || !ownFaults.has(error.code)) throw error;
      failures.push({ where: url, why: error.message });
    }
  }
  if (addresses.size > mostLinked) {
    failures.push({
      where: base,
      why: `It leads to ${addresses.size} items; the first ${mostLinked} were read.`,
    });
  }
  return { ...page, assets, events, failures };
}

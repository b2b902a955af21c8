import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Source } from '../../../shared/contract/sources.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { CoreClient } from './session.ts';

/**
 * The source that is meant: by id, name or address, or the only one when nothing is given.
 *
 * @throws RushesError NOT_FOUND, USAGE when there are several to choose from.
 */
export async function findSource(client: CoreClient, given: string | undefined): Promise<Source> {
  const { sources } = await client.sources.list();
  const named = given === undefined ? sources : sources.filter((source) => isMeant(source, given));
  const [only] = named;
  if (only && named.length === 1) return only;
  if (only) {
    throw new RushesError('USAGE', 'There is more than one source; say which one.', {
      hint: `Known: ${named.map(({ id, name }) => `${id} (${name})`).join(', ')}.`,
    });
  }
  const hint = 'Add one with "rushes source add URL"; "rushes source list" shows those that are known.';
  throw new RushesError(
    'NOT_FOUND',
    given === undefined ? 'There is no source yet.' : `There is no source "${given}".`,
    { hint },
  );
}

function isMeant(source: Source, given: string): boolean {
  const address = (text: string): string => text.replace(/\/+$/, '').toLowerCase();
  return (
    source.id === given ||
    source.name.toLowerCase() === given.toLowerCase() ||
    plainName(source).toLowerCase() === given.toLowerCase() ||
    address(source.url) === address(given) ||
    (isAbsolute(given) && address(source.url) === address(pathToFileURL(given).href))
  );
}

/** The name without the place by which two of one name are told apart: who gives it is told of both. */
function plainName({ name, url }: Source): string {
  const end = / \(([^()]+)\)$/.exec(name);
  return end?.[1] !== undefined && url.includes(end[1]) ? name.slice(0, end.index) : name;
}

import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import type { RenditionLink } from '../../downloads/rendition-link.ts';
import { readItems } from '../json-api/read-items.ts';
import { isObject, type Loose } from '../reading/read-json.ts';
import { plainLink } from '../reading/plain-link.ts';
import { readPicture } from '../reading/read-picture.ts';
import { oneLine } from '../reading/words.ts';
import type {
  CatalogueSource,
  Look,
  RenditionRef,
  SourceContext,
  SourceDescription,
  SourceKind,
} from '../source-model.ts';
import { readArchiveAddress, type ArchiveAddress } from './archive-address.ts';
import { createArchiveApi, filmsOf, type ArchiveWish } from './archive-api.ts';
import { createArchiveClient, type ArchiveClient } from './archive-client.ts';
import { readArchiveItem } from './archive-mapping.ts';
import { archiveEndpoints } from './endpoints.ts';

/** The Internet Archive: a collection, a search, or one item. */
export function createInternetArchiveKind(): SourceKind {
  return { kind: 'internet-archive', needsAccount: false, takesKey: false, describe, open };
}

async function describe(look: Look): Promise<SourceDescription | null> {
  const address = look.folder === null ? readArchiveAddress(look.url) : null;
  if (address === null) return null;
  const client = createArchiveClient({ ask: look.ask, base: address.base });
  try {
    return 'item' in address
      ? await describeItem(client, address, look.signal)
      : await describeSearch(client, address, look.signal);
  } catch (error) {
    const cancelled = error instanceof RushesError && error.code === 'CANCELLED';
    if (address.official || cancelled) throw error;
    return null;
  }
}

async function describeItem(
  client: ArchiveClient,
  address: ArchiveAddress & { readonly item: string },
  signal: AbortSignal,
): Promise<SourceDescription | null> {
  const { base, official, item: id } = address;
  const told = await client.metadata(id, signal);
  const meta: Loose = isObject(told['metadata']) ? told['metadata'] : {};
  const title = oneLine([meta['title'] ?? []].flat()[0]) ?? id;
  const common = {
    name: title,
    url: base + (official ? archiveEndpoints.detailsPath : archiveEndpoints.metadataPath) + id,
    instanceId: official ? `archive.org:${id}` : null,
  };
  if (told['is_collection'] === true || meta['mediatype'] === 'collection') {
    const query = `collection:"${id}"`;
    const films = withFilms(await client.count(filmsOf(query), signal));
    const how = `The Internet Archive's collection "${title}" ${films}.`;
    return { ...common, how, settings: { base, query } };
  }
  const found = readArchiveItem(base, id, told);
  if (found.kind === 'asset') {
    const count = found.asset.renditions.filter(({ medium }) => medium === 'video').length;
    const how = `One item of the Internet Archive, "${title}", with ${count} video ${count === 1 ? 'file' : 'files'}.`;
    return { ...common, how, settings: { base, item: id } };
  }
  if (!official) return null;
  const why =
    found.kind === 'gone' ? found.reason : found.kind === 'odd' ? found.why : `"${title}" is no film.`;
  throw new RushesError(found.kind === 'odd' ? 'SOURCE_UNAVAILABLE' : 'NOT_FOUND', why);
}

async function describeSearch(
  client: ArchiveClient,
  { base, official, query }: ArchiveAddress & { readonly query: string },
  signal: AbortSignal,
): Promise<SourceDescription> {
  const { scrapePath, searchPath } = archiveEndpoints;
  const films = withFilms(await client.count(filmsOf(query), signal));
  const asked = official
    ? `${searchPath}?${new URLSearchParams({ query }).toString()}`
    : `${scrapePath}?${new URLSearchParams({ q: query }).toString()}`;
  return {
    name: `Internet Archive: ${query}`,
    url: base + asked,
    instanceId: official ? `archive.org:?${query}` : null,
    how: `A search of the Internet Archive for ${query} ${films}.`,
    settings: { base, query },
  };
}

function withFilms(count: number | null): string {
  if (count === null) return 'with an unknown number of videos';
  return count === 0 ? 'that lists no video yet' : `with ${count} ${count === 1 ? 'video' : 'videos'}`;
}

function open(context: SourceContext): CatalogueSource {
  const { base = archiveEndpoints.site, item, query = '' } = context.config.settings;
  const wish: ArchiveWish = item === undefined ? { query } : { item };
  const client = createArchiveClient({ ask: context.ask, base });
  const api = createArchiveApi({ client, base, wish });
  const renew = async (ref: RenditionRef, signal: AbortSignal): Promise<RenditionLink> => {
    const id = ref.assetExternalId ?? ref.externalId.split('/')[0] ?? ref.externalId;
    const found = await api.item(id, signal);
    if (found.kind === 'gone') throw new RushesError('WITHDRAWN', found.reason);
    if (found.kind === 'odd') throw new RushesError('SOURCE_UNAVAILABLE', found.why);
    const asset = found.kind === 'asset' ? found.asset : null;
    if (asset?.status === 'withheld') {
      throw new RushesError('NOT_RELEASED', 'The Internet Archive does not give this file out.');
    }
    const file = asset?.renditions.find((one) => one.externalId === ref.externalId);
    if (file === undefined || file.address === null) {
      throw new RushesError('NOT_FOUND', 'The Internet Archive no longer has this file.');
    }
    const { address, sizeBytes, hash, fileName } = file;
    return plainLink(address, context.policy, { sizeBytes, hash, fileName });
  };
  return {
    changedSince: (cursor, signal) =>
      readItems({ api, of: 'internet-archive', now: context.now }, cursor, signal),
    renew,
    readPicture: (url, signal) => readPicture(context.ask, { url }, signal),
  };
}

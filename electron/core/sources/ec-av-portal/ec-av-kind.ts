import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import type { RenditionLink } from '../../downloads/rendition-link.ts';
import type { AddressPolicy } from '../../http/http-client.ts';
import { plainLink } from '../reading/plain-link.ts';
import { readPicture } from '../reading/read-picture.ts';
import { decodeBody } from '../reading/bytes-to-text.ts';
import type {
  CatalogueSource,
  Look,
  RenditionRef,
  SourceContext,
  SourceDescription,
  SourceKind,
} from '../source-model.ts';
import { createEcClient, readEcPage } from './ec-client.ts';
import { toEcAsset } from './ec-mapping.ts';
import { readEcPages } from './ec-pages.ts';
import { ecEndpoints } from './endpoints.ts';

/** The audiovisual portal of the European Commission: all of its videos, a search, or one of them. */
export function createEcAvKind(): SourceKind {
  return { kind: 'ec-av-portal', needsAccount: false, takesKey: false, describe, open };
}

async function describe(look: Look): Promise<SourceDescription | null> {
  const { url } = look;
  const filters = filtersOf(url);
  if (url.hostname === ecEndpoints.host) {
    const api = await findApi(look);
    const client = createEcClient({ ask: look.ask, api, filters });
    const page = await client.page({ offset: 0, size: 1 }, look.signal);
    return describeFound({ api, filters, total: page?.total ?? 0, site: ecEndpoints.site });
  }
  if (look.folder !== null || !isApiAddress(url)) return null;
  try {
    const { total } = readEcPage(await look.answer());
    return describeFound({ api: url.origin + url.pathname, filters, total, site: null });
  } catch (error) {
    // Another kind may know what answers here; that nothing answers is said by whoever asks on.
    if (error instanceof RushesError && error.code === 'SOURCE_CHANGED') return null;
    throw error;
  }
}

/** The words searched for, or the one video that an address shows. */
function filtersOf(url: URL): Record<string, string> {
  const shown = /^\/\w{2}\/video\/(I-[\d-]+)\/?$/i.exec(url.pathname)?.[1];
  const ref = shown ?? url.searchParams.get('ref');
  if (ref) return { ref };
  const words = url.searchParams.get('kwgg') ?? url.searchParams.get('keywords') ?? url.searchParams.get('q');
  return words?.trim() ? { kwgg: words.trim() } : {};
}

/** The API itself, or a mirror of it. */
function isApiAddress(url: URL): boolean {
  return url.pathname.endsWith(`/${ecEndpoints.apiName}`) || url.searchParams.has('kwgg');
}

/** Where the site says that its API is now; where it was last known to be when the site does not say. */
async function findApi(look: Look): Promise<string> {
  const url = ecEndpoints.site + ecEndpoints.constantsPath;
  const answer = await look.ask.get({ url, signal: look.signal }).catch((error: unknown) => {
    if (error instanceof RushesError && error.code === 'CANCELLED') throw error;
    return null;
  });
  const named = new RegExp(`"${ecEndpoints.constantName}"\\s*:\\s*"([^"]+)"`);
  const base = answer === null ? undefined : named.exec(decodeBody(answer))?.[1];
  const found = base === undefined ? null : URL.parse(base + ecEndpoints.apiName);
  return found?.protocol === 'https:' ? found.href : ecEndpoints.api;
}

function describeFound(found: {
  api: string;
  filters: Readonly<Record<string, string>>;
  total: number;
  site: string | null;
}): SourceDescription {
  const { api, filters, total, site } = found;
  const { ref, kwgg } = filters;
  const count = total === 0 ? 'that lists no video yet' : `with ${total} ${total === 1 ? 'video' : 'videos'}`;
  const portal = 'the audiovisual portal of the European Commission';
  const what =
    kwgg === undefined
      ? ref === undefined
        ? `${portal[0]?.toUpperCase()}${portal.slice(1)}`
        : `One item (${ref}) of ${portal}`
      : `A search of ${portal} for "${kwgg}"`;
  const path = ref === undefined ? '/' : ecEndpoints.pagePath + encodeURIComponent(ref);
  const query = kwgg === undefined ? '' : `?${new URLSearchParams({ kwgg }).toString()}`;
  return {
    name: `EC Audiovisual${kwgg === undefined ? '' : `: ${kwgg}`}${ref === undefined ? '' : `: ${ref}`}`,
    url:
      site === null
        ? api + (ref === undefined ? query : `?${new URLSearchParams({ ref }).toString()}`)
        : site + path + query,
    instanceId: site === null ? null : `ec-av:${ref ?? ''}:${(kwgg ?? '').toLowerCase()}`,
    how: `${what}, ${count}.`.replace(', that', ' that'),
    settings: { ...filters, api },
  };
}

function open(context: SourceContext): CatalogueSource {
  const { api = ecEndpoints.api, ...filters } = context.config.settings;
  const client = createEcClient({ ask: context.ask, api, filters });
  const renew = async (wanted: RenditionRef, signal: AbortSignal): Promise<RenditionLink> => {
    const ref = wanted.assetExternalId ?? wanted.externalId.split('/')[0] ?? '';
    const doc = await client.one(ref, signal);
    if (doc === null) throw new RushesError('WITHDRAWN', 'The portal no longer has this video.');
    const file = toEcAsset(doc)?.renditions.find((one) => one.externalId === wanted.externalId);
    if (file === undefined || file.address === null) {
      throw new RushesError('NOT_FOUND', 'The portal no longer offers this file.');
    }
    const { fileName } = file;
    return plainLink(reachable(file.address, context.policy), context.policy, { fileName });
  };
  return {
    changedSince: (cursor, signal) => readEcPages({ client, now: context.now }, cursor, signal),
    renew,
    readPicture: (url, signal) => readPicture(context.ask, { url: reachable(url, context.policy) }, signal),
  };
}

/** The portal still writes `http:` of hosts that have long had `https:`. */
function reachable(address: string, policy: AddressPolicy): string {
  const url = new URL(address);
  if (url.protocol === 'http:' && !policy.insecureHttp && url.hostname !== policy.loopbackHost)
    url.protocol = 'https:';
  return url.href;
}

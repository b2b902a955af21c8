import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import { aboutSchema } from '../../../../shared/portal-api/about.ts';
import { renditionLinkSchema } from '../../../../shared/portal-api/link.ts';
import { portalPaths, renditionLinkPath } from '../../../../shared/portal-api/paths.ts';
import type { RenditionLink } from '../../downloads/rendition-link.ts';
import { readJsonObject } from '../reading/read-json.ts';
import { readPicture } from '../reading/read-picture.ts';
import type {
  CatalogueSource,
  Look,
  SourceAccount,
  SourceContext,
  SourceDescription,
  SourceKind,
} from '../source-model.ts';
import { readPortalRefusal } from './portal-client.ts';
import { readPortalPages } from './portal-pages.ts';

const largestAboutBytes = 64 * 1024;

/** A portal with accounts: it tells changes by its own mark, and signs the addresses of its files. */
export function createAccountPortalKind(): SourceKind {
  return { kind: 'account-portal', needsAccount: true, takesKey: false, describe, open };
}

/** Asks for the portal's own card; whatever else answers there is none of this kind. */
async function describe(look: Look): Promise<SourceDescription | null> {
  if (look.folder !== null) return null;
  const baseUrl = baseOf(look.url);
  const about = await readAbout(look, baseUrl);
  if (about === null) return null;
  return {
    name: about.name,
    url: baseUrl,
    instanceId: about.instanceId,
    how: `A portal with accounts that calls itself "${about.name}".`,
    mailbox: about.mailbox ?? null,
  };
}

/** The portal's own address, in one spelling: no query, no fragment, no slash at its end. */
function baseOf({ origin, pathname }: URL): string {
  return (origin + pathname).replace(/\/+$/, '');
}

const verdicts: ReadonlySet<string> = new Set(['CANCELLED', 'ADDRESS_REFUSED', 'NETWORK_UNAVAILABLE']);

async function readAbout(look: Look, baseUrl: string) {
  try {
    const answer = await look.ask.get({
      url: baseUrl + portalPaths.about,
      accept: 'application/json',
      maxBytes: largestAboutBytes,
      readRefusal: readPortalRefusal,
      signal: look.signal,
    });
    const parsed = aboutSchema.safeParse(readJsonObject(answer));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (!(error instanceof RushesError) || verdicts.has(error.code)) throw error;
    return null;
  }
}

function open(context: SourceContext): CatalogueSource {
  const { config, ask, account } = context;
  return {
    changedSince: (cursor, signal) => readPortalPages({ ask, baseUrl: config.url, signal }, cursor),
    renew: async ({ externalId }, signal) => {
      const token = account ? await account.token() : null;
      if (!account || token === null) {
        throw new RushesError('SIGN_IN_NEEDED', 'Sign in to download from this source.');
      }
      try {
        return await askForLink({ account, token, now: context.now }, externalId, signal);
      } catch (error) {
        if (error instanceof RushesError && error.code === 'SIGN_IN_NEEDED') await account.ended(token);
        throw error;
      }
    },
    readPicture: async (pictureUrl, signal) => {
      const url = URL.parse(pictureUrl, config.url);
      if (url?.origin !== new URL(config.url).origin) {
        throw new RushesError('ADDRESS_REFUSED', 'The picture lies on another host.');
      }
      return readPicture(ask, { url: url.href }, signal);
    },
  };
}

async function askForLink(
  { account, token, now }: { account: SourceAccount; token: string; now: () => number },
  renditionExternalId: string,
  signal: AbortSignal,
): Promise<RenditionLink> {
  const { client } = account;
  const link = await client.call({
    method: 'POST',
    path: renditionLinkPath(renditionExternalId),
    answer: renditionLinkSchema,
    token,
    signal,
  });
  return {
    url: new URL(link.url, client.baseUrl).href,
    policy: client.policy,
    sizeBytes: link.sizeBytes,
    hash: { kind: 'sha256', value: link.sha256 },
    etag: link.etag,
    // The life of the link by the server's own clock, from now on: our clock may be wrong.
    expiresAtMs: now() + (link.expiresAtMs - link.nowMs),
    fileName: link.fileName,
  };
}

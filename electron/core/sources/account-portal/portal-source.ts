import * as z from 'zod';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import { aboutSchema } from '../../../../shared/portal-api/about.ts';
import { assetSchema, portalEventSchema } from '../../../../shared/portal-api/asset.ts';
import {
  assetPageSchema,
  eventListSchema,
  largestPageSize,
} from '../../../../shared/portal-api/catalogue.ts';
import { renditionLinkSchema } from '../../../../shared/portal-api/link.ts';
import { portalPaths, renditionLinkPath } from '../../../../shared/portal-api/paths.ts';
import type { CatalogueSource, SourceAsset, SourceDescription, SourceEvent } from '../source-model.ts';
import { toSourceAsset, toSourceEvent } from './portal-mapping.ts';
import type { PortalClient } from './portal-client.ts';

/** The largest picture that is fetched, in bytes. */
const largestPictureBytes = 4 * 1024 * 1024;

// Items are read one by one, so that a single odd one costs itself and not the page.
const loosePage = assetPageSchema.extend({ items: z.array(z.unknown()) });
const looseEvents = eventListSchema.extend({ items: z.array(z.unknown()) });

/** Finds out whether a portal answers at an address. */
export async function describePortal(client: PortalClient): Promise<SourceDescription> {
  const about = await client.call({ method: 'GET', path: portalPaths.about, answer: aboutSchema });
  return {
    kind: 'account-portal',
    name: about.name,
    url: client.baseUrl,
    instanceId: about.instanceId,
    needsAccount: true,
    mailbox: about.mailbox ?? null,
  };
}

/** The account portal as a catalogue source. `token` gives the session's token, or null when signed out. */
export function createPortalSource(deps: {
  client: PortalClient;
  token: () => Promise<string | null>;
  /** The portal said that the session of this token is over. */
  onSessionEnded: (token: string) => Promise<void>;
  now: () => number;
}): CatalogueSource {
  const { client } = deps;
  return {
    readPage: async ({ since, pageCursor, signal }) => {
      const query = new URLSearchParams({ limit: String(largestPageSize) });
      if (since !== null) query.set('changedSince', since);
      if (pageCursor !== null) query.set('cursor', pageCursor);
      const page = await client.call({
        method: 'GET',
        path: `${portalPaths.assets}?${query.toString()}`,
        answer: loosePage,
        signal,
      });
      const assets = page.items.map(readAsset).filter((asset) => asset !== null);
      return {
        assets,
        failed: page.items.length - assets.length,
        pageCursor: page.nextCursor,
        changeCursor: page.changeCursor,
        total: page.total,
      };
    },
    readEvents: async (signal) => {
      const list = await client.call({
        method: 'GET',
        path: portalPaths.events,
        answer: looseEvents,
        signal,
      });
      return list.items.map(readEvent).filter((event) => event !== null);
    },
    renew: async (renditionExternalId, signal) => {
      const token = await deps.token();
      if (token === null) throw new RushesError('SIGN_IN_NEEDED', 'Sign in to download from this source.');
      try {
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
          expiresAtMs: deps.now() + (link.expiresAtMs - link.nowMs),
          fileName: link.fileName,
        };
      } catch (error) {
        if (error instanceof RushesError && error.code === 'SIGN_IN_NEEDED') await deps.onSessionEnded(token);
        throw error;
      }
    },
    readPicture: (pictureUrl, signal) => client.bytes(pictureUrl, largestPictureBytes, signal),
  };
}

function readAsset(item: unknown): SourceAsset | null {
  const parsed = assetSchema.safeParse(item);
  return parsed.success ? toSourceAsset(parsed.data) : null;
}

function readEvent(item: unknown): SourceEvent | null {
  const parsed = portalEventSchema.safeParse(item);
  return parsed.success ? toSourceEvent(parsed.data) : null;
}

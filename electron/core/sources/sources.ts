import { v7 as newId } from 'uuid';
import type { Source } from '../../../shared/contract/sources.ts';
import type { SourceId } from '../../../shared/contract/values.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { AddressPolicy, HttpClient } from '../http/http-client.ts';
import type { Clock, Notify } from '../ports.ts';
import type { Connection } from '../storage/open-database.ts';
import { createPortalClient, type PortalClient } from './account-portal/portal-client.ts';
import { describePortal } from './account-portal/portal-source.ts';
import type { SourceConfig } from './source-model.ts';
import { createSourcesRepo } from './sources-repo.ts';

/** What the user gives to add a source. */
export interface NewSource {
  readonly url: string;
  readonly kind?: string | undefined;
  readonly name?: string | undefined;
  readonly insecureHttp?: boolean | undefined;
  readonly allowPrivate?: boolean | undefined;
}

/** The configured catalogues. */
export interface SourcesArea {
  list(): Source[];
  add(wanted: NewSource): Promise<Source>;
  remove(id: string): Promise<void>;
  /** @throws RushesError NOT_FOUND */
  require(id: string): SourceConfig;
  client(config: SourceConfig): PortalClient;
  setState(
    id: string,
    to: { state: 'ok' | 'unavailable'; reason: string | null; lastSyncAtMs: number | null },
  ): void;
}

/** Builds the sources area over user.db. */
export function createSources(deps: {
  db: Connection;
  http: HttpClient;
  clock: Clock;
  notify: Notify;
  /** What the catalogue holds of a source, and whether any of it was ever read. */
  inCatalogue: (sourceId: string) => {
    readonly assets: number;
    readonly wasRead: boolean;
    readonly syncing: boolean;
  };
  onRemoved: (sourceId: string) => Promise<void>;
}): SourcesArea {
  const repo = createSourcesRepo(deps.db);
  const client = (config: { url: string; insecureHttp: boolean; allowPrivate: boolean }): PortalClient =>
    createPortalClient({ http: deps.http, baseUrl: config.url, policy: policyFor(config) });

  const view = (config: SourceConfig): Source => {
    const { assets, wasRead, syncing } = deps.inCatalogue(config.id);
    // The catalogue can be begun anew while the source is remembered: then it is unread again, whatever was known.
    const state = config.state === 'ok' && !wasRead ? 'never-synced' : config.state;
    return {
      id: config.id as SourceId,
      kind: config.kind,
      name: config.name,
      url: config.url,
      state: syncing ? 'syncing' : state,
      reason: config.reason,
      lastSyncAtMs: wasRead ? config.lastSyncAtMs : null,
      assets,
      needsAccount: config.kind === 'account-portal',
    };
  };
  const require = (id: string): SourceConfig => {
    const found = repo.find(id);
    if (!found) throw new RushesError('NOT_FOUND', `There is no source ${id}.`);
    return found;
  };

  return {
    list: () => repo.all().map(view),
    require,
    client,
    add: async (wanted) => {
      if (wanted.kind !== undefined && wanted.kind !== 'account-portal') {
        throw new RushesError(
          'SOURCE_UNKNOWN_KIND',
          `Rushes does not know the source kind "${wanted.kind}".`,
          {
            hint: 'Known kinds: account-portal.',
          },
        );
      }
      const flags = {
        insecureHttp: wanted.insecureHttp ?? false,
        allowPrivate: wanted.allowPrivate ?? false,
      };
      const url = plainUrl(wanted.url);
      const found = await describe(client({ url, ...flags }), url);
      const known = repo.findSame({ instanceId: found.instanceId, url: found.url });
      const id = known?.id ?? newId();
      const fields = { id, ...found, name: wanted.name ?? known?.name ?? found.name, ...flags };
      if (known) repo.update(fields);
      else repo.insert(fields, deps.clock.now());
      deps.notify('source', id);
      return view(require(id));
    },
    remove: async (id) => {
      require(id);
      repo.remove(id);
      await deps.onRemoved(id);
      deps.notify('source', id);
      deps.notify('asset');
    },
    setState: (id, to) => {
      repo.setState(id, to);
      deps.notify('source', id);
    },
  };
}

/** The address in one spelling: scheme and host checked, no query, no fragment, no trailing slash. */
function plainUrl(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new RushesError(
      'USAGE',
      `"${text}" is not an address; it should look like https://portal.example.`,
    );
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new RushesError('USAGE', `A source is reached by https, not by ${url.protocol.slice(0, -1)}.`);
  }
  if (url.username || url.password)
    throw new RushesError('USAGE', 'An address must not hold a name or password.');
  return (url.origin + url.pathname).replace(/\/+$/, '');
}

async function describe(client: PortalClient, url: string): ReturnType<typeof describePortal> {
  try {
    return await describePortal(client);
  } catch (error) {
    // The server is there and answers, only not as any kind known here.
    if (error instanceof RushesError && (error.code === 'SOURCE_UNAVAILABLE' || error.code === 'NOT_FOUND')) {
      throw new RushesError(
        'SOURCE_UNKNOWN_KIND',
        `What answers at ${url} is no catalogue that Rushes can read.`,
        {
          detail: error.facts.detail ?? error.message,
        },
      );
    }
    throw error;
  }
}

/** A source whose own address is loopback may use http and loopback by itself; all else needs the user's word. */
function policyFor(config: { url: string; insecureHttp: boolean; allowPrivate: boolean }): AddressPolicy {
  const { hostname } = new URL(config.url);
  const loopback = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
  return {
    insecureHttp: config.insecureHttp,
    allowPrivate: config.allowPrivate,
    ...(loopback ? { loopbackHost: hostname } : {}),
  };
}

import { v7 as newId } from 'uuid';
import type { Source } from '../../../shared/contract/sources.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { HttpClient } from '../http/http-client.ts';
import type { Clock, Notify } from '../ports.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import type { Connection } from '../storage/open-database.ts';
import { createPortalClient, type PortalClient } from './account-portal/portal-client.ts';
import { createAsker } from './asker.ts';
import { findKind } from './find-kind.ts';
import { policyFor, readGivenAddress, type Reach } from './given-address.ts';
import type { HostQueue } from './host-queue.ts';
import { usualMinutes } from './next-sync.ts';
import { healthAfterFailure, healthAfterSuccess } from './source-health.ts';
import type {
  CatalogueSource,
  SourceAccount,
  SourceConfig,
  SourceDescription,
  SourceKind,
} from './source-model.ts';
import { distinctNames, toSource, type InCatalogue } from './source-view.ts';
import { createSourcesRepo } from './sources-repo.ts';

/** What the user gives to add a source. */
export interface NewSource {
  readonly url: string;
  readonly kind?: string | undefined;
  readonly name?: string | undefined;
  readonly key?: string | undefined;
  readonly insecureHttp?: boolean | undefined;
  readonly allowPrivate?: boolean | undefined;
}

/** What the user changes of a source; what is left out stays. */
export interface SourceChange {
  readonly id: string;
  readonly name?: string | undefined;
  readonly everyMinutes?: number | null | undefined;
  readonly key?: string | null | undefined;
}

/** The configured catalogues. */
export interface SourcesArea {
  list(): Promise<Source[]>;
  add(wanted: NewSource, signal?: AbortSignal): Promise<Source>;
  update(change: SourceChange): Promise<Source>;
  remove(id: string): Promise<void>;
  all(): readonly SourceConfig[];
  /** @throws RushesError NOT_FOUND */
  require(id: string): SourceConfig;
  portalClient(config: SourceConfig): PortalClient;
  /** @throws RushesError NOT_FOUND */
  open(id: string): { source: CatalogueSource; asked(): number };
  /** Writes down how a sync ended, and when the next one is due. */
  synced(id: string, end: { readonly error: unknown; readonly failedItems: number }): Promise<void>;
}

interface SourcesDeps {
  readonly db: Connection;
  readonly http: HttpClient;
  readonly queue: HostQueue;
  readonly kinds: readonly SourceKind[];
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly notify: Notify;
  /** Whether sources are read by themselves here. */
  readonly isScheduled: () => boolean;
  readonly inCatalogue: (sourceId: string) => InCatalogue;
  /** How the account of a source is spoken for. */
  readonly account: (sourceId: string) => Omit<SourceAccount, 'client'>;
  readonly onRemoved: (sourceId: string) => Promise<void>;
  /** Something may be due now. */
  readonly onSchedule: () => void;
}

/** Who adds a source mostly has it read at once; it is read by itself a moment later, in milliseconds. */
const firstRestMs = 10_000;

const never = new AbortController().signal;

/** Builds the sources area over user.db. */
export function createSources(deps: SourcesDeps): SourcesArea {
  const repo = createSourcesRepo(deps.db);
  const now = (): number => deps.clock.now();
  /** Where the address of a source has moved for good, as its last reading was told. */
  const moved = new Map<string, string>();
  const keys = createSourceKeys(deps.secrets);

  const require = (id: string): SourceConfig => {
    const found = repo.find(id);
    if (!found) throw new RushesError('NOT_FOUND', `There is no source ${id}.`);
    return found;
  };
  const kindOf = (config: SourceConfig): SourceKind => {
    const kind = deps.kinds.find((one) => one.kind === config.kind);
    if (!kind) throw new RushesError('SOURCE_UNKNOWN_KIND', `Rushes cannot read the kind ${config.kind}.`);
    return kind;
  };
  const portalClient = (config: SourceConfig): PortalClient =>
    createPortalClient({ http: deps.http, baseUrl: config.url, policy: policyFor(config) });
  const list = async (): Promise<Source[]> => {
    const all = repo.all();
    const names = distinctNames(all);
    return Promise.all(
      all.map(async (config) => {
        const kind = kindOf(config);
        return toSource(config, {
          ...deps.inCatalogue(config.id),
          kind,
          hasKey: kind.takesKey && (await keys.get(config.id)) !== null,
          name: names.get(config.id) ?? config.name,
          isScheduled: deps.isScheduled(),
        });
      }),
    );
  };
  const changed = async (id: string): Promise<Source> => {
    deps.notify('source', id);
    deps.onSchedule();
    const found = (await list()).find((source) => source.id === id);
    if (!found) throw new RushesError('NOT_FOUND', `There is no source ${id}.`);
    return found;
  };
  const store = (wanted: NewSource, reach: Reach, kind: SourceKind, found: SourceDescription): string => {
    const identity = { kind: kind.kind, url: found.url, instanceId: instanceOf(kind, found.instanceId) };
    const known = repo.findSame(identity);
    const fields = {
      ...identity,
      ...reach,
      id: known?.id ?? newId(),
      name: wanted.name ?? known?.name ?? found.name,
      mailbox: found.mailbox ?? null,
      settings: found.settings ?? {},
      how: found.how,
    };
    if (known) repo.update(fields);
    else {
      const everyMinutes = usualMinutes[kind.kind];
      repo.insert(fields, { now: now(), everyMinutes, nextAtMs: now() + firstRestMs });
    }
    return fields.id;
  };

  return {
    list,
    require,
    portalClient,
    all: () => repo.all(),
    open: (id) => {
      const config = require(id);
      const kind = kindOf(config);
      const policy = policyFor(config);
      const onMoved = (from: string, to: string): void => {
        if (from === config.url) moved.set(id, to);
      };
      const ask = createAsker({ ...deps, policy, now, onMoved });
      const account = { ...deps.account(id), client: portalClient(config) };
      const source = kind.open({
        config,
        ask,
        policy,
        key: () => keys.get(id),
        ...(kind.needsAccount ? { account } : {}),
        now,
      });
      return { source, asked: () => ask.asked() };
    },
    add: async (wanted, signal = never) => {
      const { url, folder } = readGivenAddress(wanted.url);
      const reach = {
        insecureHttp: wanted.insecureHttp ?? false,
        allowPrivate: wanted.allowPrivate ?? false,
      };
      const policy = policyFor({ url: url.href, ...reach });
      const ask = createAsker({ ...deps, policy, now });
      const key = wanted.key?.trim() || null;
      const at = { url, folder, ask, policy, key, signal };
      const { kind, description } = await findKind(deps.kinds, at, wanted.kind);
      const id = store(wanted, reach, kind, description);
      if (key !== null && kind.takesKey) await keys.set(id, key);
      return changed(id);
    },
    update: async ({ id, name, everyMinutes, key }) => {
      const { lastTryAtMs } = require(id);
      if (name !== undefined) repo.rename(id, name.trim());
      if (everyMinutes !== undefined) {
        const next =
          everyMinutes === null ? null : Math.max(now(), (lastTryAtMs ?? 0) + everyMinutes * 60_000);
        repo.setSchedule(id, { everyMinutes, nextAtMs: next });
      }
      if (key !== undefined) {
        await keys.set(id, key?.trim() || null);
        repo.setDue(id, now());
      }
      return changed(id);
    },
    remove: async (id) => {
      require(id);
      repo.remove(id);
      await keys.set(id, null);
      await deps.onRemoved(id);
      deps.notify('source', id);
      deps.notify('asset');
    },
    synced: async (id, { error, failedItems }) => {
      const key = error === null ? null : await keys.get(id);
      const config = repo.find(id);
      // Removed while it was being read.
      if (!config) return;
      const movedTo = moved.get(id);
      moved.delete(id);
      if (error === null && movedTo !== undefined) repo.setUrl(id, movedTo);
      const health =
        error === null
          ? healthAfterSuccess(config, { now: now(), failedItems })
          : healthAfterFailure(config, { now: now(), error, key });
      repo.setHealth(id, health);
      deps.notify('source', id);
    },
  };
}

/** The user's own keys for sources. They lie in the secret store and nowhere else. */
function createSourceKeys(secrets: SecretStore) {
  const nameOf = (sourceId: string): string => `source-key:${sourceId}`;
  return {
    get: (sourceId: string): Promise<string | null> => secrets.get(nameOf(sourceId)),
    set: (sourceId: string, key: string | null): Promise<void> =>
      key === null ? secrets.delete(nameOf(sourceId)) : secrets.set(nameOf(sourceId), key),
  };
}

/** A source's own identity, apart from what another kind may call by the same words. */
function instanceOf({ kind }: SourceKind, instanceId: string | null): string | null {
  return instanceId === null || kind === 'account-portal' ? instanceId : `${kind}:${instanceId}`;
}

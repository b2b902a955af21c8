import { v7 as newId } from 'uuid';
import type { Source } from '../../../shared/contract/sources.ts';
import type { SourceId } from '../../../shared/contract/values.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { HttpClient } from '../http/http-client.ts';
import type { Clock, Notify } from '../ports.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import type { Connection } from '../storage/open-database.ts';
import { createPortalClient, type PortalClient } from './account-portal/portal-client.ts';
import { createAsker, type Answer, type Asker } from './asker.ts';
import { findKind } from './find-kind.ts';
import { policyFor, readGivenAddress } from './given-address.ts';
import type { HostQueue } from './host-queue.ts';
import { nextSyncAt, usualMinutes } from './next-sync.ts';
import type { CatalogueSource, Look, SourceAccount, SourceConfig, SourceKind } from './source-model.ts';
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

/** How a sync of a source ended. */
export interface SyncEnd {
  /** Null when all went well. */
  readonly error: unknown;
  readonly failedItems: number;
}

/** A source that is open, and how many questions it has asked since. */
export interface OpenSource {
  readonly source: CatalogueSource;
  readonly asked: () => number;
}

/** The configured catalogues. */
export interface SourcesArea {
  list(): Source[];
  add(wanted: NewSource, signal?: AbortSignal): Promise<Source>;
  update(change: SourceChange): Promise<Source>;
  remove(id: string): Promise<void>;
  all(): readonly SourceConfig[];
  /** @throws RushesError NOT_FOUND */
  require(id: string): SourceConfig;
  portalClient(config: SourceConfig): PortalClient;
  /** @throws RushesError NOT_FOUND */
  open(id: string, account: Omit<SourceAccount, 'client'>): OpenSource;
  /** Writes down how a sync ended, and when the next one is due. */
  synced(id: string, end: SyncEnd): void;
}

interface SourcesDeps {
  readonly db: Connection;
  readonly http: HttpClient;
  readonly queue: HostQueue;
  readonly kinds: readonly SourceKind[];
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly notify: Notify;
  /** What the catalogue holds of a source, and whether any of it was ever read. */
  readonly inCatalogue: (sourceId: string) => {
    readonly assets: number;
    readonly wasRead: boolean;
    readonly syncing: boolean;
  };
  readonly onRemoved: (sourceId: string) => Promise<void>;
  /** Something may be due now. */
  readonly onSchedule: () => void;
}

const never = new AbortController().signal;

/** Builds the sources area over user.db. */
export function createSources(deps: SourcesDeps): SourcesArea {
  const repo = createSourcesRepo(deps.db);
  const now = (): number => deps.clock.now();
  const withKey = new Set<string>();
  const kindOf = (config: SourceConfig): SourceKind => {
    const kind = deps.kinds.find((one) => one.kind === config.kind);
    if (!kind) throw new RushesError('SOURCE_UNKNOWN_KIND', `Rushes cannot read the kind ${config.kind}.`);
    return kind;
  };
  const askerFor = (config: Parameters<typeof policyFor>[0]): Asker =>
    createAsker({ http: deps.http, queue: deps.queue, policy: policyFor(config), now });
  const require = (id: string): SourceConfig => {
    const found = repo.find(id);
    if (!found) throw new RushesError('NOT_FOUND', `There is no source ${id}.`);
    return found;
  };
  const portalClient = (config: SourceConfig): PortalClient =>
    createPortalClient({ http: deps.http, baseUrl: config.url, policy: policyFor(config) });
  const list = (): Source[] => {
    const all = repo.all();
    return all.map((config) =>
      toSource(config, {
        kind: kindOf(config),
        hasKey: withKey.has(config.id),
        all,
        ...deps.inCatalogue(config.id),
      }),
    );
  };
  const view = (id: string): Source => {
    const found = list().find((source) => source.id === id);
    if (!found) throw new RushesError('NOT_FOUND', `There is no source ${id}.`);
    return found;
  };
  const setKey = async (id: string, key: string | null): Promise<void> => {
    if (key === null) await deps.secrets.delete(keyName(id));
    else await deps.secrets.set(keyName(id), key);
    if (key === null) withKey.delete(id);
    else withKey.add(id);
  };
  // The list is asked for often and the store opens a file, so whether there is a key is remembered.
  for (const { id } of repo.all()) {
    void deps.secrets.get(keyName(id)).then((key) => key !== null && withKey.add(id));
  }

  return {
    list,
    require,
    portalClient,
    all: () => repo.all(),
    open: (id, account) => {
      const config = require(id);
      const kind = kindOf(config);
      const ask = askerFor(config);
      const source = kind.open({
        config,
        ask,
        policy: policyFor(config),
        key: () => deps.secrets.get(keyName(id)),
        ...(kind.needsAccount ? { account: { ...account, client: portalClient(config) } } : {}),
        now,
      });
      return { source, asked: () => ask.asked() };
    },
    add: async (wanted, signal) => {
      const flags = {
        insecureHttp: wanted.insecureHttp ?? false,
        allowPrivate: wanted.allowPrivate ?? false,
      };
      const look = lookAt(wanted, { ask: askerFor, flags, signal: signal ?? never });
      const { kind, description } = await findKind(deps.kinds, look, wanted.kind);
      const found = { ...description, kind: kind.kind };
      const known = repo.findSame(found);
      const id = known?.id ?? newId();
      const fields = {
        id,
        ...found,
        mailbox: description.mailbox ?? null,
        settings: description.settings ?? {},
        name: wanted.name ?? known?.name ?? found.name,
        ...flags,
      };
      if (known) repo.update(fields);
      else repo.insert(fields, { now: now(), everyMinutes: usualMinutes[kind.kind], nextAtMs: now() });
      if (wanted.key !== undefined) await setKey(id, wanted.key);
      deps.notify('source', id);
      return view(id);
    },
    update: async ({ id, name, everyMinutes, key }) => {
      const { lastTryAtMs, failuresInARow } = require(id);
      if (name !== undefined) repo.rename(id, name);
      if (everyMinutes !== undefined) {
        const from = lastTryAtMs ?? now();
        const next = nextSyncAt({ now: from, everyMinutes, failuresInARow, retryAfterMs: null });
        repo.setSchedule(id, { everyMinutes, nextAtMs: next === null ? null : Math.max(next, now()) });
      }
      if (key !== undefined) await setKey(id, key);
      deps.notify('source', id);
      deps.onSchedule();
      return view(id);
    },
    remove: async (id) => {
      require(id);
      repo.remove(id);
      await setKey(id, null);
      await deps.onRemoved(id);
      deps.notify('source', id);
      deps.notify('asset');
    },
    synced: (id, end) => {
      const config = repo.find(id);
      // Removed while it was being read.
      if (!config) return;
      repo.setHealth(id, healthAfter(config, end, now()));
      deps.notify('source', id);
    },
  };
}

function keyName(sourceId: string): string {
  return `source-key:${sourceId}`;
}

function lookAt(
  wanted: NewSource,
  by: {
    ask: (config: Parameters<typeof policyFor>[0]) => Asker;
    flags: { insecureHttp: boolean; allowPrivate: boolean };
    signal: AbortSignal;
  },
): Look {
  const { url, folder } = readGivenAddress(wanted.url);
  const policy = policyFor({ url: url.href, ...by.flags });
  const ask = by.ask({ url: url.href, ...by.flags });
  let asked: Promise<Answer> | null = null;
  return {
    url,
    folder,
    ask,
    policy,
    key: wanted.key ?? null,
    signal: by.signal,
    answer: () => (asked ??= ask.get({ url: url.href, signal: by.signal })),
  };
}

const states: Readonly<Partial<Record<string, SourceConfig['state']>>> = {
  SOURCE_CHANGED: 'changed',
  KEY_NEEDED: 'key-needed',
};

function healthAfter(config: SourceConfig, { error, failedItems }: SyncEnd, now: number) {
  const failed = error !== null;
  const told = error instanceof RushesError ? error : null;
  const failuresInARow = failed ? config.failuresInARow + 1 : 0;
  return {
    state: failed ? (states[told?.code ?? ''] ?? 'unavailable') : ('ok' as const),
    reason: failed ? (error instanceof Error ? error.message : String(error)) : null,
    evidence: told?.facts.detail ?? null,
    lastGoodAtMs: failed ? null : now,
    lastTryAtMs: now,
    nextAtMs: nextSyncAt({
      now,
      everyMinutes: config.everyMinutes,
      failuresInARow,
      retryAfterMs: told?.facts.retryAfterMs ?? null,
    }),
    failuresInARow,
    failedItems: failed ? config.failedItems : failedItems,
  };
}

function toSource(
  config: SourceConfig,
  beside: {
    kind: SourceKind;
    hasKey: boolean;
    all: readonly SourceConfig[];
    assets: number;
    wasRead: boolean;
    syncing: boolean;
  },
): Source {
  const { kind, wasRead } = beside;
  // The catalogue can be begun anew while the source is remembered: then it is unread again, whatever was known.
  const state = config.state === 'ok' && !wasRead ? 'never-synced' : config.state;
  return {
    id: config.id as SourceId,
    kind: config.kind,
    name: distinctName(config, beside.all),
    url: config.url,
    state: beside.syncing ? 'syncing' : state,
    reason: config.reason,
    evidence: config.evidence,
    lastSyncAtMs: wasRead ? config.lastSyncAtMs : null,
    lastTryAtMs: config.lastTryAtMs,
    nextSyncAtMs: config.nextSyncAtMs,
    everyMinutes: config.everyMinutes,
    failedItems: config.failedItems,
    assets: beside.assets,
    needsAccount: kind.needsAccount,
    takesKey: kind.takesKey,
    hasKey: beside.hasKey,
    how: config.how,
  };
}

/** Two sources of one name are told apart by where they are. */
function distinctName(config: SourceConfig, all: readonly SourceConfig[]): string {
  const alike = all.some(({ id, name }) => id !== config.id && name === config.name);
  if (!alike) return config.name;
  const { host, pathname } = new URL(config.url);
  return `${config.name} (${host === '' ? pathname : host})`;
}

import type { Source } from '../../../shared/contract/sources.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { Notify } from '../ports.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import type { Connection } from '../storage/open-database.ts';
import type { PortalClient } from './account-portal/portal-client.ts';
import { createAddSource, type NewSource } from './add-source.ts';
import { createSourceOpener, type OpenerDeps, type OpenSource } from './open-source.ts';
import { createSourceRemoval } from './remove-source.ts';
import { healthAfterFailure, healthAfterSuccess } from './source-health.ts';
import { createSourceKeys } from './source-keys.ts';
import type { SourceConfig } from './source-model.ts';
import { distinctNames, toSource, type InCatalogue } from './source-view.ts';
import { createSourcesRepo } from './sources-repo.ts';

/** What the user changes of a source; what is left out stays. */
export interface SourceChange {
  readonly id: string;
  readonly name?: string | undefined;
  readonly everyMinutes?: number | null | undefined;
  readonly key?: string | null | undefined;
}

/** How a sync of a source ended: `error` is null when it read all it asked for. */
export interface SyncEnd {
  readonly error: unknown;
  readonly failedItems: number;
  /** Why it was not believed in what it did not show. */
  readonly doubt: string | null;
}

/** The configured catalogues. */
export interface SourcesArea {
  list(): Promise<Source[]>;
  /** @throws RushesError SOURCE_UNKNOWN_KIND, SOURCE_UNAVAILABLE, NETWORK_UNAVAILABLE, KEY_NEEDED, ADDRESS_REFUSED, USAGE. */
  add(wanted: NewSource, signal?: AbortSignal): Promise<Source>;
  update(change: SourceChange): Promise<Source>;
  /** Removes a source with all that is known of it. Cut short, it is taken up by `finishRemovals`. */
  remove(id: string): Promise<void>;
  /** Removes what a kill has left half-removed. */
  finishRemovals(): Promise<void>;
  /** Those that are being removed are none of them. */
  all(): readonly SourceConfig[];
  /** One that is being removed still has a name. @throws RushesError NOT_FOUND */
  require(id: string): SourceConfig;
  portalClient(config: SourceConfig): PortalClient;
  /** @throws RushesError NOT_FOUND */
  open(id: string): OpenSource;
  /** Writes down how a sync ended, and when the next one is due. */
  synced(id: string, end: SyncEnd): Promise<void>;
}

interface SourcesDeps extends Omit<OpenerDeps, 'keys'> {
  readonly db: Connection;
  readonly secrets: SecretStore;
  readonly notify: Notify;
  /** Whether sources are read by themselves here. */
  readonly isScheduled: () => boolean;
  readonly inCatalogue: (sourceId: string) => InCatalogue;
  readonly onRemoved: (sourceId: string) => Promise<void>;
  /** What a person should look at though a source was read well; null when there is nothing. */
  readonly doubtOf: (sourceId: string, wasDoubted: boolean) => Promise<string | null>;
  /** Something may be due now. */
  readonly onSchedule: () => void;
}

const never = new AbortController().signal;

/** Builds the sources area over user.db. */
export function createSources(deps: SourcesDeps): SourcesArea {
  const repo = createSourcesRepo(deps.db);
  const now = (): number => deps.clock.now();
  const keys = createSourceKeys(deps.secrets);
  const opener = createSourceOpener({ ...deps, keys });
  const add = createAddSource({ ...deps, repo, keys, opener, now });
  const removal = createSourceRemoval({ ...deps, repo, keys });

  const require = (id: string): SourceConfig => {
    const found = repo.find(id);
    if (!found) throw new RushesError('NOT_FOUND', `There is no source ${id}.`);
    return found;
  };
  const list = async (): Promise<Source[]> => {
    const all = repo.all();
    const names = distinctNames(all);
    const view = async (config: SourceConfig): Promise<Source> => {
      const kind = opener.kindOf(config);
      return toSource(config, {
        ...deps.inCatalogue(config.id),
        kind,
        hasKey: kind.takesKey && (await keys.get(config.id)) !== null,
        name: names.get(config.id) ?? config.name,
        isScheduled: deps.isScheduled(),
      });
    };
    return Promise.all(all.map(view));
  };
  const changed = async (id: string): Promise<Source> => {
    deps.notify('source', id);
    deps.onSchedule();
    const found = (await list()).find((source) => source.id === id);
    if (!found) throw new RushesError('NOT_FOUND', `There is no source ${id}.`);
    return found;
  };

  return {
    list,
    require,
    portalClient: opener.portalClient,
    all: repo.all,
    open: (id) => opener.open(removal.staying(require(id))),
    add: async (wanted, signal = never) => changed(await add(wanted, signal)),
    update: async ({ id, name, everyMinutes, key }) => {
      const { lastTryAtMs } = removal.staying(require(id));
      if (name !== undefined) repo.rename(id, name.trim());
      if (everyMinutes !== undefined) {
        const dueAtMs = (lastTryAtMs ?? 0) + (everyMinutes ?? 0) * 60_000;
        repo.setSchedule(id, {
          everyMinutes,
          nextAtMs: everyMinutes === null ? null : Math.max(now(), dueAtMs),
        });
      }
      if (key !== undefined) {
        await keys.set(id, key?.trim() || null);
        repo.setDue(id, now());
      }
      return changed(id);
    },
    remove: async (id) => {
      require(id);
      await removal.remove(id);
    },
    finishRemovals: removal.finish,
    synced: async (id, { error, failedItems, ...end }) => {
      const key = error === null ? null : await keys.get(id);
      const movedTo = opener.takeMoved(id);
      const before = repo.find(id);
      const wasDoubted = before?.state === 'ok' && before.reason !== null;
      const doubt = error === null ? (end.doubt ?? (await deps.doubtOf(id, wasDoubted))) : null;
      const config = repo.find(id);
      // Removed while it was being read.
      if (!config) return;
      // Only a reading that came to its end proves the new address: a network's sign-in page redirects too.
      if (error === null && movedTo !== null) repo.setUrl(id, movedTo);
      const health =
        error === null
          ? healthAfterSuccess(config, { now: now(), failedItems, doubt })
          : healthAfterFailure(config, { now: now(), error, key });
      repo.setHealth(id, health);
      deps.notify('source', id);
    },
  };
}

import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { HttpClient } from '../http/http-client.ts';
import type { Clock } from '../ports.ts';
import { createPortalClient, type PortalClient } from './account-portal/portal-client.ts';
import { createAsker, type Asker } from './asker.ts';
import { policyFor, type Reach } from './given-address.ts';
import type { HostQueue } from './host-queue.ts';
import type { SourceKeys } from './source-keys.ts';
import type { CatalogueSource, SourceAccount, SourceConfig, SourceKind } from './source-model.ts';

/** What sources are opened with. */
export interface OpenerDeps {
  readonly http: HttpClient;
  readonly queue: HostQueue;
  readonly kinds: readonly SourceKind[];
  readonly keys: SourceKeys;
  readonly clock: Clock;
  /** How the account of a source is spoken for. */
  readonly account: (sourceId: string) => Omit<SourceAccount, 'client'>;
}

/** A source that is open, and how many questions it has been asked since. */
export interface OpenSource {
  readonly source: CatalogueSource;
  asked(): number;
}

/** Opens configured sources. */
export interface SourceOpener {
  kindOf(config: SourceConfig): SourceKind;
  asker(at: Reach & { readonly url: string }): Asker;
  portalClient(config: SourceConfig): PortalClient;
  open(config: SourceConfig): OpenSource;
  /** Where the own address of a source has moved for good, as it was told since the last look; null when it has not. */
  takeMoved(sourceId: string): string | null;
}

/** Builds the opener; whatever is opened asks through the queue of its host. */
export function createSourceOpener(deps: OpenerDeps): SourceOpener {
  const moved = new Map<string, string>();
  const now = (): number => deps.clock.now();
  const kindOf = (config: SourceConfig): SourceKind => {
    const kind = deps.kinds.find((one) => one.kind === config.kind);
    if (!kind) throw new RushesError('SOURCE_UNKNOWN_KIND', `Rushes cannot read the kind ${config.kind}.`);
    return kind;
  };
  const portalClient = (config: SourceConfig): PortalClient =>
    createPortalClient({ http: deps.http, baseUrl: config.url, policy: policyFor(config) });
  const asker = (
    at: Reach & { readonly url: string },
    onMoved: (from: string, to: string) => void = () => undefined,
  ): Asker => createAsker({ http: deps.http, queue: deps.queue, policy: policyFor(at), now, onMoved });

  return {
    kindOf,
    asker,
    portalClient,
    open: (config) => {
      const kind = kindOf(config);
      const ask = asker(config, (from, to) => {
        if (from === config.url) moved.set(config.id, to);
      });
      const source = kind.open({
        config,
        ask,
        policy: policyFor(config),
        key: () => deps.keys.get(config.id),
        ...(kind.needsAccount
          ? { account: { ...deps.account(config.id), client: portalClient(config) } }
          : {}),
        now,
      });
      return { source, asked: ask.asked };
    },
    takeMoved: (sourceId) => {
      const to = moved.get(sourceId) ?? null;
      moved.delete(sourceId);
      return to;
    },
  };
}

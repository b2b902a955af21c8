import type { Source } from '../../../shared/contract/sources.ts';
import type { SourceId } from '../../../shared/contract/values.ts';
import type { SourceConfig, SourceKind } from './source-model.ts';

/** What of a source is in the catalogue. */
export interface InCatalogue {
  readonly assets: number;
  /** Whether any of it was ever read. */
  readonly wasRead: boolean;
  readonly syncing: boolean;
}

/** A configured source as the pages show it. */
export function toSource(
  config: SourceConfig,
  beside: InCatalogue & {
    readonly kind: SourceKind;
    readonly hasKey: boolean;
    readonly name: string;
    /** Whether sources are read by themselves here. */
    readonly isScheduled: boolean;
  },
): Source {
  const { kind, wasRead } = beside;
  // The catalogue can be begun anew while the source is remembered: then it is unread again, whatever was known.
  const state = config.state === 'ok' && !wasRead ? 'never-synced' : config.state;
  return {
    id: config.id as SourceId,
    kind: config.kind,
    name: beside.name,
    url: config.url,
    state: beside.syncing ? 'syncing' : state,
    reason: config.reason,
    evidence: config.evidence,
    lastSyncAtMs: wasRead ? config.lastSyncAtMs : null,
    lastTryAtMs: config.lastTryAtMs,
    nextSyncAtMs: beside.isScheduled ? config.nextSyncAtMs : null,
    everyMinutes: config.everyMinutes,
    failedItems: config.failedItems,
    assets: beside.assets,
    needsAccount: kind.needsAccount,
    takesKey: kind.takesKey,
    hasKey: beside.hasKey,
    how: config.how,
  };
}

/** What each source is called: two of one name are told apart by where they are. */
export function distinctNames(all: readonly SourceConfig[]): ReadonlyMap<string, string> {
  const alike = Map.groupBy(all, ({ name }) => name.toLowerCase());
  const names = new Map<string, string>();
  for (const same of alike.values()) {
    const byPlace = Map.groupBy(same, ({ url }) => placeOf(url));
    for (const { id, name, url } of same) {
      const place = placeOf(url);
      const where = byPlace.get(place)?.length === 1 ? place : url.replace(/^\w+:\/\//, '');
      names.set(id, same.length === 1 ? name : `${name} (${where})`);
    }
  }
  return names;
}

function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return host === '' ? decodeURI(pathname) : host;
}

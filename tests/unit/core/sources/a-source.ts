import type { SourceConfig } from '../../../../electron/core/sources/source-model.ts';

/** A source as it is stored. */
export function aSource(fields: Partial<SourceConfig> = {}): SourceConfig {
  return {
    id: 'source-1',
    kind: 'feed',
    name: 'NATO Multimedia',
    url: 'https://feeds.example/video',
    instanceId: null,
    insecureHttp: false,
    allowPrivate: false,
    mailbox: null,
    settings: {},
    how: null,
    state: 'ok',
    reason: null,
    evidence: null,
    lastSyncAtMs: 1000,
    lastTryAtMs: 1000,
    nextSyncAtMs: null,
    everyMinutes: 15,
    failuresInARow: 0,
    failedItems: 0,
    ...fields,
  };
}

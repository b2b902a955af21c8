import { createHttpClient } from '../../../electron/core/http/create-http-client.ts';
import type { AddressPolicy } from '../../../electron/core/http/http-client.ts';
import { createTrust } from '../../../electron/core/http/trust.ts';
import { createAsker, type Answer, type Asker } from '../../../electron/core/sources/asker.ts';
import { createHostQueue } from '../../../electron/core/sources/host-queue.ts';
import type {
  CatalogueSource,
  Look,
  SourceAsset,
  SourceDescription,
  SourceKind,
  SourcePage,
} from '../../../electron/core/sources/source-model.ts';
import { onTestFinished } from 'vitest';

const policy: AddressPolicy = { insecureHttp: false, allowPrivate: false, loopbackHost: '127.0.0.1' };

/** A kind at an address, without the core around it: as it is described, and read page by page. */
export interface OpenKind {
  readonly ask: Asker;
  /** The clock of the kind, in UTC milliseconds. */
  nowMs: number;
  key: string | null;
  describe(): Promise<SourceDescription | null>;
  open(): Promise<CatalogueSource>;
  /** The pages of a run; `most` ends it early, as a kill would. */
  read(cursor: string | null, most?: number): Promise<SourcePage[]>;
}

/** Opens a kind at the address of a played server. */
export function openKind(kind: SourceKind, url: string, key: string | null = null): OpenKind {
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const http = createHttpClient({ userAgent: 'Rushes test', log, trust: createTrust({ log }) });
  onTestFinished(() => http.close());
  const ask = createAsker({ http, policy, queue: createHostQueue({ now: Date.now }), now: Date.now });
  const { signal } = new AbortController();
  let answer: Promise<Answer> | null = null;
  const look = (): Look => ({
    url: new URL(url),
    folder: null,
    answer: () => (answer ??= ask.get({ url, signal })),
    ask,
    policy,
    key: opened.key,
    signal,
  });
  const opened: OpenKind = {
    ask,
    nowMs: Date.UTC(2025, 10, 20),
    key,
    describe: () => kind.describe(look()),
    open: async () => {
      const found = await kind.describe(look());
      if (found === null) throw new Error(`${url} is none of ${kind.kind}.`);
      return kind.open({
        config: {
          id: 'source-1',
          kind: kind.kind,
          name: found.name,
          url: found.url,
          instanceId: found.instanceId,
          insecureHttp: false,
          allowPrivate: false,
          mailbox: null,
          settings: found.settings ?? {},
          how: found.how,
          state: 'never-synced',
          reason: null,
          evidence: null,
          lastSyncAtMs: null,
          lastTryAtMs: null,
          nextSyncAtMs: null,
          everyMinutes: null,
          failedItems: 0,
          failuresInARow: 0,
        },
        ask,
        policy,
        key: async () => opened.key,
        now: () => opened.nowMs,
      });
    },
    read: async (cursor, most = Number.POSITIVE_INFINITY) => {
      const pages: SourcePage[] = [];
      for await (const page of (await opened.open()).changedSince(cursor, signal)) {
        pages.push(page);
        if (pages.length >= most) break;
      }
      return pages;
    },
  };
  return opened;
}

/** The cursor behind the last page. */
export function cursorOf(pages: readonly SourcePage[]): string {
  const last = pages.at(-1);
  if (!last) throw new Error('There was no page.');
  return last.cursor;
}

/** All assets of a run, the last word on each. */
export function assetsOf(pages: readonly SourcePage[]): Map<string, SourceAsset> {
  return new Map(pages.flatMap(({ assets }) => assets).map((asset) => [asset.externalId, asset]));
}

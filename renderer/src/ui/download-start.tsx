import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { createContext, use, useState, type ReactNode } from 'react';
import type { AssetId, RenditionId, SourceId } from '../../../shared/contract/values.ts';
import { useCore } from '../lib/app-context.tsx';
import { formatCount, formatNumber } from '../lib/format.ts';
import { useToasts } from './toast.tsx';

/** What somebody wants to download, and from which sources it comes. */
export interface DownloadRequest {
  readonly assetIds: readonly AssetId[];
  readonly sourceIds: readonly SourceId[];
  readonly rendition: 'best' | 'smallest' | RenditionId;
  /** How many more were chosen that the source does not release. */
  readonly leftOut?: number;
}

/** What became of a request: `3 downloads added, 2 already here, 1 left out that the source does not release`. */
function outcome(added: number, held: number, leftOut: number): string {
  return [
    ...(added > 0 || held === 0 ? [`${formatCount(added, 'download')} added`] : []),
    ...(held > 0 ? [`${formatNumber(held)} already here`] : []),
    ...(leftOut > 0 ? [`${formatNumber(leftOut)} left out that the source does not release`] : []),
  ].join(', ');
}

interface PendingStore {
  put: (request: DownloadRequest | null) => void;
  take: () => DownloadRequest | null;
  holds: () => boolean;
}

const PendingContext = createContext<PendingStore | null>(null);
const perCall = 1000;

function createPendingStore(): PendingStore {
  let pending: DownloadRequest | null = null;
  return {
    put: (request) => {
      pending = request;
    },
    take: () => {
      const request = pending;
      pending = null;
      return request;
    },
    holds: () => pending !== null,
  };
}

/** Keeps a wanted download while its user signs in. */
export function PendingDownload(props: { children: ReactNode }): ReactNode {
  const [pending] = useState(createPendingStore);
  return <PendingContext value={pending}>{props.children}</PendingContext>;
}

/**
 * Starts downloads. Where a source wants an account and nobody is signed in, it leads to the account screen first;
 * `resume` then starts what was wanted.
 */
export function useDownloadStart() {
  const pending = use(PendingContext);
  const { client, queries } = useCore();
  const queryClient = useQueryClient();
  const router = useRouter();
  const toasts = useToasts();
  if (pending === null) throw new Error('useDownloadStart needs a PendingDownload above it');

  const signInFor = async (sourceIds: readonly SourceId[]): Promise<SourceId | null> => {
    const { sources } = await queryClient.ensureQueryData(queries.sources.list.queryOptions());
    for (const source of sources) {
      if (!source.needsAccount || !sourceIds.includes(source.id)) continue;
      const status = await client.account.status({ sourceId: source.id });
      if (status.state !== 'signed-in') return source.id;
    }
    return null;
  };

  const add = async (request: DownloadRequest): Promise<void> => {
    let added = 0;
    let held = 0;
    for (let from = 0; from < request.assetIds.length; from += perCall) {
      const answer = await client.downloads.add({
        assetIds: request.assetIds.slice(from, from + perCall),
        rendition: request.rendition,
      });
      const complete = answer.downloads.filter((download) => download.state === 'complete').length;
      held += complete;
      added += answer.downloads.length - complete;
    }
    await queryClient.invalidateQueries({ queryKey: queries.downloads.key() });
    await queryClient.invalidateQueries({ queryKey: queries.catalogue.key() });
    toasts.show({
      text: outcome(added, held, request.leftOut ?? 0),
      action: {
        label: 'Show',
        run: () => void router.navigate({ to: '/downloads', search: { tab: 'all' } }),
      },
    });
  };

  const start = async (request: DownloadRequest): Promise<void> => {
    try {
      const sourceId = await signInFor(request.sourceIds);
      if (sourceId === null) {
        await add(request);
        return;
      }
      pending.put(request);
      await router.navigate({
        to: '/account/$sourceId',
        params: { sourceId },
        search: { back: router.state.location.href },
      });
    } catch (error) {
      toasts.fail(error);
    }
  };

  return {
    start: (request: DownloadRequest): void => void start(request),
    resume: (): void => {
      const request = pending.take();
      if (request !== null) void start(request);
    },
    /** Whether a download waits for its user to sign in. */
    hasWish: (): boolean => pending.holds(),
    forget: (): void => pending.put(null),
  };
}

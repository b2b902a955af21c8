import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { createContext, use, useState, type ReactNode } from 'react';
import type { DownloadPriority } from '../../../shared/contract/downloads.ts';
import type { AssetId, RenditionId, SourceId } from '../../../shared/contract/values.ts';
import { useCore } from '../lib/app-context.tsx';
import { addedWords, gatherAnswers, type AddAnswer } from './added-words.ts';
import { AlreadyDialog, type Found } from './already-dialog.tsx';
import { useToasts } from './toast.tsx';

/** What somebody wants to download, and from which sources it comes. */
export interface DownloadRequest {
  readonly assetIds: readonly AssetId[];
  readonly sourceIds: readonly SourceId[];
  readonly rendition: 'best' | 'smallest' | RenditionId;
  readonly priority?: DownloadPriority;
  readonly neededByMs?: number | null;
  /** Fetches again what is here already. */
  readonly again?: boolean;
  /** How many more were chosen that the source has not released. */
  readonly leftOut?: number;
}

interface PendingStore {
  put: (request: DownloadRequest | null) => void;
  take: () => DownloadRequest | null;
  holds: () => boolean;
}

interface StartContext {
  readonly pending: PendingStore;
  readonly showFound: (found: Found) => void;
}

const DownloadContext = createContext<StartContext | null>(null);
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

/** Keeps a wanted download while its user signs in, and tells of what is here already. */
export function DownloadStart(props: { children: ReactNode }): ReactNode {
  const [pending] = useState(createPendingStore);
  const [found, setFound] = useState<Found | null>(null);
  return (
    <DownloadContext value={{ pending, showFound: setFound }}>
      {props.children}
      <AlreadyDialog found={found} onClose={() => setFound(null)} />
    </DownloadContext>
  );
}

/**
 * Starts downloads. Where a source wants an account and nobody is signed in, it leads to the account screen first;
 * `resume` then starts what was wanted.
 */
export function useDownloadStart() {
  const context = use(DownloadContext);
  const { client, queries } = useCore();
  const queryClient = useQueryClient();
  const router = useRouter();
  const toasts = useToasts();
  if (context === null) throw new Error('useDownloadStart needs a DownloadStart above it');
  const { pending, showFound } = context;

  const signInFor = async (sourceIds: readonly SourceId[]): Promise<SourceId | null> => {
    const { sources } = await queryClient.ensureQueryData(queries.sources.list.queryOptions());
    for (const source of sources) {
      if (!source.needsAccount || !sourceIds.includes(source.id)) continue;
      const status = await client.account.status({ sourceId: source.id });
      if (status.state !== 'signed-in') return source.id;
    }
    return null;
  };

  const ask = async (request: DownloadRequest): Promise<ReturnType<typeof gatherAnswers>> => {
    const answers: AddAnswer[] = [];
    for (let from = 0; from < request.assetIds.length; from += perCall) {
      const { assetIds, rendition, priority, neededByMs, again } = request;
      answers.push(
        await client.downloads.add({
          assetIds: assetIds.slice(from, from + perCall),
          rendition,
          ...(priority !== undefined && { priority }),
          ...(neededByMs !== undefined && { neededByMs }),
          ...(again === true && { again }),
        }),
      );
    }
    return gatherAnswers(answers);
  };

  const add = async (request: DownloadRequest): Promise<void> => {
    const answer = await ask(request);
    await queryClient.invalidateQueries({ queryKey: queries.downloads.key() });
    await queryClient.invalidateQueries({ queryKey: queries.catalogue.key() });
    const { already, refused } = answer;
    const found: Found = {
      already,
      refused,
      again: (assetIds) => {
        const { leftOut: _, ...rest } = request;
        void start({ ...rest, assetIds: request.assetIds.filter((id) => assetIds.has(id)), again: true });
      },
    };
    const { added } = answer;
    if (added === 0 && already.length + refused.length > 0) {
      showFound(found);
      return;
    }
    toasts.show({
      text: addedWords(answer, request.leftOut ?? 0),
      action:
        already.length + refused.length > 0
          ? { label: 'Details', run: () => showFound(found) }
          : {
              label: 'Show',
              run: () => void router.navigate({ to: '/downloads', search: {} }),
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

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Download, DownloadPriority, DownloadState } from '../../../../shared/contract/downloads.ts';
import type { DownloadId, RenditionId } from '../../../../shared/contract/values.ts';
import { useCore } from '../../lib/app-context.tsx';
import { formatCount } from '../../lib/format.ts';
import { useToasts } from '../../ui/toast.tsx';
import type { QueueMove } from './queue-moves.ts';

/** What can be done with a download in a state. */
export type DownloadVerb = 'pause' | 'resume' | 'retry' | 'cancel' | 'forget';

const verbs: Readonly<Record<DownloadState, readonly DownloadVerb[]>> = {
  queued: ['pause', 'cancel'],
  running: ['pause', 'cancel'],
  waiting: ['retry', 'pause', 'cancel'],
  paused: ['resume', 'cancel'],
  verifying: [],
  complete: ['forget'],
  failed: ['retry', 'cancel'],
  cancelled: ['retry', 'forget'],
};

/** The verbs that make sense for a download now. */
export function verbsFor(download: Pick<Download, 'state'>): readonly DownloadVerb[] {
  return verbs[download.state];
}

/** Whether a download is still in the queue: it can be moved, and its wishes changed. */
export function isQueued(download: Pick<Download, 'state'>): boolean {
  return !['complete', 'failed', 'cancelled'].includes(download.state);
}

/** Priority, limit and deadline, as far as they are changed. */
export interface WishChange {
  readonly priority?: DownloadPriority;
  readonly maxRate?: number | null;
  readonly neededByMs?: number | null;
}

/** Everything that is done with downloads; the lists are read again after it. */
export function useDownloadActions() {
  const { client, queries } = useCore();
  const queryClient = useQueryClient();
  const toasts = useToasts();
  const act = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: queries.downloads.key() }),
    onError: toasts.fail,
  });

  const forget = async (input: { ids?: DownloadId[] }): Promise<void> => {
    const { forgotten } = await client.downloads.forget(input);
    toasts.show({
      text: `${formatCount(forgotten, 'download')} taken off the list. The files stay where they are.`,
      about: 'forget',
    });
  };

  const elsewhere = async (download: Download, dir: string): Promise<void> => {
    const { id, assetId, renditionId, priority, neededByMs, maxRate } = download;
    if (assetId === null || renditionId === null) return;
    await client.downloads.cancel({ ids: [id] });
    await client.downloads.add({
      assetIds: [assetId],
      rendition: renditionId,
      dir,
      again: true,
      priority,
      neededByMs,
      maxRate,
    });
    await client.downloads.forget({ ids: [id] });
    toasts.show({ text: `${download.title} begins anew in ${dir}` });
  };

  return {
    /** Null: all to which the verb applies. */
    run: (verb: DownloadVerb, ids: readonly DownloadId[] | null): void => {
      const input = ids === null ? {} : { ids: [...ids] };
      act.mutate(() => (verb === 'forget' ? forget(input) : client.downloads[verb](input)));
    },
    change: (ids: readonly DownloadId[], change: WishChange): void =>
      act.mutate(() => client.downloads.change({ ids: [...ids], ...change })),
    move: ({ ids, before }: QueueMove<DownloadId>): void =>
      act.mutate(() => client.downloads.move({ ids: [...ids], before })),
    /** Begins anew in another folder; the one before is cancelled and leaves the list. */
    beginElsewhere: (download: Download, dir: string): void => act.mutate(() => elsewhere(download, dir)),
    swap: (id: DownloadId, renditionId: RenditionId): void =>
      act.mutate(() => client.downloads.swapRendition({ id, renditionId })),
    busy: act.isPending,
  };
}

export type DownloadActions = ReturnType<typeof useDownloadActions>;

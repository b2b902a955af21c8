import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Download, DownloadState } from '../../../../shared/contract/downloads.ts';
import type { DownloadId } from '../../../../shared/contract/values.ts';
import { useCore } from '../../lib/app-context.tsx';
import { useToasts } from '../../ui/toast.tsx';

/** What can be done with a download in a state. */
export type DownloadVerb = 'pause' | 'resume' | 'retry' | 'cancel';

const verbs: Readonly<Record<DownloadState, readonly DownloadVerb[]>> = {
  queued: ['pause', 'cancel'],
  running: ['pause', 'cancel'],
  waiting: ['retry', 'pause', 'cancel'],
  paused: ['resume', 'cancel'],
  verifying: [],
  complete: [],
  failed: ['retry', 'cancel'],
  cancelled: ['retry'],
};

/** The verbs that make sense for a download now. */
export function verbsFor(download: Download): readonly DownloadVerb[] {
  return verbs[download.state];
}

/** Runs a verb on some downloads, or on all to which it applies; the list is read again after it. */
export function useDownloadVerbs() {
  const { client, queries } = useCore();
  const queryClient = useQueryClient();
  const toasts = useToasts();
  const act = useMutation({
    mutationFn: ({ verb, ids }: { verb: DownloadVerb; ids: readonly DownloadId[] | null }) =>
      client.downloads[verb](ids === null ? {} : { ids: [...ids] }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: queries.downloads.key() }),
    onError: toasts.fail,
  });
  return {
    run: (verb: DownloadVerb, ids: readonly DownloadId[] | null): void => act.mutate({ verb, ids }),
    busy: act.isPending,
  };
}

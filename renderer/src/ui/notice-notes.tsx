import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { AssetId, ClipId } from '../../../shared/contract/values.ts';
import { useCore } from '../lib/app-context.tsx';
import { NoticeCard } from './notice-card.tsx';
import { useToasts } from './toast.tsx';

/** Says that notices were seen. */
export function useSeen(): (ids: readonly string[]) => void {
  const { queries } = useCore();
  const queryClient = useQueryClient();
  const toasts = useToasts();
  const acknowledge = useMutation(
    queries.notices.acknowledge.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: queries.notices.key() }),
      onError: toasts.fail,
    }),
  );
  return (ids) => acknowledge.mutate({ ids: [...ids] });
}

/** What the source has said since of one item, where the item is shown; nothing when nothing is open. */
export function NoticeNotes(props: { assetId?: AssetId; clipId?: ClipId }): ReactNode {
  const { queries } = useCore();
  const seen = useSeen();
  const open = useQuery(
    queries.notices.list.queryOptions({ input: { ...props, open: true, limit: 20 } }),
  ).data;
  return open?.items.map((notice) => (
    <NoticeCard key={notice.id} inPlace notice={notice} onSeen={() => seen([notice.id])} />
  ));
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { TagChange } from '../../../../shared/contract/tags.ts';
import type { ClipId } from '../../../../shared/contract/values.ts';
import { useCore } from '../../lib/app-context.tsx';
import { formatCount } from '../../lib/format.ts';
import { useToasts } from '../../ui/toast.tsx';

// Undo always takes the newest step back, so only one message may offer it.
const tagStep = 'tags';

/** What to change, without the clips. */
export type ClipChange = Omit<TagChange, 'clipIds'>;

/** Applies changes to clips at once; every one can be undone, also after a restart. */
export function useTagging() {
  const { client, queries } = useCore();
  const queryClient = useQueryClient();
  const toasts = useToasts();
  const read = async (): Promise<void> => {
    await Promise.all(
      [queries.library.key(), queries.tags.key(), queries.events.key()].map((queryKey) =>
        queryClient.invalidateQueries({ queryKey }),
      ),
    );
  };
  const undo = useMutation({
    mutationFn: () => client.tags.undo(),
    onSuccess: async ({ changed }) => {
      toasts.show({
        about: tagStep,
        text: changed === 0 ? 'Nothing to undo' : `Undone on ${formatCount(changed, 'clip')}`,
      });
      await read();
    },
    onError: toasts.fail,
  });
  const apply = useMutation({
    mutationFn: (input: { clipIds: readonly ClipId[]; change: ClipChange }) =>
      client.tags.apply({ clipIds: [...input.clipIds], ...input.change }),
    onSuccess: async ({ changed }) => {
      if (changed > 0)
        toasts.show({
          about: tagStep,
          text: `${formatCount(changed, 'clip')} changed`,
          action: { label: 'Undo', run: () => undo.mutate() },
        });
      await read();
    },
    onError: toasts.fail,
  });
  return {
    apply: (clipIds: readonly ClipId[], change: ClipChange): void => {
      if (clipIds.length > 0) apply.mutate({ clipIds, change });
    },
    undo: (): void => undo.mutate(),
  };
}

export type Tagging = ReturnType<typeof useTagging>;

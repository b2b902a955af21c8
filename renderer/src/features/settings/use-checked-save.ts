import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Settings } from '../../../../shared/contract/system.ts';
import { useCore } from '../../lib/app-context.tsx';
import { describeError } from '../../lib/errors.ts';
import { useToasts } from '../../ui/toast.tsx';

/** Saves settings that the core may refuse; what is wrong with them belongs beside their field. */
export function useCheckedSave() {
  const { queries } = useCore();
  const queryClient = useQueryClient();
  const toasts = useToasts();
  const save = useMutation(
    queries.settings.set.mutationOptions({
      onSuccess: (next: Settings) => {
        queryClient.setQueryData(queries.settings.get.queryKey(), next);
        toasts.show({ text: 'Settings saved', about: 'settings' });
      },
    }),
  );
  const refused = save.error === null ? null : describeError(save.error);
  return {
    save: (change: Partial<Settings>): void => save.mutate(change),
    problem: refused === null ? null : `${refused.title} ${refused.whatToDo}`,
  };
}

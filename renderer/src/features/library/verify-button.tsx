import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ClipId } from '../../../../shared/contract/values.ts';
import { useCore } from '../../lib/app-context.tsx';
import { formatCount } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { useToasts } from '../../ui/toast.tsx';

/** Begins to read every byte of some clips. */
export function VerifyButton(props: { ids: readonly ClipId[]; disabled?: boolean }): ReactNode {
  const { queries } = useCore();
  const queryClient = useQueryClient();
  const toasts = useToasts();
  const { ids } = props;
  const start = useMutation(
    queries.verify.start.mutationOptions({
      onSuccess: async (run) => {
        toasts.show({ text: `Checking every byte of ${formatCount(run.files, 'file')}…`, about: 'check' });
        await queryClient.invalidateQueries({ queryKey: queries.verify.key() });
      },
      onError: toasts.fail,
    }),
  );
  return (
    <Button
      small
      icon={ShieldCheck}
      disabled={start.isPending || ids.length === 0 || props.disabled === true}
      onClick={() => start.mutate({ clipIds: [...ids] })}
    >
      Verify
    </Button>
  );
}

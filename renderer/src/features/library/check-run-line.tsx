import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Square } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCore } from '../../lib/app-context.tsx';
import { percentOf } from '../../lib/format.ts';
import { IconButton } from '../../ui/button.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { runWords } from '../../lib/check-words.ts';

/** How far the newest check is, and what it found. */
export function CheckRunLine(): ReactNode {
  const { queries } = useCore();
  const queryClient = useQueryClient();
  const toasts = useToasts();
  const run = useQuery(queries.verify.status.queryOptions({ input: {} })).data?.run;
  const cancel = useMutation(
    queries.verify.cancel.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: queries.verify.key() }),
      onError: toasts.fail,
    }),
  );
  if (run == null) return null;
  return (
    <div className="stack" role="status">
      <div className="row">
        <span className="small number spacer">{runWords(run)}</span>
        {run.state === 'running' && (
          <IconButton
            small
            icon={Square}
            label="Stop the check"
            disabled={cancel.isPending}
            onClick={() => cancel.mutate({ runId: run.id })}
          />
        )}
      </div>
      {run.state === 'running' && (
        <ProgressBar label="Progress of the check" percent={percentOf(run.checkedBytes, run.bytes)} />
      )}
    </div>
  );
}

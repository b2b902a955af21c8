import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Circle, CircleAlert, CircleCheck, LoaderCircle, Minus, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ClipDetail } from '../../../../shared/contract/library.ts';
import { useCore } from '../../lib/app-context.tsx';
import { stepNames } from '../../lib/vocabulary.ts';
import { IconButton } from '../../ui/button.tsx';
import { useToasts } from '../../ui/toast.tsx';

const looks = {
  todo: { icon: Circle, word: 'to do' },
  running: { icon: LoaderCircle, word: 'running' },
  done: { icon: CircleCheck, word: 'done' },
  failed: { icon: CircleAlert, word: 'failed' },
  none: { icon: Minus, word: 'not needed' },
} as const;

/** The clip's way as one honest row: what is done, what is not, why, and a retry. */
export function ClipSteps({ clip }: { clip: ClipDetail }): ReactNode {
  const { queries } = useCore();
  const queryClient = useQueryClient();
  const toasts = useToasts();
  const retry = useMutation(
    queries.library.retry.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: queries.library.key() }),
      onError: toasts.fail,
    }),
  );
  const reasons = clip.steps.filter((step) => step.reason !== null && step.state !== 'done');
  return (
    <div className="stack steps">
      <ul className="step-row" aria-label="State of the clip">
        {clip.steps.map(({ step, state, reason }) => {
          const { icon: Icon, word } = looks[state];
          return (
            <li key={step} className={`step step-${state}`} title={reason ?? `${stepNames[step]}: ${word}`}>
              <Icon size={14} aria-hidden {...(state === 'running' && { className: 'spinner' })} />
              {stepNames[step]}
              <span className="visually-hidden">: {word}</span>
              {state === 'failed' && (
                <IconButton
                  small
                  icon={RotateCw}
                  label={`Retry ${stepNames[step]}`}
                  disabled={retry.isPending}
                  onClick={() => retry.mutate({ id: clip.id, step })}
                />
              )}
            </li>
          );
        })}
      </ul>
      {reasons.map(({ step, reason }) => (
        <p key={step} className="field-note">
          {stepNames[step]}: {reason}
        </p>
      ))}
    </div>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Gauge, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TrafficRule } from '../../../../shared/contract/downloads.ts';
import { useCore } from '../../lib/app-context.tsx';
import { IconButton } from '../../ui/button.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { useMinute } from '../../ui/use-minute.ts';
import { chooseSpeed, profileNow } from './choose-speed.ts';

/** The speed now, changed with one click: for good without a schedule, else until the schedule's next change. */
export function SpeedSwitch({ rule }: { rule: TrafficRule }): ReactNode {
  const { queries } = useCore();
  const queryClient = useQueryClient();
  const toasts = useToasts();
  const nowMs = useMinute();
  const traffic = useQuery(queries.settings.get.queryOptions()).data?.traffic;
  const save = useMutation(
    queries.settings.set.mutationOptions({
      onSuccess: (next) => queryClient.setQueryData(queries.settings.get.queryKey(), next),
      onError: toasts.fail,
    }),
  );
  if (traffic === undefined) return null;
  const current = profileNow(traffic, rule);
  const { override, ...bySchedule } = traffic;
  const choices = [...traffic.profiles.map(({ id, name }) => ({ id, name })), { id: null, name: 'Hold' }];
  return (
    <div className="row speed-switch">
      <Gauge size={14} aria-hidden className="muted" />
      <div className="button-group" role="group" aria-label="Speed">
        {choices.map(({ id, name }) => (
          <button
            key={id ?? ''}
            type="button"
            className="button button-small"
            aria-pressed={current === id}
            title={id === null ? 'Nothing runs until another speed is chosen or the schedule says so' : name}
            onClick={() => {
              if (current !== id) save.mutate({ traffic: chooseSpeed(traffic, id, rule.untilMs) });
            }}
          >
            {name}
          </button>
        ))}
      </div>
      {override !== undefined && nowMs < override.untilMs && (
        <IconButton
          small
          icon={Undo2}
          label="Back to the schedule"
          onClick={() => save.mutate({ traffic: bySchedule })}
        />
      )}
    </div>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  CircleAlert,
  CircleCheck,
  Clock,
  KeyRound,
  RefreshCw,
  Shapes,
  Trash2,
  type LucideIcon,
} from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Source, SourceState } from '../../../../shared/contract/sources.ts';
import { useCore } from '../../lib/app-context.tsx';
import { formatCount, formatMoment, formatTime } from '../../lib/format.ts';
import { sourceKindNames, sourceStateNames } from '../../lib/vocabulary.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, ButtonLink, IconButton } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { useSync } from '../../ui/sync-provider.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { useMinute } from '../../ui/use-minute.ts';

const looks: Readonly<
  Record<SourceState, { tone: 'ok' | 'warn' | 'bad' | 'info' | 'plain'; icon: LucideIcon }>
> = {
  'never-synced': { tone: 'plain', icon: Clock },
  syncing: { tone: 'info', icon: RefreshCw },
  ok: { tone: 'ok', icon: CircleCheck },
  unavailable: { tone: 'bad', icon: CircleAlert },
  changed: { tone: 'warn', icon: Shapes },
  'key-needed': { tone: 'warn', icon: KeyRound },
};

const schedules = [
  { value: 'never', label: 'Only by hand' },
  { value: '5', label: 'Every 5 minutes' },
  { value: '15', label: 'Every 15 minutes' },
  { value: '60', label: 'Every hour' },
  { value: '360', label: 'Every 6 hours' },
  { value: '1440', label: 'Every day' },
];

/** When it was read, when it will be, and what stood in the way: the health of a source in a line. */
function healthWords(source: Source, nowMs: number): string {
  const parts = [
    source.lastSyncAtMs === null ? null : `last read ${formatMoment(source.lastSyncAtMs, nowMs)}`,
    source.state !== 'ok' && source.lastTryAtMs !== null
      ? `last try ${formatMoment(source.lastTryAtMs, nowMs)}`
      : null,
    source.nextSyncAtMs === null ? null : `next ${formatMoment(Math.max(source.nextSyncAtMs, nowMs), nowMs)}`,
    source.failedItems > 0 ? `${formatCount(source.failedItems, 'item')} could not be read` : null,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

/** One source: how it is doing and why, how often it is read, and its key. */
export function SourceLine(props: { source: Source; onRemove: () => void }): ReactNode {
  const { source } = props;
  const nowMs = useMinute();
  const sync = useSync();
  const { tone, icon } = looks[source.state];
  return (
    <li className="source-line stack">
      <div className="row row-wrap">
        <span className="spacer stack source-words">
          <span className="row row-wrap">
            <strong>{source.name}</strong>
            <Badge>{sourceKindNames[source.kind]}</Badge>
            <Badge tone={tone} icon={icon}>
              {sourceStateNames[source.state]}
            </Badge>
          </span>
          <span className="field-note" title={source.how ?? undefined}>
            {source.url}
          </span>
          <span
            className="field-note number"
            title={source.lastSyncAtMs === null ? undefined : `Last read ${formatTime(source.lastSyncAtMs)}`}
          >
            {healthWords(source, nowMs)}
          </span>
        </span>
        <span className="muted small number">{formatCount(source.assets, 'asset')}</span>
        <Schedule source={source} />
        <IconButton
          icon={RefreshCw}
          label={`Read ${source.name} now`}
          disabled={sync.progress !== null || source.state === 'syncing'}
          onClick={() => sync.start([source])}
        />
        {source.needsAccount && (
          <ButtonLink to="/account/$sourceId" params={{ sourceId: source.id }} search={{}} small>
            Account
          </ButtonLink>
        )}
        <IconButton icon={Trash2} label={`Remove source ${source.name}`} onClick={props.onRemove} />
      </div>
      {source.reason !== null && (
        <div className="source-reason">
          <p className="small">{source.reason}</p>
          {source.evidence !== null && (
            <details className="small">
              <summary>What came back</summary>
              <p className="mono source-evidence">{source.evidence}</p>
            </details>
          )}
        </div>
      )}
      {source.takesKey && <SourceKey source={source} />}
    </li>
  );
}

function useUpdate() {
  const { queries } = useCore();
  const queryClient = useQueryClient();
  const toasts = useToasts();
  return useMutation(
    queries.sources.update.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: queries.sources.key() }),
      onError: toasts.fail,
    }),
  );
}

function Schedule({ source }: { source: Source }): ReactNode {
  const update = useUpdate();
  const value = source.everyMinutes === null ? 'never' : String(source.everyMinutes);
  const known = schedules.some((one) => one.value === value);
  const options = known ? schedules : [...schedules, { value, label: `Every ${value} minutes` }];
  return (
    <SelectField
      label="Read"
      value={value}
      options={options}
      onChange={(next) =>
        update.mutate({ id: source.id, everyMinutes: next === 'never' ? null : Number(next) })
      }
    />
  );
}

function SourceKey({ source }: { source: Source }): ReactNode {
  const update = useUpdate();
  const [key, setKey] = useState('');
  return (
    <form
      className="row row-wrap source-key"
      onSubmit={(event) => {
        event.preventDefault();
        if (key.trim() === '') return;
        update.mutate({ id: source.id, key: key.trim() }, { onSuccess: () => setKey('') });
      }}
    >
      <TextField
        label={source.hasKey ? 'Your key (one is kept)' : 'Your key'}
        autoComplete="off"
        spellCheck={false}
        value={key}
        onChange={(event) => setKey(event.target.value)}
      />
      <Button type="submit" small disabled={key.trim() === '' || update.isPending}>
        {source.hasKey ? 'Replace' : 'Keep'}
      </Button>
      {source.hasKey && (
        <Button small variant="quiet" onClick={() => update.mutate({ id: source.id, key: null })}>
          Forget it
        </Button>
      )}
    </form>
  );
}

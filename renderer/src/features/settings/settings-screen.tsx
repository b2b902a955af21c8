import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, CircleX, RefreshCw, Trash2, TriangleAlert } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Source } from '../../../../shared/contract/sources.ts';
import type { Settings } from '../../../../shared/contract/system.ts';
import { useCore } from '../../lib/app-context.tsx';
import { formatCount } from '../../lib/format.ts';
import { AddSourceForm } from '../../ui/add-source-form.tsx';
import { Button, ButtonLink, IconButton } from '../../ui/button.tsx';
import { AppDialog } from '../../ui/dialog.tsx';
import { Loading } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { Screen } from '../../ui/screen.tsx';
import { useToasts } from '../../ui/toast.tsx';
import './settings.css';
import { SettingsForm } from './settings-form.tsx';

function SourceLine(props: { source: Source; onRemove: () => void }): ReactNode {
  const { source } = props;
  return (
    <li className="row row-wrap source-line">
      <span className="spacer stack source-words">
        <strong>{source.name}</strong>
        <span className="field-note">{source.url}</span>
        {source.reason !== null && <span className="field-note">{source.reason}</span>}
      </span>
      <span className="muted small number">{formatCount(source.assets, 'asset')}</span>
      {source.needsAccount && (
        <ButtonLink to="/account/$sourceId" params={{ sourceId: source.id }} search={{}} small>
          Account
        </ButtonLink>
      )}
      <IconButton icon={Trash2} label={`Remove source ${source.name}`} onClick={props.onRemove} />
    </li>
  );
}

function Sources(): ReactNode {
  const { queries } = useCore();
  const queryClient = useQueryClient();
  const toasts = useToasts();
  const [leaving, setLeaving] = useState<Source | null>(null);
  const sources = useQuery(queries.sources.list.queryOptions()).data?.sources ?? [];
  const remove = useMutation(
    queries.sources.remove.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(),
      onError: toasts.fail,
    }),
  );
  return (
    <section className="card" aria-labelledby="settings-sources">
      <h2 id="settings-sources">Sources</h2>
      <ul>
        {sources.map((source) => (
          <SourceLine key={source.id} source={source} onRemove={() => setLeaving(source)} />
        ))}
      </ul>
      <AddSourceForm onAdded={(source) => toasts.show({ text: `${source.name} added` })} />
      <AppDialog
        title="Remove this source?"
        role="alertdialog"
        isOpen={leaving !== null}
        onClose={() => setLeaving(null)}
      >
        <p>
          <strong>{leaving?.name}</strong> and its catalogue entries leave Rushes. Downloads and clips stay.
        </p>
        <div className="dialog-actions">
          <Button onClick={() => setLeaving(null)}>Keep it</Button>
          <Button
            variant="danger"
            onClick={() => {
              if (leaving !== null) remove.mutate({ id: leaving.id });
              setLeaving(null);
            }}
          >
            Remove source
          </Button>
        </div>
      </AppDialog>
    </section>
  );
}

const findingLooks = {
  ok: { icon: CircleCheck, word: 'in order' },
  warning: { icon: TriangleAlert, word: 'warning' },
  problem: { icon: CircleX, word: 'problem' },
} as const;

function Doctor(): ReactNode {
  const { queries } = useCore();
  const doctor = useQuery({ ...queries.system.doctor.queryOptions(), staleTime: Infinity });
  return (
    <section className="card" aria-labelledby="settings-doctor">
      <div className="row">
        <h2 id="settings-doctor" className="spacer">
          Doctor
        </h2>
        <Button small icon={RefreshCw} disabled={doctor.isFetching} onClick={() => void doctor.refetch()}>
          Check again
        </Button>
      </div>
      {doctor.isPending && <p className="muted">Checking…</p>}
      {doctor.error !== null && <ErrorNote error={doctor.error} />}
      <ul className="findings">
        {doctor.data?.findings.map((finding) => {
          const { icon: Icon, word } = findingLooks[finding.state];
          return (
            <li key={finding.name} className={`finding finding-${finding.state}`}>
              <Icon size={16} aria-hidden />
              <span>
                {finding.name}
                <span className="visually-hidden">, {word}</span>
              </span>
              <span className="muted finding-value">
                {finding.value}
                {finding.hint !== undefined && <span className="finding-hint">{finding.hint}</span>}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function About(): ReactNode {
  const { queries, shell } = useCore();
  const info = useQuery(queries.system.info.queryOptions()).data;
  return (
    <section className="card" aria-labelledby="settings-about">
      <h2 id="settings-about">About</h2>
      {info !== undefined && (
        <dl className="facts">
          <dt>Rushes</dt>
          <dd>{info.version}</dd>
          <dt>Opened as</dt>
          <dd>{shell === null ? 'Browser tab' : 'Desktop window'}</dd>
          <dt>Home folder</dt>
          <dd className="mono">{info.home}</dd>
          <dt>Node</dt>
          <dd>{info.node}</dd>
        </dl>
      )}
    </section>
  );
}

/** Settings, sources, the doctor's findings and what this is. */
export function SettingsScreen(): ReactNode {
  const { queries } = useCore();
  const queryClient = useQueryClient();
  const toasts = useToasts();
  const settings = useQuery(queries.settings.get.queryOptions());
  const save = useMutation(
    queries.settings.set.mutationOptions({
      onSuccess: (next: Settings) => {
        queryClient.setQueryData(queries.settings.get.queryKey(), next);
        toasts.show({ text: 'Settings saved' });
      },
      onError: toasts.fail,
    }),
  );
  return (
    <Screen title="Settings">
      <div className="screen-body">
        <div className="settings">
          {settings.isPending && <Loading label="Reading the settings…" />}
          {settings.error !== null && <ErrorNote error={settings.error} />}
          {settings.data !== undefined && (
            <SettingsForm settings={settings.data} onChange={(change) => save.mutate(change)} />
          )}
          <Sources />
          <Doctor />
          <About />
        </div>
      </div>
    </Screen>
  );
}

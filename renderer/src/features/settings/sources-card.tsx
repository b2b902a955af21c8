import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Source } from '../../../../shared/contract/sources.ts';
import { useCore } from '../../lib/app-context.tsx';
import { AddSourceForm } from '../../ui/add-source-form.tsx';
import { Button } from '../../ui/button.tsx';
import { AppDialog } from '../../ui/dialog.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { SettingsCard } from './settings-card.tsx';
import { SourceLine } from './source-line.tsx';

/** The sources that are read, and the way to a new one. */
export function SourcesCard(): ReactNode {
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
    <SettingsCard section="sources" title="Sources">
      <ul>
        {sources.map((source) => (
          <SourceLine key={source.id} source={source} onRemove={() => setLeaving(source)} />
        ))}
      </ul>
      <AddSourceForm
        onAdded={(source) => toasts.show({ text: `${source.name} added. ${source.how ?? ''}` })}
      />
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
    </SettingsCard>
  );
}

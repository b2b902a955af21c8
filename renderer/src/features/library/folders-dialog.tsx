import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { FolderOpen, RefreshCw, Trash2, Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Root, ScanSummary } from '../../../../shared/contract/library.ts';
import { useCore } from '../../lib/app-context.tsx';
import { formatCount, formatTime } from '../../lib/format.ts';
import { AddFolderForm } from '../../ui/add-folder-form.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { AppDialog } from '../../ui/dialog.tsx';
import { useToasts } from '../../ui/toast.tsx';

/** What a scan found, in a line. */
export function scanWords(summary: ScanSummary): string {
  return [
    formatCount(summary.added, 'new clip'),
    `${summary.changed} changed`,
    ...(summary.missing > 0 ? [`${summary.missing} not reachable`] : []),
  ].join(', ');
}

function RootLine(props: { root: Root; busy: boolean; onScan: () => void; onRemove: () => void }): ReactNode {
  const { root } = props;
  const Icon = root.online ? FolderOpen : Unplug;
  return (
    <li className="row folder-line">
      <Icon size={18} aria-hidden />
      <span className="spacer folder-words">
        <span className="mono">{root.path}</span>
        <span className="field-note">
          {root.online ? '' : `Offline: ${root.reason ?? 'not connected'}. Its clips and tags are kept. `}
          {formatCount(root.clips, 'clip')}
          {root.scannedAtMs === null ? ', not scanned yet' : `, scanned ${formatTime(root.scannedAtMs)}`}
        </span>
      </span>
      <IconButton icon={RefreshCw} label={`Scan ${root.path}`} disabled={props.busy} onClick={props.onScan} />
      <IconButton icon={Trash2} label={`Stop watching ${root.path}`} onClick={props.onRemove} />
    </li>
  );
}

/** The folders that the library watches. */
export function FoldersDialog(props: { isOpen: boolean; onClose: () => void }): ReactNode {
  const { queries } = useCore();
  const queryClient = useQueryClient();
  const toasts = useToasts();
  const roots = useQuery(queries.library.roots.queryOptions()).data?.roots ?? [];
  const reread = () => queryClient.invalidateQueries({ queryKey: queries.library.key() });
  const scan = useMutation(
    queries.library.scan.mutationOptions({
      onSuccess: async (summary) => {
        toasts.show({ text: scanWords(summary) });
        await reread();
      },
      onError: toasts.fail,
    }),
  );
  const remove = useMutation(
    queries.library.removeRoot.mutationOptions({
      onSuccess: async (_, { path }) => {
        toasts.show({
          text: `${path} is no longer looked through. Its clips and their tags stay in the library.`,
        });
        await reread();
      },
      onError: toasts.fail,
    }),
  );
  return (
    <AppDialog title="Folders" isOpen={props.isOpen} onClose={props.onClose}>
      {roots.length === 0 ? (
        <p className="muted">No folder yet. Downloads are in the library anyway.</p>
      ) : (
        <ul aria-label="Watched folders">
          {roots.map((root) => (
            <RootLine
              key={root.id}
              root={root}
              busy={scan.isPending}
              onScan={() => scan.mutate({ rootId: root.id })}
              onRemove={() => remove.mutate({ path: root.path })}
            />
          ))}
        </ul>
      )}
      <AddFolderForm onAdded={(summary) => toasts.show({ text: scanWords(summary) })} />
      <div className="dialog-actions">
        <Button onClick={props.onClose}>Close</Button>
      </div>
    </AppDialog>
  );
}

import { FolderInput } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Download } from '../../../../shared/contract/downloads.ts';
import type { DownloadReason } from '../../../../shared/domain/download-reason.ts';
import { useCore } from '../../lib/app-context.tsx';
import { formatBytes } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { AppDialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import type { DownloadActions } from './download-actions.ts';

/** Reasons that another folder takes away. */
const ofTheFolder: readonly DownloadReason[] = ['FILE_ACCESS', 'FILE_TOO_LARGE', 'NO_SPACE', 'FILE_FAILED'];

/** Where the folder is what a download fails on: the way to begin anew in another one. */
export function OtherFolder(props: { download: Download; actions: DownloadActions }): ReactNode {
  const { download, actions } = props;
  const [isOpen, setOpen] = useState(false);
  const { reason, assetId, renditionId } = download;
  if (reason === null || !ofTheFolder.includes(reason.code)) return null;
  // An address that was typed is not kept in the page: it is added again by its address.
  if (assetId === null || renditionId === null) return null;
  return (
    <div className="row">
      <Button small icon={FolderInput} onClick={() => setOpen(true)}>
        Choose another folder
      </Button>
      <AppDialog title="Begin anew in another folder" isOpen={isOpen} onClose={() => setOpen(false)}>
        <FolderChoice
          download={download}
          onClose={() => setOpen(false)}
          onChoose={(dir) => {
            setOpen(false);
            actions.beginElsewhere(download, dir);
          }}
        />
      </AppDialog>
    </div>
  );
}

function FolderChoice(props: {
  download: Download;
  onClose: () => void;
  onChoose: (dir: string) => void;
}): ReactNode {
  const { shell } = useCore();
  const { download } = props;
  const [dir, setDir] = useState('');
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (dir.trim() !== '') props.onChoose(dir.trim());
      }}
    >
      {download.bytes > 0 && (
        <p>The {formatBytes(download.bytes)} that are already here are deleted and fetched again.</p>
      )}
      <TextField
        label="Folder"
        className="mono"
        spellCheck={false}
        hint={`It failed in ${download.dir}.`}
        value={dir}
        onChange={(event) => setDir(event.target.value)}
      />
      {shell !== null && (
        <div className="row">
          <Button
            small
            onClick={() => {
              void shell.chooseFolder().then((chosen) => {
                if (chosen !== null) setDir(chosen);
              });
            }}
          >
            Choose…
          </Button>
        </div>
      )}
      <div className="dialog-actions">
        <Button onClick={props.onClose}>Keep it here</Button>
        <Button type="submit" variant="primary" disabled={dir.trim() === ''}>
          Begin there
        </Button>
      </div>
    </form>
  );
}

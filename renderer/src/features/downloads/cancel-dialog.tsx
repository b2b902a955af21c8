import type { ReactNode } from 'react';
import type { Download } from '../../../../shared/contract/downloads.ts';
import { formatBytes, formatCount } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { AppDialog } from '../../ui/dialog.tsx';

/** What is about to be cancelled: some downloads, or everything that has not ended. */
export type Cancelling = readonly Download[] | 'all';

function question(what: Cancelling): string {
  if (what === 'all') return 'Cancel all downloads?';
  return what.length === 1 ? 'Cancel this download?' : `Cancel ${formatCount(what.length, 'download')}?`;
}

function loss(what: Cancelling): ReactNode {
  if (what === 'all')
    return 'The parts that are already here are deleted. Pause all of them instead to keep what is here.';
  const [only] = what;
  if (what.length === 1)
    return (
      <>
        The part of <strong>{only?.title}</strong> that is already here is deleted. Pause it instead to keep
        it.
      </>
    );
  const bytes = what.reduce((sum, download) => sum + download.bytes, 0);
  return `The ${formatBytes(bytes)} of them that are already here are deleted. Pause them instead to keep that.`;
}

/** Asks before fetched bytes are thrown away. */
export function CancelDialog(props: {
  what: Cancelling | null;
  onCancel: (what: Cancelling) => void;
  onClose: () => void;
}): ReactNode {
  const { what } = props;
  const single = what !== null && what !== 'all' && what.length === 1;
  return (
    <AppDialog
      title={what === null ? '' : question(what)}
      role="alertdialog"
      isOpen={what !== null}
      onClose={props.onClose}
    >
      <p>{what !== null && loss(what)}</p>
      <div className="dialog-actions">
        <Button onClick={props.onClose}>{single ? 'Keep it' : 'Keep them'}</Button>
        <Button
          variant="danger"
          onClick={() => {
            if (what !== null) props.onCancel(what);
            props.onClose();
          }}
        >
          {single ? 'Cancel download' : 'Cancel downloads'}
        </Button>
      </div>
    </AppDialog>
  );
}

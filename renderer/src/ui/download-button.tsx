import { ChevronDown, Download as DownloadIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import type { Rendition } from '../../../shared/contract/catalogue.ts';
import type { DownloadPriority } from '../../../shared/contract/downloads.ts';
import type { RenditionId } from '../../../shared/contract/values.ts';
import { formatBytes } from '../lib/format.ts';
import { Button } from './button.tsx';
import { SelectField } from './field.tsx';
import { DeadlineField, PriorityField } from './wish-fields.tsx';

/** How a download is wanted, when somebody takes the time to say it. */
export interface DownloadChoice {
  readonly rendition: 'best' | 'smallest' | RenditionId;
  readonly priority: DownloadPriority;
  readonly neededByMs: number | null;
}

interface DownloadButtonProps {
  readonly label: string;
  readonly primary?: boolean;
  readonly disabled?: boolean;
  /** The files to choose from, where there is one asset. */
  readonly renditions?: readonly Rendition[];
  /** Null: at once, as usual. */
  readonly onDownload: (choice: DownloadChoice | null) => void;
}

/** Downloads with one click; beside it the way to say first which file, how urgent and by when. */
export function DownloadButton(props: DownloadButtonProps): ReactNode {
  const { label, primary = false, disabled = false } = props;
  const variant = primary ? 'primary' : 'plain';
  return (
    <div className="button-group split-button">
      <Button
        variant={variant}
        icon={DownloadIcon}
        disabled={disabled}
        onClick={() => props.onDownload(null)}
      >
        {label}
      </Button>
      <DialogTrigger>
        <AriaButton
          className={`button button-icon ${primary ? 'button-primary' : ''}`}
          aria-label="Download options"
          isDisabled={disabled}
        >
          <ChevronDown size={16} aria-hidden />
        </AriaButton>
        <Popover className="popover wish-popover" placement="bottom end">
          <Dialog aria-label="Download options">
            {({ close }) => <Choice {...props} onClose={close} />}
          </Dialog>
        </Popover>
      </DialogTrigger>
    </div>
  );
}

function Choice(props: DownloadButtonProps & { onClose: () => void }): ReactNode {
  const [rendition, setRendition] = useState<DownloadChoice['rendition']>('best');
  const [priority, setPriority] = useState<DownloadPriority>('normal');
  const [neededByMs, setNeededByMs] = useState<number | null>(null);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        props.onClose();
        props.onDownload({ rendition, priority, neededByMs });
      }}
    >
      <SelectField<DownloadChoice['rendition']>
        label="File"
        value={rendition}
        options={[
          { value: 'best', label: 'The best there is' },
          { value: 'smallest', label: 'The smallest there is' },
          ...(props.renditions ?? []).map((one) => ({
            value: one.id,
            label: `${one.role}: ${one.fileName}${one.sizeBytes === null ? '' : `, ${formatBytes(one.sizeBytes)}`}`,
          })),
        ]}
        onChange={setRendition}
      />
      <PriorityField value={priority} onChange={setPriority} />
      <DeadlineField value={neededByMs} onChange={setNeededByMs} />
      <div className="dialog-actions">
        <Button type="submit" variant="primary" icon={DownloadIcon}>
          {props.label}
        </Button>
      </div>
    </form>
  );
}

import {
  ArrowDown,
  ArrowDownToLine,
  ArrowUp,
  ArrowUpToLine,
  Ellipsis,
  FolderOpen,
  Info,
  ListX,
  Pause,
  Play,
  RotateCw,
  X,
  type LucideIcon,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { Download, DownloadPriority } from '../../../../shared/contract/downloads.ts';
import type { DownloadId } from '../../../../shared/contract/values.ts';
import { downloadPriorities, priorityNames } from '../../lib/vocabulary.ts';
import { ButtonLink, IconButton } from '../../ui/button.tsx';
import { IconMenu, type MenuEntry } from '../../ui/menu.tsx';
import { isQueued, verbsFor, type DownloadVerb } from './download-actions.ts';
import type { QueueStep } from './queue-moves.ts';

/** What a row can ask for. */
export interface RowDeeds {
  onVerb: (verb: DownloadVerb, download: Download) => void;
  onPriority: (priority: DownloadPriority, download: Download) => void;
  /** Null where the order is not the queue's. */
  readonly onStep: ((step: QueueStep, download: Download) => void) | null;
  onSwap: (id: DownloadId, smaller: NonNullable<Download['smaller']>) => void;
  onDetails: (download: Download) => void;
}

/** How each verb looks and what it is called. */
export const verbLooks: Readonly<Record<DownloadVerb, { icon: LucideIcon; label: string }>> = {
  pause: { icon: Pause, label: 'Pause' },
  resume: { icon: Play, label: 'Resume' },
  retry: { icon: RotateCw, label: 'Retry' },
  cancel: { icon: X, label: 'Cancel' },
  forget: { icon: ListX, label: 'Remove from list' },
};

const steps = [
  { step: 'up', label: 'Move up', icon: ArrowUp, hint: 'Alt ↑' },
  { step: 'down', label: 'Move down', icon: ArrowDown, hint: 'Alt ↓' },
  { step: 'top', label: 'Move to the top', icon: ArrowUpToLine, hint: 'Alt Home' },
  { step: 'bottom', label: 'Move to the end', icon: ArrowDownToLine, hint: 'Alt End' },
] as const;

function entriesFor(download: Download, deeds: RowDeeds): readonly (MenuEntry | null)[] {
  const queued = isQueued(download);
  const { onStep } = deeds;
  return [
    { key: 'details', label: 'Details', icon: Info, run: () => deeds.onDetails(download) },
    ...(queued
      ? [
          null,
          ...downloadPriorities.map((priority) => ({
            key: priority,
            label: `${priorityNames[priority]} priority`,
            checked: download.priority === priority,
            run: () => deeds.onPriority(priority, download),
          })),
        ]
      : []),
    ...(queued && onStep !== null
      ? [
          null,
          ...steps.map(({ step, ...look }) => ({ key: step, ...look, run: () => onStep(step, download) })),
        ]
      : []),
  ];
}

/** The buttons at the end of a row, and the menu with all that is not asked for every day. */
export function RowVerbs(props: { download: Download; active: boolean; deeds: RowDeeds }): ReactNode {
  const { download, active, deeds } = props;
  const tabIndex = active ? 0 : -1;
  return (
    <div className="row download-verbs" role="gridcell">
      {download.clipId !== null && (
        <ButtonLink
          to="/library"
          search={{ clip: download.clipId }}
          small
          icon={FolderOpen}
          tabIndex={tabIndex}
          draggable={false}
        >
          Open clip
        </ButtonLink>
      )}
      {verbsFor(download).map((verb) => (
        <IconButton
          key={verb}
          icon={verbLooks[verb].icon}
          label={`${verbLooks[verb].label}: ${download.title}`}
          tabIndex={tabIndex}
          onClick={() => deeds.onVerb(verb, download)}
        />
      ))}
      <IconMenu
        icon={Ellipsis}
        label={`More for ${download.title}`}
        entries={entriesFor(download, deeds)}
        tabbable={active}
      />
    </div>
  );
}

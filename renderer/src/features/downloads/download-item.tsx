import { Link } from '@tanstack/react-router';
import {
  CircleAlert,
  CircleCheck,
  CirclePause,
  Clock,
  Download as DownloadIcon,
  FolderOpen,
  Pause,
  Play,
  RotateCw,
  ShieldCheck,
  X,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { Download } from '../../../../shared/contract/downloads.ts';
import type { SourceId } from '../../../../shared/contract/values.ts';
import { percentOf } from '../../lib/format.ts';
import { verifiedNames } from '../../lib/vocabulary.ts';
import { Badge } from '../../ui/badge.tsx';
import { ButtonLink, IconButton } from '../../ui/button.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { verbsFor, type DownloadVerb } from './download-actions.ts';
import { progressWords, StateWords } from './download-words.tsx';

const stateIcons = {
  queued: Clock,
  running: DownloadIcon,
  waiting: Clock,
  paused: CirclePause,
  verifying: ShieldCheck,
  complete: CircleCheck,
  failed: CircleAlert,
  cancelled: X,
} as const;

const verbLooks = {
  pause: { icon: Pause, label: 'Pause' },
  resume: { icon: Play, label: 'Resume' },
  retry: { icon: RotateCw, label: 'Retry' },
  cancel: { icon: X, label: 'Cancel' },
} as const;

interface DownloadItemProps {
  readonly download: Download;
  readonly signInAt: SourceId | null;
  readonly onVerb: (verb: DownloadVerb) => void;
}

function tone(download: Download): 'plain' | 'ok' | 'quiet' {
  if (download.state === 'complete') return 'ok';
  return download.state === 'running' || download.state === 'verifying' ? 'plain' : 'quiet';
}

/** One wanted file: what it is, how far it is, why it stands still, and what can be done. */
export function DownloadItem({ download, signInAt, onVerb }: DownloadItemProps): ReactNode {
  const Icon = stateIcons[download.state];
  const percent = download.state === 'complete' ? 100 : percentOf(download.bytes, download.sizeBytes);
  return (
    <div className={`download download-${download.state}`}>
      <Icon size={20} strokeWidth={1.75} aria-hidden className="download-icon" />
      <div className="download-main">
        <div className="row">
          {download.assetId === null ? (
            <span className="download-title truncate">{download.title}</span>
          ) : (
            <Link
              to="/asset/$assetId"
              params={{ assetId: download.assetId }}
              className="download-title truncate"
            >
              {download.title}
            </Link>
          )}
          {download.state === 'complete' && download.verified !== null && (
            <Badge
              tone={download.verified === 'none' ? 'warn' : 'ok'}
              {...(download.verified !== 'none' && { icon: ShieldCheck })}
            >
              {verifiedNames[download.verified]}
            </Badge>
          )}
        </div>
        <span className="mono muted truncate" title={download.path ?? `${download.dir}/${download.fileName}`}>
          {download.fileName}
        </span>
        {download.state !== 'complete' && download.state !== 'cancelled' && (
          <ProgressBar label={`Progress of ${download.title}`} percent={percent} tone={tone(download)} />
        )}
        <div className="download-words">
          <span className="number">
            {percent !== null && download.state !== 'complete' && <strong>{percent} % </strong>}
            {progressWords(download)}
          </span>
          <span className="muted">
            <StateWords download={download} signInAt={signInAt} />
          </span>
        </div>
      </div>
      <div className="row download-verbs">
        {download.clipId !== null && (
          <ButtonLink to="/library" search={{ clip: download.clipId }} small icon={FolderOpen}>
            Open clip
          </ButtonLink>
        )}
        {verbsFor(download).map((verb) => (
          <IconButton
            key={verb}
            icon={verbLooks[verb].icon}
            label={`${verbLooks[verb].label} ${download.title}`}
            onClick={() => onVerb(verb)}
          />
        ))}
      </div>
    </div>
  );
}

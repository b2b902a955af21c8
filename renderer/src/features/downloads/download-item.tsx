import { Link } from '@tanstack/react-router';
import {
  ChevronsDown,
  ChevronsUp,
  CircleAlert,
  CircleCheck,
  CirclePause,
  Clock,
  Download as DownloadIcon,
  Gauge,
  ShieldCheck,
  X,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { Download } from '../../../../shared/contract/downloads.ts';
import { formatCount, formatMoment, formatSpeed, percentOf } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { VerifiedBadge } from '../../ui/verified-badge.tsx';
import { DeadlineChip } from './deadline-chip.tsx';
import { isQueued } from './download-actions.ts';
import { RowVerbs, type RowDeeds } from './download-verbs.tsx';
import { StateWords } from './download-words.tsx';
import { sizeWords, timeLeft } from './size-words.ts';

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

interface DownloadItemProps {
  readonly download: Download;
  readonly nowMs: number;
  /** Whether the row has the keyboard: only then Tab walks through what stands in it. */
  readonly active: boolean;
  readonly deeds: RowDeeds;
}

function tone(download: Download): 'plain' | 'ok' | 'quiet' {
  if (download.state === 'complete') return 'ok';
  return download.state === 'running' || download.state === 'verifying' ? 'plain' : 'quiet';
}

/** One wanted file: what it is, how far it is, why it stands still, and what can be done. */
export function DownloadItem({ download, nowMs, active, deeds }: DownloadItemProps): ReactNode {
  const Icon = stateIcons[download.state];
  const tabIndex = active ? 0 : -1;
  const percent = download.state === 'complete' ? 100 : percentOf(download.bytes, download.sizeBytes);
  return (
    <>
      <Icon size={20} strokeWidth={1.75} aria-hidden className="download-icon" />
      <div className="download-main" role="gridcell">
        <div className="row row-wrap download-head">
          <Title download={download} tabIndex={tabIndex} />
          <Marks download={download} nowMs={nowMs} />
          {download.state === 'complete' && download.verified !== null && (
            <VerifiedBadge verified={download.verified} tabIndex={tabIndex} />
          )}
        </div>
        <span className="muted truncate" title={download.path ?? `${download.dir}/${download.fileName}`}>
          <span className="mono">{download.fileName}</span>
          {download.host !== null && <span className="download-host"> · {download.host}</span>}
        </span>
      </div>
      <Numbers download={download} percent={percent} nowMs={nowMs} />
      <RowVerbs download={download} active={active} deeds={deeds} />
      {download.state !== 'complete' && (
        <div className="download-foot" role="gridcell">
          {download.state !== 'cancelled' && (
            <ProgressBar label={`Progress of ${download.title}`} percent={percent} tone={tone(download)} />
          )}
          {(download.state !== 'running' || download.reason !== null) && (
            <span className="muted small download-words">
              <StateWords download={download} tabIndex={tabIndex} />
            </span>
          )}
          {isQueued(download) && <SmallerOffer download={download} tabIndex={tabIndex} deeds={deeds} />}
        </div>
      )}
    </>
  );
}

function Title({ download, tabIndex }: { download: Download; tabIndex: number }): ReactNode {
  if (download.assetId === null)
    return (
      <span className="download-title" title={download.title}>
        {download.title}
      </span>
    );
  return (
    <Link
      to="/asset/$assetId"
      params={{ assetId: download.assetId }}
      className="download-title"
      title={download.title}
      tabIndex={tabIndex}
      draggable={false}
    >
      {download.title}
    </Link>
  );
}

/** What was said of the download beside its file. */
function Marks({ download, nowMs }: { download: Download; nowMs: number }): ReactNode {
  return (
    <>
      {isQueued(download) && download.priority === 'high' && (
        <Badge tone="info" icon={ChevronsUp}>
          High priority
        </Badge>
      )}
      {isQueued(download) && download.priority === 'low' && <Badge icon={ChevronsDown}>Low priority</Badge>}
      {isQueued(download) && download.maxRate !== null && (
        <Badge icon={Gauge}>at most {formatSpeed(download.maxRate)}</Badge>
      )}
      <DeadlineChip download={download} nowMs={nowMs} />
    </>
  );
}

/** Where the deadline is in danger: the same story as a smaller file that can still be there in time. */
function SmallerOffer(props: { download: Download; tabIndex: number; deeds: RowDeeds }): ReactNode {
  const { id, deadline, smaller } = props.download;
  if (smaller === null || deadline === 'safe' || deadline === 'none') return null;
  return (
    <span className="row row-wrap small download-offer">
      A smaller file could still be there in time.
      <Button small tabIndex={props.tabIndex} onClick={() => props.deeds.onSwap(id, smaller)}>
        Take {smaller.label} instead
      </Button>
    </span>
  );
}

/** How far, how fast, how long: each at its own place, so that nothing moves while they change. */
function Numbers(props: { download: Download; percent: number | null; nowMs: number }): ReactNode {
  const { download, percent, nowMs } = props;
  const { state, bytesPerSecond, connections } = download;
  const left = timeLeft(download);
  const running = state === 'running';
  const ended = download.finishedAtMs;
  return (
    <>
      <div className="download-number download-size" role="gridcell">
        <span>{sizeWords(download)}</span>
        <span className="muted">
          {state === 'complete' || state === 'cancelled'
            ? ended !== null && formatMoment(ended, nowMs)
            : percent !== null && `${percent} %`}
        </span>
      </div>
      {isQueued(download) && (
        <>
          <div className="download-number download-speed" role="gridcell">
            <span>{running && bytesPerSecond !== null ? formatSpeed(bytesPerSecond) : ''}</span>
            <span className="muted">{connections > 0 ? formatCount(connections, 'connection') : ''}</span>
          </div>
          <div className="download-number download-eta" role="gridcell">
            <span>{left ?? ''}</span>
            <span className="muted">{left === null ? '' : 'left'}</span>
          </div>
        </>
      )}
    </>
  );
}

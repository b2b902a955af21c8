import { CircleAlert, Star, Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ClipRow } from '../../../../shared/contract/library.ts';
import { checkLooks } from '../../lib/check-words.ts';
import { formatBytes, formatCount, formatDay, formatDuration } from '../../lib/format.ts';
import { labelNames, stepNames } from '../../lib/vocabulary.ts';
import { Badge } from '../../ui/badge.tsx';
import type { Column } from '../../ui/grid-types.ts';
import { ScrubPoster } from '../../ui/scrub-poster.tsx';

function unfinished(clip: ClipRow): string | null {
  const failed = clip.steps.find((step) => step.state === 'failed');
  if (failed !== undefined) return `${stepNames[failed.step]} failed`;
  const running = clip.steps.find((step) => step.state === 'running');
  return running === undefined ? null : `${stepNames[running.step]}…`;
}

/** The rating as stars. */
function Stars({ rating }: { rating: number }): ReactNode {
  if (rating === 0) return null;
  return (
    <span className="stars">
      {Array.from({ length: rating }, (_, index) => (
        <Star key={index} size={11} fill="currentColor" aria-hidden />
      ))}
      <span className="visually-hidden">{formatCount(rating, 'star')}</span>
    </span>
  );
}

function LabelDot({ label }: { label: ClipRow['label'] }): ReactNode {
  if (label === null) return null;
  return (
    <span className={`label-dot label-${label}`}>
      <span className="visually-hidden">Label {labelNames[label]}: </span>
    </span>
  );
}

/** Tells of damage where it cannot be overlooked; the details have the way to mend it. */
function DamagedBadge({ clip }: { clip: ClipRow }): ReactNode {
  if (!clip.damaged) return null;
  const { tone, name } = checkLooks.damaged;
  return (
    <Badge tone={tone} icon={CircleAlert}>
      {name}
    </Badge>
  );
}

/** A clip in the grid. The words come first, so that a screen reader begins with the title. */
export function ClipCard(props: { clip: ClipRow; frame: number | null }): ReactNode {
  const { clip } = props;
  const state = unfinished(clip);
  return (
    <>
      <div className="card-text">
        <div className="card-title" title={clip.fileName}>
          <LabelDot label={clip.label} />
          {clip.title}
        </div>
        <div className="card-meta">
          <span className="number card-day">{clip.day === null ? 'No day' : formatDay(clip.day)}</span>
          {clip.eventTitle !== null && <span className="truncate">· {clip.eventTitle}</span>}
        </div>
        <div className="card-badges">
          <DamagedBadge clip={clip} />
          <Stars rating={clip.rating} />
          {state !== null && <Badge tone={state.endsWith('failed') ? 'bad' : 'info'}>{state}</Badge>}
          {clip.tags.slice(0, 3).map((tag) => (
            <Badge key={tag}>{tag}</Badge>
          ))}
        </div>
      </div>
      <ScrubPoster clip={clip} frame={props.frame}>
        {clip.missing && (
          <span className="poster-mark">
            <Unplug size={12} aria-hidden />
            Not reachable
          </span>
        )}
        {clip.durationMs !== null && (
          <span className="poster-duration">{formatDuration(clip.durationMs)}</span>
        )}
      </ScrubPoster>
    </>
  );
}

/** The columns of the library as a table. */
export const clipColumns: readonly Column<ClipRow>[] = [
  {
    key: 'day',
    title: 'Day',
    width: '92px',
    render: (clip) => <span className="number">{clip.day === null ? '–' : formatDay(clip.day)}</span>,
  },
  {
    key: 'title',
    title: 'Title',
    width: 'minmax(200px, 3fr)',
    render: (clip) => (
      <>
        <DamagedBadge clip={clip} />
        <LabelDot label={clip.label} />
        <strong>{clip.title}</strong>
      </>
    ),
  },
  { key: 'event', title: 'Event', width: 'minmax(80px, 1.4fr)', render: (clip) => clip.eventTitle ?? '–' },
  { key: 'tags', title: 'Tags', width: 'minmax(80px, 1.2fr)', render: (clip) => clip.tags.join(', ') || '–' },
  { key: 'rating', title: 'Rating', width: '76px', render: (clip) => <Stars rating={clip.rating} /> },
  {
    key: 'size',
    title: 'Size',
    width: '80px',
    end: true,
    render: (clip) => <span className="number">{formatBytes(clip.sizeBytes)}</span>,
  },
  {
    key: 'duration',
    title: 'Duration',
    width: '72px',
    end: true,
    render: (clip) => (
      <span className="number">{clip.durationMs === null ? '–' : formatDuration(clip.durationMs)}</span>
    ),
  },
];

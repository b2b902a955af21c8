import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { DownloadId } from '../../../../shared/contract/values.ts';
import { useCore } from '../../lib/app-context.tsx';
import { formatBytes, formatCount, formatDuration, formatTime } from '../../lib/format.ts';
import { InspectorPart } from '../../ui/inspector.tsx';
import { outcomeWords } from './attempt-words.ts';

/** Attempts that are shown; the older ones are only counted. */
const shownAttempts = 20;

/** Every try at a download, newest first: when, from where, how much, and how it ended. */
export function DownloadAttempts({ id }: { id: DownloadId }): ReactNode {
  const { queries } = useCore();
  const attempts = useQuery(queries.downloads.attempts.queryOptions({ input: { id } })).data?.attempts;
  if (attempts === undefined || attempts.length === 0) return null;
  const older = attempts.length - shownAttempts;
  return (
    <InspectorPart title="History">
      <ol className="stack attempts" aria-label="Attempts">
        {attempts.slice(0, shownAttempts).map((attempt) => (
          <li key={`${attempt.startedAtMs} ${attempt.host ?? ''}`} className="small">
            <span>{outcomeWords(attempt)}</span>
            <span className="field-note number">
              {formatTime(attempt.startedAtMs)}
              {attempt.endedAtMs !== null && ` · ${formatDuration(attempt.endedAtMs - attempt.startedAtMs)}`}
              {` · ${formatBytes(attempt.fetchedBytes)} fetched`}
              {attempt.host !== null && ` · ${attempt.host}`}
            </span>
          </li>
        ))}
      </ol>
      {older > 0 && <p className="field-note">{formatCount(older, 'older try', 'older tries')} not shown.</p>}
    </InspectorPart>
  );
}

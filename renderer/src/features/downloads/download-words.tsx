import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Download } from '../../../../shared/contract/downloads.ts';
import type { SourceId } from '../../../../shared/contract/values.ts';
import { reasonWording } from '../../../../shared/domain/download-reason-wording.ts';
import { formatBytes, formatSpeed, formatTimeLeft } from '../../lib/format.ts';
import { downloadStateNames } from '../../lib/vocabulary.ts';
import { useCountdown } from '../../ui/use-countdown.ts';

/** How far it is and how fast: `412 MB of 1.20 GB · 24.0 MB/s · 33 s left`. */
export function progressWords(download: Download): string {
  const { bytes, sizeBytes, state, bytesPerSecond, etaMs } = download;
  const parts: string[] = [];
  if (state === 'complete') parts.push(formatBytes(sizeBytes ?? bytes));
  else
    parts.push(
      sizeBytes === null ? formatBytes(bytes) : `${formatBytes(bytes)} of ${formatBytes(sizeBytes)}`,
    );
  if (state === 'running' && bytesPerSecond !== null) parts.push(formatSpeed(bytesPerSecond));
  if (state === 'running' && etaMs !== null) parts.push(formatTimeLeft(etaMs));
  return parts.join(' · ');
}

function RetryClock({ reason }: { reason: NonNullable<Download['reason']> }): ReactNode {
  const until = reason.retryAtMs;
  const seconds = useCountdown(reason, () => (until ?? 0) - Date.now());
  if (until === null || seconds === null) return null;
  return <span className="number">{seconds > 0 ? ` Next try in ${seconds} s.` : ' Trying again now.'}</span>;
}

/** The state in words, why it is so, what to do, and the way to do it. */
export function StateWords(props: { download: Download; signInAt: SourceId | null }): ReactNode {
  const { download, signInAt } = props;
  const { reason, state } = download;
  if (reason === null) return <span>{downloadStateNames[state]}</span>;
  const { sentence, todo } = reasonWording(reason.code);
  const wantsAccount = reason.code === 'SIGN_IN_NEEDED' || reason.code === 'ACCOUNT_UNVERIFIED';
  return (
    <span {...(reason.detail !== null && { title: reason.detail })}>
      <strong>{downloadStateNames[state]}.</strong> {sentence} {todo}
      {state === 'waiting' && <RetryClock reason={reason} />}
      {wantsAccount && signInAt !== null && (
        <>
          {' '}
          <Link to="/account/$sourceId" params={{ sourceId: signInAt }} search={{ back: '/downloads' }}>
            {reason.code === 'SIGN_IN_NEEDED' ? 'Sign in' : 'Enter the code'}
          </Link>
        </>
      )}
    </span>
  );
}

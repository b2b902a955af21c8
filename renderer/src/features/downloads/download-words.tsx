import type { ReactNode } from 'react';
import type { Download } from '../../../../shared/contract/downloads.ts';
import { reasonWording } from '../../../../shared/domain/download-reason-wording.ts';
import { downloadStateNames } from '../../lib/vocabulary.ts';
import { useCountdown } from '../../ui/use-countdown.ts';
import { ReasonAction } from './reason-action.tsx';

function RetryClock({ reason }: { reason: NonNullable<Download['reason']> }): ReactNode {
  const until = reason.retryAtMs;
  const seconds = useCountdown(reason, () => (until ?? 0) - Date.now());
  if (until === null || seconds === null) return null;
  return (
    <span className="number">{seconds > 0 ? ` Next try in ${clock(seconds)}.` : ' Trying again now.'}</span>
  );
}

function clock(seconds: number): string {
  return seconds < 60
    ? `${seconds} s`
    : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} min`;
}

/** The state in words, why it is so, what to do, and the way to do it. */
export function StateWords(props: { download: Download; tabIndex?: number }): ReactNode {
  const { download, tabIndex } = props;
  const { reason, state } = download;
  if (reason === null) return <span>{downloadStateNames[state]}</span>;
  const { sentence, todo } = reasonWording(reason.code);
  return (
    <span {...(reason.detail !== null && { title: reason.detail })}>
      <strong>{downloadStateNames[state]}.</strong> {sentence} {todo}
      {state === 'waiting' && <RetryClock reason={reason} />}{' '}
      <ReasonAction download={download} {...(tabIndex !== undefined && { tabIndex })} />
    </span>
  );
}

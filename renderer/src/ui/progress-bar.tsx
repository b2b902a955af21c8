import type { ReactNode } from 'react';

/** How far something is, in percent; null when nobody knows the whole. */
export function ProgressBar(props: {
  label: string;
  percent: number | null;
  tone?: 'plain' | 'ok' | 'quiet';
}): ReactNode {
  const { label, percent, tone = 'plain' } = props;
  const unknown = percent === null && tone === 'plain';
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent !== null && { 'aria-valuenow': percent })}
      className={`progress progress-${unknown ? 'unknown' : tone}`}
    >
      <div className="progress-fill" style={percent === null ? {} : { width: `${percent}%` }} />
    </div>
  );
}

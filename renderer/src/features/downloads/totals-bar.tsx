import { Link } from '@tanstack/react-router';
import { CalendarClock, CirclePause, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DownloadTotals } from '../../../../shared/contract/downloads.ts';
import { formatBytes, formatClock, formatNumber, formatSpeed, percentOf } from '../../lib/format.ts';
import { ruleSentence } from '../../lib/traffic-words.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { useMinute } from '../../ui/use-minute.ts';
import { SpeedSwitch } from './speed-switch.tsx';
import './totals.css';

/** All that is to be done, how fast it goes, when it is done, and the rule that it is under. */
export function TotalsBar({ totals }: { totals: DownloadTotals }): ReactNode {
  const nowMs = useMinute();
  const { rule } = totals;
  return (
    <section className="totals" aria-label="All downloads together">
      <Sums totals={totals} />
      <div className="totals-rule">
        <SpeedSwitch rule={rule} />
        <span
          className={rule.holds ? 'row totals-holds small' : 'row muted small'}
          data-testid="traffic-rule"
          title={ruleSentence(rule, nowMs)}
        >
          {rule.holds && <CirclePause size={14} aria-hidden />}
          <span className="truncate">{ruleSentence(rule, nowMs)}</span>
        </span>
        <Link to="/settings" search={{ section: 'traffic' }} className="row small totals-link">
          <CalendarClock size={14} aria-hidden />
          Schedule
        </Link>
      </div>
    </section>
  );
}

function countWords(totals: DownloadTotals): string {
  const { running, queued, waiting, paused, failed } = totals;
  const parts = [
    [running, 'running'],
    [queued, 'queued'],
    [waiting, 'waiting'],
    [paused, 'paused'],
    [failed, 'failed'],
  ] as const;
  const words = parts.filter(([count]) => count > 0).map(([count, word]) => `${formatNumber(count)} ${word}`);
  return words.length === 0 ? 'The queue is empty' : words.join(' · ');
}

function Sums({ totals }: { totals: DownloadTotals }): ReactNode {
  const { bytes, sizeBytes, bytesPerSecond, etaMs, online } = totals;
  const percent = percentOf(bytes, sizeBytes);
  const running = totals.running > 0;
  return (
    <div className="totals-sums">
      <span className="totals-count">
        {!online && (
          <span className="row totals-offline">
            <WifiOff size={14} aria-hidden />
            No network.
          </span>
        )}
        {countWords(totals)}
      </span>
      <span className="totals-number number">
        {sizeBytes > 0 ? `${formatBytes(bytes)} of ${formatBytes(sizeBytes)}` : ''}
      </span>
      <span className="totals-number number totals-speed">
        {running && bytesPerSecond !== null ? formatSpeed(bytesPerSecond) : ''}
      </span>
      <span className="totals-number number totals-eta">
        {running && !totals.rule.holds && etaMs !== null ? `${formatClock(etaMs)} left` : ''}
      </span>
      {percent !== null && (
        <div className="totals-progress">
          <ProgressBar
            label="Progress of all downloads"
            percent={percent}
            tone={running ? 'plain' : 'quiet'}
          />
        </div>
      )}
    </div>
  );
}

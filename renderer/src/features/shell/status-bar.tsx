import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowDown, Cog } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCore } from '../../lib/app-context.tsx';
import { formatCount, formatSpeed } from '../../lib/format.ts';
import { useTotals } from '../../ui/use-totals.ts';

/** One line at the bottom: the screen's facts, running downloads, background jobs. */
export function StatusBar({ slot }: { slot: (element: HTMLElement | null) => void }): ReactNode {
  const { queries } = useCore();
  const jobs = useQuery(queries.system.jobs.queryOptions()).data;
  const totals = useTotals();
  const running = totals?.running ?? 0;
  const speed = totals?.bytesPerSecond ?? 0;
  // Downloads have an item of their own beside this one.
  const busy = jobs?.jobs.filter((job) => job.kind !== 'download' && job.state !== 'failed') ?? [];
  return (
    <footer className="status-bar" aria-label="Status">
      <div ref={slot} className="status-slot" />
      <span className="spacer" />
      {running > 0 && (
        <Link to="/downloads" search={{ tab: 'active' }} className="status-item number">
          <ArrowDown size={13} aria-hidden />
          {formatCount(running, 'download')} · {formatSpeed(speed)}
        </Link>
      )}
      {busy.length > 0 && (
        <span
          className="status-item"
          title={busy
            .slice(0, 5)
            .map((job) => job.title)
            .join('\n')}
        >
          <Cog size={13} aria-hidden />
          {formatCount(busy.length, 'background job')}
        </span>
      )}
    </footer>
  );
}

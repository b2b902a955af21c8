import { useRouter } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useState } from 'react';
import { formatCount, formatNumber } from '../../lib/format.ts';
import { createQueueEnd, type QueueEnd, type QueueReading } from '../../lib/queue-end.ts';
import { useToasts } from '../../ui/toast.tsx';
import { useDownloadCounts, useTotals } from '../../ui/use-totals.ts';

function words({ done, failed }: QueueEnd): string {
  if (done === 0) return `${formatCount(failed, 'download')} failed`;
  return `${formatCount(done, 'download')} done${failed > 0 ? `, ${formatNumber(failed)} failed` : ''}`;
}

/** Says once, when the queue has come to its end, what became of it. */
export function useQueueNotice(): void {
  const totals = useTotals();
  const counts = useDownloadCounts();
  const router = useRouter();
  const toasts = useToasts();
  const [take] = useState(createQueueEnd);
  const active = totals === undefined ? null : totals.running + totals.queued;
  const done = counts?.done;
  const failed = totals?.failed;

  const read = useEffectEvent((now: QueueReading) => {
    const end = take(now);
    if (end === null) return;
    toasts.show({
      text: words(end),
      about: 'queue end',
      action: {
        label: 'Show',
        run: () =>
          void router.navigate({ to: '/downloads', search: { tab: end.failed > 0 ? 'failed' : 'done' } }),
      },
    });
  });
  useEffect(() => {
    if (active === null || done === undefined || failed === undefined) return undefined;
    // The two readings come one after the other; a short rest lets them agree.
    const timer = setTimeout(() => read({ active, done, failed }), 700);
    return () => clearTimeout(timer);
  }, [active, done, failed]);
}

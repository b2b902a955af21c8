import { useEffect, useState } from 'react';

interface CountdownSource {
  /** A new object here means a new countdown. */
  readonly source: object | null;
  readonly remainingMs: number;
  /** How long ago the source arrived. */
  readonly ageMs: () => number;
}

/**
 * Counts down to 0, in whole seconds, from the moment the source arrived.
 *
 * Only the machine's steady clock is used while it runs, so a wrong wall clock on either side changes nothing.
 */
export function useCountdown({ source, remainingMs, ageMs }: CountdownSource): number {
  const start = () => ({ source, endsAt: performance.now() + remainingMs - Math.max(0, ageMs()) });
  const [received, setReceived] = useState(start);
  const [now, setNow] = useState(() => performance.now());
  let { endsAt } = received;
  if (received.source !== source) {
    const next = start();
    endsAt = next.endsAt;
    setReceived(next);
    setNow(performance.now());
  }
  const left = Math.max(0, Math.ceil((endsAt - now) / 1000));
  const running = left > 0;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(performance.now()), 250);
    return () => clearInterval(timer);
  }, [running]);
  return left;
}

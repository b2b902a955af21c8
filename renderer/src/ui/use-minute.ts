import { useEffect, useState } from 'react';

/** This machine's clock in UTC milliseconds, moving on every half minute: enough for "by 18:00" and "tomorrow". */
export function useMinute(): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}

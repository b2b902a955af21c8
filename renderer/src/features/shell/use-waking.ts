import { useEffect } from 'react';
import { useCore } from '../../lib/app-context.tsx';
import { watchWaking } from '../../lib/wake-watch.ts';

/** In a browser tab: tells the core that the network is back or the machine awake. The desktop shell knows it by itself. */
export function useWaking(): void {
  const { client, shell } = useCore();
  useEffect(() => {
    if (shell !== null) return undefined;
    return watchWaking(window, (why) => {
      // A core that cannot be reached now tries everything again when it is.
      client.downloads.wake({ why }).catch(() => undefined);
    });
  }, [client, shell]);
}

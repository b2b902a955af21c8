import { RPCLink } from '@orpc/client/message-port';
import type { RushesShell } from './shell-api.ts';
import type { SwitchingLink } from './switching-link.ts';

/**
 * Connects over the port that the desktop shell brokers.
 *
 * A port may also come unasked: then the core was started again and the old port is dead.
 */
export function openDesktopDoor(target: Window, shell: RushesShell, switching: SwitchingLink): () => void {
  const receive = (event: MessageEvent<unknown>): void => {
    if (event.source !== target || event.origin !== target.location.origin) return;
    const port = event.ports[0];
    if (event.data !== 'rushes:port' || port === undefined) return;
    let ended = false;
    // Before the link listens: its pending calls fail in its own listener, and must find the port marked as ended.
    port.addEventListener('close', () => {
      if (ended) return;
      ended = true;
      switching.lose('lost');
    });
    switching.open({
      link: new RPCLink({ port }),
      alive: () => !ended,
      end: () => {
        if (ended) return;
        ended = true;
        // A port closed from this side tells nobody; the link listens for "close" to fail what is pending.
        port.dispatchEvent(new Event('close'));
        port.close();
      },
    });
    port.start();
  };
  target.addEventListener('message', receive);
  shell.requestPort();
  return () => {
    target.removeEventListener('message', receive);
    switching.lose('lost');
  };
}

import { RPCLink } from '@orpc/client/websocket';
import type { SwitchingLink } from './switching-link.ts';

/** The host closes with this code when the session cookie is not (or no longer) valid. */
const sessionEndedCode = 4401;

const firstWaitMs = 500;
const longestWaitMs = 5000;

/** How long to wait before the next try; doubles from half a second up to five. */
export function reconnectDelayMs(failures: number): number {
  return Math.min(longestWaitMs, firstWaitMs * 2 ** Math.max(0, failures - 1));
}

/** Connects by WebSocket to the host that served the page, and again whenever the connection breaks. */
export function openBrowserDoor(target: Window, switching: SwitchingLink): () => void {
  const { protocol, host } = target.location;
  const address = `${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}/rpc`;
  let failures = 0;
  let closed = false;
  let timer: number | undefined;
  let socket: WebSocket | null = null;

  const connect = (): void => {
    const mine = new WebSocket(address);
    socket = mine;
    const link = new RPCLink({ websocket: mine });
    mine.addEventListener('open', () => {
      failures = 0;
      switching.open({
        link,
        alive: () => mine.readyState === WebSocket.OPEN,
        end: () => mine.close(),
      });
    });
    mine.addEventListener('close', (event) => {
      if (closed || socket !== mine) return;
      socket = null;
      if (event.code === sessionEndedCode) {
        switching.lose('refused');
        return;
      }
      failures += 1;
      switching.lose('lost');
      timer = target.setTimeout(connect, reconnectDelayMs(failures));
    });
  };

  connect();
  return () => {
    closed = true;
    target.clearTimeout(timer);
    socket?.close();
    switching.lose('lost');
  };
}

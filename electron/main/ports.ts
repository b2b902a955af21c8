import { type MessagePortMain, MessageChannelMain, type WebContents } from 'electron';
import { channels } from './channels.ts';
import type { CoreSupervisor } from './core-supervisor.ts';

/** Joins pages and core by ports: one channel a page, of which this process keeps no end and reads nothing. */
export function createPorts(core: Pick<CoreSupervisor<MessagePortMain>, 'isReady' | 'givePort'>) {
  const pages = new Set<WebContents>();
  const join = (page: WebContents): void => {
    const { port1, port2 } = new MessageChannelMain();
    core.givePort(port1);
    page.postMessage(channels.port, null, [port2]);
  };
  return {
    /** A page wants a port: now, or when there is a core. */
    request: (page: WebContents): void => {
      if (!pages.has(page)) page.once('destroyed', () => pages.delete(page));
      pages.add(page);
      if (core.isReady()) join(page);
    },
    /** There is a new core: every page that had asked gets a port to it. */
    renew: (): void => {
      for (const page of pages) join(page);
    },
  };
}
export type Ports = ReturnType<typeof createPorts>;

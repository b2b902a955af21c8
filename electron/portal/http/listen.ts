import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { PortalApp } from './portal-env.ts';

/** A listening server. */
export interface Listener {
  readonly url: string;
  /** Stops listening and ends the connections that are open. */
  close(): Promise<void>;
}

/** Serves an app; port 0 takes a free one. */
export async function listen(app: PortalApp, place: { host: string; port: number }): Promise<Listener> {
  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(place.port, place.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  // A TCP server always has an address object; only pipes have a text.
  const { port } = server.address() as AddressInfo;
  const host = place.host.includes(':') ? `[${place.host}]` : place.host;
  return {
    url: `http://${host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

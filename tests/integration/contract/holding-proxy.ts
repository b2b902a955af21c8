import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** Stands before a portal and can hold requests back, so that a test catches a call under way. */
export interface HoldingProxy {
  readonly url: string;
  /** Requests to this path are held from now on; null lets all through. */
  hold(path: string | null): void;
  /** Requests being held now. One whose caller went away is no longer held. */
  held(): number;
}

/** Starts a proxy before a portal; it ends with the test. */
export async function startHoldingProxy(target: string): Promise<HoldingProxy> {
  const waiting = new Set<ServerResponse>();
  let heldPath: string | null = null;
  const server = createServer((request, response) => {
    if (new URL(request.url ?? '/', target).pathname !== heldPath) return pass(target, request, response);
    waiting.add(response);
    response.on('close', () => waiting.delete(response));
    return undefined;
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold: (path) => {
      heldPath = path;
    },
    held: () => waiting.size,
  };
}

function pass(target: string, request: IncomingMessage, response: ServerResponse): void {
  const { method, headers } = request;
  const onward = forward(new URL(request.url ?? '/', target), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  request.pipe(onward);
}

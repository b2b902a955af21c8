import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import type { Core } from '../../core/create-core.ts';
import { drop } from '../../core/drop.ts';
import type { Log } from '../../core/ports.ts';
import { pageHeaders } from './content-security.ts';
import { refusalPage } from './refusal-page.ts';
import { createSessionGate, type SessionGate } from './session-gate.ts';
import { readPageFiles, type PageFile } from './static-files.ts';

/** The largest message a page may send, in bytes. */
const largestMessageBytes = 1024 * 1024;
/** Close code for a page whose session this door does not know. */
const unknownSession = 4401;

/** The browser's door, open. */
export interface Served {
  /** The address to open, with its one-time token. */
  readonly url: string;
  /** Another one, for a browser that has no session: one that was closed and opened again, or a second one. */
  newUrl(): string;
  close(): Promise<void>;
}

/**
 * Serves the application to a browser on this machine: 127.0.0.1 only, a one-time token, Host and Origin checked.
 *
 * @throws The error of listening when the port is taken.
 */
export async function serve(deps: {
  core: Core;
  pageDir: string;
  port: number;
  log: Log;
  /** What a browser without a session is told to do, in a sentence. */
  howToEnter?: string;
}): Promise<Served> {
  const files = await readPageFiles(deps.pageDir);
  const server = createServer();
  const gate = createSessionGate(() => (server.address() as AddressInfo).port);
  server.on(
    'request',
    createListener({ core: deps.core, gate, files, howToEnter: deps.howToEnter ?? startAgain }),
  );
  const sockets = openSockets(server, { core: deps.core, gate, log: deps.log });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(deps.port, '127.0.0.1', resolve);
  });
  return {
    url: gate.newAddress(),
    newUrl: gate.newAddress,
    close: async () => {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface ListenerDeps {
  readonly core: Core;
  readonly gate: SessionGate;
  readonly files: ReadonlyMap<string, PageFile>;
  readonly howToEnter: string;
}

function createListener(deps: ListenerDeps) {
  const stranger = refusalPage(deps.howToEnter);
  const media = getRequestListener((request) =>
    deps.core.serveMedia(request, new URL(request.url).pathname.replace(/^\/media/, '')),
  );
  return (request: IncomingMessage, response: ServerResponse): void => {
    const url = readTarget(request);
    if (!url) {
      response.writeHead(400, pageHeaders('text/plain; charset=utf-8')).end('That is no address.\n');
      return;
    }
    const token = url.searchParams.get('token');
    const refusal = deps.gate.check(request);
    if (refusal === 'no-session' && url.pathname === '/' && token !== null) {
      const cookie = deps.gate.enter(token);
      if (cookie) {
        response.writeHead(303, { location: '/', 'set-cookie': cookie, 'cache-control': 'no-store' }).end();
        return;
      }
    }
    if (refusal === 'no-session') {
      response.writeHead(403, stranger.headers).end(stranger.body);
      return;
    }
    if (refusal) {
      response
        .writeHead(403, pageHeaders('text/plain; charset=utf-8'))
        .end('Rushes is not at this address.\n');
      return;
    }
    if (url.pathname.startsWith('/media/')) {
      drop(Promise.resolve(media(request, response)), () => response.destroy());
      return;
    }
    const file = deps.files.get(url.pathname === '/' ? '/index.html' : url.pathname);
    if (file && (request.method === 'GET' || request.method === 'HEAD')) {
      response
        .writeHead(200, pageHeaders(file.contentType))
        .end(request.method === 'GET' ? file.bytes : undefined);
      return;
    }
    response
      .writeHead(404, pageHeaders('text/plain; charset=utf-8'))
      .end('There is nothing at this address.\n');
  };
}

/** The path asked for, or null for what is none: `//host/` and `http://host/` would name another host than this one. */
function readTarget(request: IncomingMessage): URL | null {
  const target = request.url ?? '/';
  return /^\/(?!\/)/.test(target) ? URL.parse(target, 'http://127.0.0.1') : null;
}

const startAgain = 'Start Rushes again: it prints a new one.';

function openSockets(server: Server, deps: { core: Core; gate: SessionGate; log: Log }): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessageBytes });
  const handler = new RPCHandler(deps.core.router);
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const pathname = readTarget(request)?.pathname;
    // Node has let go of the socket: without this a reset during the refusal would end the process.
    socket.on('error', () => socket.destroy());
    const refusal = deps.gate.check(request);
    if (
      pathname !== '/rpc' ||
      request.headers.origin === undefined ||
      (refusal && refusal !== 'no-session')
    ) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', (error) =>
        deps.log.warn('A page sent what was no message.', { error: error.message }),
      );
      // Told by a close code, which a page can read; a refused upgrade looks to it like a lost network.
      if (refusal) return webSocket.close(unknownSession, 'unknown session');
      drop(handler.upgrade(webSocket), (error) =>
        deps.log.error('A page could not be served.', { error: String(error) }),
      );
    });
  });
  return sockets;
}

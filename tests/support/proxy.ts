import {
  createServer,
  request as sendOn,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Identity } from './tls.ts';

/** What a proxy was asked. */
export interface SeenByProxy {
  readonly method: string;
  /** `host:port` of a CONNECT, else the whole URL. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
}

/** How a proxy behaves. */
export interface ProxyOptions {
  /** Where the names lead that only the proxy knows: `name:port` to a port of 127.0.0.1. Others are refused with 502. */
  readonly leads?: Readonly<Record<string, number>>;
  /** `user:password` that it wants, as Basic. Asked anew at every request. */
  readonly wants?: () => string | null;
  /** The challenges it sends; Basic unless told. */
  readonly challenges?: readonly string[];
  /** Speaks TLS as this one. */
  readonly tls?: Identity;
  /** Sent instead of an answer to CONNECT; null for silence. */
  readonly rawConnect?: string | null;
}

/** A real proxy on 127.0.0.1: CONNECT and absolute-form requests. */
export interface TestProxy {
  readonly url: string;
  readonly port: number;
  readonly seen: readonly SeenByProxy[];
  /** All that went through its tunnels towards the servers, as it went over the wire. */
  readonly tunnelled: () => string;
  close(): Promise<void>;
}

/** Starts a proxy. */
export async function startProxy(options: ProxyOptions = {}): Promise<TestProxy> {
  const seen: SeenByProxy[] = [];
  const sockets = new Set<Socket>();
  let tunnelled = '';
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const note = ({ method = '', url = '', headers }: IncomingMessage): void =>
    void seen.push({ method, target: url, headers });
  const leadOf = (target: string): number | undefined => options.leads?.[target];
  const mayPass = ({ headers }: IncomingMessage): boolean => {
    const wanted = options.wants?.() ?? null;
    const value = wanted === null ? undefined : `Basic ${Buffer.from(wanted).toString('base64')}`;
    return wanted === null ? options.challenges === undefined : headers['proxy-authorization'] === value;
  };
  const challenges = options.challenges ?? ['Basic realm="house"'];

  const forward = (asked: IncomingMessage, answer: ServerResponse): void => {
    note(asked);
    if (!mayPass(asked)) {
      answer.writeHead(407, { 'Proxy-Authenticate': [...challenges] }).end('Sign in first.');
      return;
    }
    const url = new URL(asked.url ?? '', 'http://none.invalid');
    const port = leadOf(`${url.hostname}:${url.port || '80'}`);
    if (port === undefined) return void answer.writeHead(502).end();
    const headers = { ...asked.headers };
    delete headers['proxy-authorization'];
    const on = sendOn(
      { host: '127.0.0.1', port, path: url.pathname + url.search, method: asked.method, headers },
      (came) => {
        answer.writeHead(came.statusCode ?? 502, came.headers);
        came.pipe(answer);
      },
    );
    on.on('error', () => answer.destroy());
    asked.pipe(on);
  };
  const tunnel = (asked: IncomingMessage, client: Socket): void => {
    note(asked);
    keep(client);
    if (options.rawConnect !== undefined) {
      if (options.rawConnect !== null) client.end(options.rawConnect, 'latin1');
      return;
    }
    const port = leadOf(asked.url ?? '');
    if (!mayPass(asked)) {
      const lines = challenges.map((one) => `Proxy-Authenticate: ${one}\r\n`).join('');
      return void client.end(
        `HTTP/1.1 407 Proxy Authentication Required\r\n${lines}Content-Length: 0\r\n\r\n`,
      );
    }
    if (port === undefined) return void client.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n');
    const server = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\nVia: house\r\n\r\n');
      client.on('data', (chunk: Buffer) => (tunnelled += chunk.toString('latin1')));
      client.pipe(server).pipe(client);
    });
    keep(server);
    server.on('close', () => client.destroy());
    client.on('close', () => server.destroy());
  };

  const proxy = options.tls ? createTlsServer(options.tls, forward) : createServer(forward);
  proxy
    .on('connect', tunnel)
    .on('connection', keep)
    .on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  return {
    url: `${options.tls ? 'https://localhost' : 'http://127.0.0.1'}:${port}`,
    port,
    seen,
    tunnelled: () => tunnelled,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}

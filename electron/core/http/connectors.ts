import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { guardedLookup, type ResolveHost } from './guarded-lookup.ts';
import type { AddressPolicy } from './http-client.ts';
import { openTcp, openTls, type Security } from './open-socket.ts';
import { openProxy, openTunnel, type ProxyLine } from './open-tunnel.ts';
import type { Trust } from './trust.ts';
import type { Hop, Routes } from './way-out.ts';

const connectTimeoutMs = 10_000;
const tunnelHeadTimeoutMs = 15_000;

/** What connections are made of. */
export interface ConnectorsDeps {
  readonly userAgent: string;
  readonly trust: Trust;
  readonly routes: Routes;
  readonly clock: Security['clock'];
  readonly resolveHost: ResolveHost | undefined;
}

/** Makes connections on any way and knows them all. */
export function createConnectors(deps: ConnectorsDeps) {
  const sockets = new Set<Socket>();
  /** Proxies that have asked for a sign-in: they get it without asking again. */
  const signIns = new Set<string>();
  let breaks = 0;
  let sessions = new Map<string, Buffer>();

  const onSocket = (socket: Socket): void => {
    sockets.add(socket);
    socket.once('error', (error: NodeJS.ErrnoException) => {
      // Only this one: undici itself ends a socket with an error when the server has closed it properly.
      if (error.code === 'ECONNRESET') breaks += 1;
    });
    socket.once('close', () => sockets.delete(socket));
  };
  const security = (): Security => ({ trust: deps.trust, clock: deps.clock, sessions });
  const line = (url: string): ProxyLine => ({
    url,
    security: security(),
    connectTimeoutMs,
    onSocket,
    headTimeoutMs: tunnelHeadTimeoutMs,
    userAgent: deps.userAgent,
    credentials: () => deps.routes.credentials(url),
    signIns,
  });
  return {
    signIns,
    /** What undici is to connect with on this way under this policy. */
    along: (hop: Hop, protocol: string, policy: AddressPolicy): buildConnector.connector =>
      fromPromise(async ({ hostname, port }) => {
        const target = {
          host: hostname.replaceAll(/[[\]]/g, ''),
          port: Number(port) || (protocol === 'https:' ? 443 : 80),
          timeoutMs: connectTimeoutMs,
          onSocket,
        };
        if (hop.kind === 'direct') {
          const guarded = { ...target, lookup: guardedLookup(protocol, policy, deps.resolveHost) };
          return protocol === 'https:' ? openTls(guarded, security()) : openTcp(guarded);
        }
        if (protocol === 'http:') return openProxy(line(hop.url));
        const tunnel = await openTunnel(line(hop.url), `${hostname}:${target.port}`);
        return openTls(target, security(), tunnel);
      }),
    /** How many connections have been reset so far. */
    breaks: (): number => breaks,
    /** What was learnt under other settings holds no longer. */
    forget: (): void => {
      sessions = new Map();
      signIns.clear();
    },
    /** Ends every connection, those that are still being made included: behind a silent proxy that takes long. */
    endAll: (): void => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

function fromPromise(open: (options: buildConnector.Options) => Promise<Socket>): buildConnector.connector {
  const settle = async (
    options: buildConnector.Options,
    callback: buildConnector.Callback,
  ): Promise<void> => {
    let socket: Socket;
    try {
      socket = await open(options);
    } catch (error) {
      return callback(error instanceof Error ? error : new Error(String(error)), null);
    }
    callback(null, socket);
  };
  return (options, callback) => void settle(options, callback);
}

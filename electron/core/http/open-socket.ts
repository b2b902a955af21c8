import {
  connect as connectTcp,
  isIP,
  type LookupFunction,
  type Socket,
  type TcpNetConnectOpts,
} from 'node:net';
import { connect as connectTls, type PeerCertificate, type TLSSocket } from 'node:tls';
import { certificateFault, type ClockFacts } from './certificate-fault.ts';
import { certificateCode } from './classify-fault.ts';
import type { Trust } from './trust.ts';

const highWaterMark = 64 * 1024;
const keepAliveAfterMs = 60_000;

/** Where a socket leads. */
export interface SocketTarget {
  readonly host: string;
  readonly port: number;
  /** Looks the name up; the system's way unless told. */
  readonly lookup?: LookupFunction;
  readonly timeoutMs: number;
  /** Told of the socket as soon as there is one, so that a closing client can end it. */
  readonly onSocket: (socket: Socket) => void;
}

/** What securing a connection needs. */
export interface Security {
  readonly trust: Trust;
  readonly clock: () => ClockFacts;
  /** Sessions to go on with, by host: a second connection to it saves a round trip. */
  readonly sessions: Map<string, Buffer>;
}

/** Connects, without a word sent. */
export function openTcp(target: SocketTarget): Promise<Socket> {
  const { host, port, lookup } = target;
  // The types lack the mark, which Node takes as every stream does.
  const options: TcpNetConnectOpts & { highWaterMark: number } = {
    host,
    port,
    highWaterMark,
    ...(lookup ? { lookup } : {}),
  };
  return settled(connectTcp(options), 'connect', target);
}

/**
 * Connects and secures, or secures a connection that is there, and proves the certificate.
 *
 * @throws HttpFault `certificate` or `clock`; anything else as the socket threw it.
 */
export async function openTls(target: SocketTarget, security: Security, over?: Socket): Promise<TLSSocket> {
  const { host, port, lookup } = target;
  const session = security.sessions.get(host);
  const socket = connectTls({
    host,
    port,
    // An address is no server name (RFC 6066, section 3); the certificate is still held against it.
    servername: isIP(host) === 0 ? host : '',
    secureContext: security.trust.context(),
    ALPNProtocols: ['http/1.1'],
    ...(lookup ? { lookup } : {}),
    ...(over ? { socket: over } : {}),
    ...(session ? { session } : {}),
  });
  // When the error arrives, the connection and what was known of it are gone: so it is looked at just before.
  let seen: PeerCertificate | null = null;
  socket.prependOnceListener('secure', () => (seen = socket.getPeerCertificate()));
  socket.on('session', (fresh: Buffer) => keepSession(security.sessions, host, fresh));
  try {
    return await settled(socket, 'secureConnect', target);
  } catch (error) {
    over?.destroy();
    const code = certificateCode(error);
    throw code === null
      ? error
      : certificateFault(code, { host, certificate: seen, clock: security.clock() });
  }
}

function keepSession(sessions: Map<string, Buffer>, host: string, session: Buffer): void {
  sessions.delete(host);
  sessions.set(host, session);
  for (const oldest of sessions.keys()) {
    if (sessions.size <= 100) break;
    sessions.delete(oldest);
  }
}

function settled<S extends Socket>(
  socket: S,
  event: 'connect' | 'secureConnect',
  target: SocketTarget,
): Promise<S> {
  target.onSocket(socket);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, keepAliveAfterMs);
  // Whoever takes the socket listens for its errors; until then one must not end the process.
  socket.on('error', () => undefined);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      socket.destroy(Object.assign(new Error('connect'), { code: 'UND_ERR_CONNECT_TIMEOUT' }));
    }, target.timeoutMs);
    socket.once(event, () => {
      clearTimeout(timer);
      resolve(socket);
    });
    socket.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    socket.once('close', () => {
      clearTimeout(timer);
      reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    });
  });
}

import { connect as connectTcp, isIP, type OnReadOpts, type Socket } from 'node:net';
import { connect as connectTls, createSecureContext, type SecureContext } from 'node:tls';
import { guardedLookup } from '../guarded-lookup.ts';
import type { LaneTarget } from './messages.ts';

const keepAliveAfterMs = 60_000;
const mostSessions = 100;

/** Opens connections whose bytes come straight into a given buffer. */
export interface LaneSockets {
  /** Begins to connect; `onReady` once a request can be sent. The address is checked as the plain client's are. */
  open(target: LaneTarget, onread: OnReadOpts, onReady: () => void): Socket;
  /** The certificates that are believed from now on, as PEM texts. */
  trust(generation: number, authorities: readonly string[]): void;
}

/** Makes connections; keeps what later ones to the same host can go on with. */
export function createLaneSockets(): LaneSockets {
  let trusted: { generation: number; authorities: readonly string[]; context: SecureContext | null } = {
    generation: -1,
    authorities: [],
    context: null,
  };
  let sessions = new Map<string, Buffer>();
  const context = (): SecureContext =>
    (trusted.context ??= createSecureContext({ ca: [...trusted.authorities], minVersion: 'TLSv1.2' }));
  const keepSession = (key: string, session: Buffer): void => {
    sessions.delete(key);
    sessions.set(key, session);
    for (const oldest of sessions.keys()) {
      if (sessions.size <= mostSessions) break;
      sessions.delete(oldest);
    }
  };
  const openTls = (target: LaneTarget, onread: OnReadOpts, onReady: () => void): Socket => {
    const { host, port, policy } = target;
    const key = `${host}:${port}`;
    const session = sessions.get(key);
    // Node takes `onread` for TLS as well; its types do not say so.
    const reading: object = { onread };
    const socket = connectTls(
      {
        host,
        port,
        // An address is no server name (RFC 6066, section 3); the certificate is still held against it.
        servername: isIP(host) === 0 ? host : '',
        secureContext: context(),
        ALPNProtocols: ['http/1.1'],
        lookup: guardedLookup('https:', policy),
        ...(session ? { session } : {}),
        ...reading,
      },
      onReady,
    );
    socket.on('session', (fresh: Buffer) => keepSession(key, fresh));
    return socket;
  };
  return {
    open: (target, onread, onReady) => {
      const { host, port, policy, secure } = target;
      const socket = secure
        ? openTls(target, onread, onReady)
        : connectTcp({ host, port, lookup: guardedLookup('http:', policy), onread }, onReady);
      socket.setNoDelay(true);
      socket.setKeepAlive(true, keepAliveAfterMs);
      return socket;
    },
    trust: (generation, authorities) => {
      trusted = { generation, authorities, context: null };
      sessions = new Map();
    },
  };
}

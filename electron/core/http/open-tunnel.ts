import type { Socket } from 'node:net';
import { classifyFault, hasNoNetwork } from './classify-fault.ts';
import { HttpFault } from './http-client.ts';
import { openTcp, openTls, type Security } from './open-socket.ts';
import { basicValue, offersBasic, signInFault } from './proxy-sign-in.ts';
import type { ProxyCredentials } from './way-out.ts';

const mostHeadBytes = 16 * 1024;

/** A proxy and how it is spoken to. */
export interface ProxyLine {
  /** `http://host:port` or `https://host:port`. */
  readonly url: string;
  readonly security: Security;
  readonly connectTimeoutMs: number;
  readonly onSocket: (socket: Socket) => void;
  readonly headTimeoutMs: number;
  readonly userAgent: string;
  credentials(): Promise<ProxyCredentials | null>;
  /** Whether it has asked for them before: then they are sent at once. */
  readonly signIns: Set<string>;
}

/**
 * A connection to the proxy itself.
 *
 * @throws HttpFault `proxy-unreachable`, or `certificate` for a proxy spoken to over TLS.
 */
export async function openProxy(line: ProxyLine): Promise<Socket> {
  const { hostname, host, protocol, port } = new URL(line.url);
  const target = {
    host: hostname.replaceAll(/[[\]]/g, ''),
    port: Number(port) || (protocol === 'https:' ? 443 : 80),
    timeoutMs: line.connectTimeoutMs,
    onSocket: line.onSocket,
  };
  try {
    return protocol === 'https:' ? await openTls(target, line.security) : await openTcp(target);
  } catch (error) {
    if (error instanceof HttpFault) throw error;
    if (hasNoNetwork(error)) throw classifyFault(error, host);
    const { code = 'no reason given' } = error as NodeJS.ErrnoException;
    throw new HttpFault('proxy-unreachable', `The proxy ${host} cannot be reached (${code}).`);
  }
}

/**
 * A tunnel through the proxy to `authority` (`host:port`), for TLS that the proxy cannot read.
 *
 * @throws HttpFault `proxy-unreachable`, `proxy-sign-in`, `unreachable` when the proxy cannot or will not lead there.
 */
export async function openTunnel(line: ProxyLine, authority: string): Promise<Socket> {
  const known = line.signIns.has(line.url) ? await line.credentials() : null;
  const first = await askForTunnel(line, authority, known);
  if (first.status >= 200 && first.status < 300) return first.socket;
  first.socket.destroy();
  if (first.status === 407 && !known && offersBasic(first.headers)) {
    const credentials = await line.credentials();
    if (credentials) {
      line.signIns.add(line.url);
      const second = await askForTunnel(line, authority, credentials);
      if (second.status >= 200 && second.status < 300) return second.socket;
      second.socket.destroy();
      throw refusal(line, authority, { ...second, signedIn: true });
    }
  }
  throw refusal(line, authority, { ...first, signedIn: known !== null });
}

interface TunnelAnswer {
  readonly status: number;
  /** Values of Proxy-Authenticate. */
  readonly headers: readonly string[];
  readonly socket: Socket;
}

async function askForTunnel(
  line: ProxyLine,
  authority: string,
  credentials: ProxyCredentials | null,
): Promise<TunnelAnswer> {
  const socket = await openProxy(line);
  const lines = [
    `CONNECT ${authority} HTTP/1.1`,
    `Host: ${authority}`,
    `User-Agent: ${line.userAgent}`,
    ...(credentials ? [`Proxy-Authorization: ${basicValue(credentials)}`] : []),
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const { host } = new URL(line.url);
  const head = await readHead(socket, { timeoutMs: line.headTimeoutMs, host }).catch((error: unknown) => {
    socket.destroy();
    throw error;
  });
  return { ...head, socket };
}

/** Reads to the empty line and no further. What a proxy sends behind it, before it was spoken to, is not to be trusted. */
function readHead(
  socket: Socket,
  wait: { timeoutMs: number; host: string },
): Promise<Omit<TunnelAnswer, 'socket'>> {
  return new Promise((resolve, reject) => {
    let text = '';
    const end = (result: Omit<TunnelAnswer, 'socket'> | HttpFault): void => {
      clearTimeout(timer);
      socket.off('data', onData).off('error', onEnd).off('close', onEnd);
      socket.pause();
      if (result instanceof HttpFault) reject(result);
      else resolve(result);
    };
    const onData = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      const at = text.indexOf('\r\n\r\n');
      if (at < 0 && text.length <= mostHeadBytes) return;
      const parsed = at < 0 ? null : parseHead(text.slice(0, at));
      const isSurplus = parsed !== null && parsed.status < 300 && text.length > at + 4;
      if (parsed && !isSurplus) return end(parsed);
      end(new HttpFault('proxy-unreachable', `${wait.host} does not answer as a proxy does.`));
    };
    const onEnd = (): void =>
      end(new HttpFault('proxy-unreachable', `The proxy ${wait.host} broke the connection off.`));
    const timer = setTimeout(
      () => end(new HttpFault('proxy-unreachable', `The proxy ${wait.host} did not answer in time.`)),
      wait.timeoutMs,
    );
    socket.on('data', onData).once('error', onEnd).once('close', onEnd);
  });
}

function parseHead(text: string): Omit<TunnelAnswer, 'socket'> | null {
  const [first = '', ...rest] = text.split('\r\n');
  const status = /^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(first)?.[1];
  if (status === undefined) return null;
  const headers = rest.flatMap((line) => /^proxy-authenticate:\s*(.+)$/i.exec(line)?.[1] ?? []);
  return { status: Number(status), headers };
}

function refusal(
  line: ProxyLine,
  authority: string,
  answer: Omit<TunnelAnswer, 'socket'> & { readonly signedIn: boolean },
): HttpFault {
  const { host } = new URL(line.url);
  if (answer.status === 407) return signInFault(host, answer);
  const why = answer.status === 403 || answer.status === 405 ? 'does not allow' : 'found no way to';
  return new HttpFault('unreachable', `The proxy ${host} ${why} ${authority} (${answer.status}).`);
}

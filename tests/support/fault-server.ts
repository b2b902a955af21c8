import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { SeededBody } from './fault-body.ts';
import type { Identity } from './tls.ts';

/** One request as it came. */
export interface SeenRequest {
  /** 1 for the first request to the server. */
  readonly number: number;
  /** 1 for the first connection to the server. */
  readonly connection: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** First and last byte asked for, or null without a Range header. */
  readonly range: { readonly first: number; readonly last: number } | null;
  /** Body bytes that were handed to the socket. */
  sentBytes: number;
}

/** How one request is answered: an honest answer, changed by whatever is set. */
export interface Behaviour {
  readonly body?: SeededBody;
  readonly etag?: string | null;
  readonly lastModified?: string;
  /** Answers a range with everything and 200. */
  readonly ignoreRange?: boolean;
  readonly ignoreIfRange?: boolean;
  /** Answers any If-Range with everything, even one that matches. */
  readonly refuseIfRange?: boolean;
  /** Moves the start that Content-Range states, and the bytes with it. */
  readonly shiftStart?: number;
  /** Replaces or (null) leaves out headers. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly status?: number;
  /** Sent instead of the file. */
  readonly text?: string;
  /** Ends the body after this many bytes. */
  readonly cutAfter?: number;
  readonly cutBy?: 'fin' | 'rst' | 'stall';
  readonly noLength?: 'chunked' | 'close';
  /** Bytes after the end of the body. */
  readonly extraBytes?: number;
  /** Flips one bit of the byte at this offset of the file. */
  readonly flipBitAt?: number;
  readonly bytesPerSecond?: number;
  readonly stallBeforeHead?: boolean;
  /** Moves the last byte that Content-Range states, and the bytes with it; 0 is where it was asked for. */
  readonly shiftEnd?: number;
  /** Sent as it is; nothing else is. */
  readonly raw?: string;
  /** Sends `raw` again and again, or once but this slowly. */
  readonly rawHow?: { readonly everyMs: number; readonly step?: number };
}

/** What the server is beside its answers. */
export interface FaultServerOptions {
  /** Speaks TLS as this one. */
  readonly tls?: Identity;
  /** Connections at a time; those beyond are reset as soon as they are made. */
  readonly mostConnections?: number;
}

/** A server on raw sockets that can misbehave in every way HTTP forbids. */
export interface FaultServer {
  readonly url: string;
  readonly port: number;
  readonly requests: readonly SeenRequest[];
  /**
   * Body bytes of all answers together, or of those after the first `asked` requests. An answer that nobody reads any
   * more goes on for a moment: only by requests is it told apart what was sent before and after.
   */
  readonly sentBytes: (asked?: number) => number;
  /** How many connections were ever made. */
  readonly connections: () => number;
  /** How many requests were being answered at the same time, at most. */
  readonly mostBusy: () => number;
  /** From now on speaks TLS as another one, or resets the connections beyond so many as soon as they are made. */
  become(change: FaultServerOptions): void;
  /** Cuts every connection, as a server does that has waited for too long. */
  dropConnections(): void;
  close(): Promise<void>;
}

/** Starts a server on 127.0.0.1; `behave` decides for each request. */
export async function startFaultServer(
  behave: (request: SeenRequest) => Behaviour,
  options: FaultServerOptions = {},
): Promise<FaultServer> {
  const requests: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  let busy = 0;
  let mostBusy = 0;
  let mostConnections = options.mostConnections ?? Number.MAX_SAFE_INTEGER;
  const serve = async (socket: Socket, request: SeenRequest): Promise<void> => {
    busy++;
    mostBusy = Math.max(mostBusy, busy);
    const { promise: gone, resolve: onGone } = Promise.withResolvers<void>();
    socket.once('close', onGone);
    await Promise.race([answer(socket, request, behave(request)), gone]);
    socket.off('close', onGone);
    busy--;
  };
  const onConnection = (socket: Socket): void => {
    if (sockets.size >= mostConnections) {
      socket.resetAndDestroy();
      return;
    }
    sockets.add(socket);
    const connection = ++connections;
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    let pending = '';
    let turn = Promise.resolve();
    socket.on('data', (data) => {
      pending += data.toString('latin1');
      for (let end = pending.indexOf('\r\n\r\n'); end >= 0; end = pending.indexOf('\r\n\r\n')) {
        const request = parseRequest(pending.slice(0, end), { number: requests.length + 1, connection });
        pending = pending.slice(end + 4);
        requests.push(request);
        turn = turn.then(() => serve(socket, request));
      }
    });
  };
  const secure = options.tls ? createTlsServer(options.tls, onConnection) : null;
  const server = secure ?? createServer(onConnection);
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    requests,
    sentBytes: (asked = 0) => requests.slice(asked).reduce((sum, request) => sum + request.sentBytes, 0),
    connections: () => connections,
    mostBusy: () => mostBusy,
    become: (change) => {
      if (change.tls) secure?.setSecureContext(change.tls);
      mostConnections = change.mostConnections ?? mostConnections;
    },
    dropConnections: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function parseRequest(head: string, place: { number: number; connection: number }): SeenRequest {
  const [line = '', ...lines] = head.split('\r\n');
  const headers: Record<string, string> = {};
  for (const one of lines) {
    const colon = one.indexOf(':');
    headers[one.slice(0, colon).toLowerCase()] = one.slice(colon + 1).trim();
  }
  const range = /^bytes=(\d+)-(\d+)$/.exec(headers['range'] ?? '');
  return {
    ...place,
    path: line.split(' ')[1] ?? '',
    headers,
    range: range ? { first: Number(range[1]), last: Number(range[2]) } : null,
    sentBytes: 0,
  };
}

async function answer(socket: Socket, request: SeenRequest, how: Behaviour): Promise<void> {
  if (how.stallBeforeHead) return;
  if (how.raw !== undefined) return sendRaw(socket, how.raw, how.rawHow);
  const plan = planAnswer(request, how);
  const lines = Object.entries(plan.headers).map(([name, value]) => `${name}: ${value}`);
  socket.write(`HTTP/1.1 ${plan.status} Fault\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  await sendBody(socket, request, { how, plan });
}

async function sendRaw(socket: Socket, raw: string, how: Behaviour['rawHow']): Promise<void> {
  if (!how) return void socket.write(raw, 'latin1');
  const step = how.step ?? raw.length;
  for (let at = 0; !socket.destroyed; at = (at + step) % raw.length) {
    socket.write(raw.slice(at, at + step), 'latin1');
    await new Promise((resolve) => setTimeout(resolve, how.everyMs));
  }
}

interface Plan {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly bytesOf: (start: number, end: number) => Buffer;
  readonly start: number;
  readonly end: number;
}

function planAnswer(request: SeenRequest, how: Behaviour): Plan {
  const headers: Record<string, string> = {};
  let plan: Omit<Plan, 'headers'>;
  if (how.text !== undefined || how.body === undefined) {
    const text = Buffer.from(how.text ?? '');
    plan = {
      status: how.status ?? 200,
      start: 0,
      end: text.byteLength,
      bytesOf: (a, b) => text.subarray(a, b),
    };
  } else plan = planFile(request, how, headers);
  if (how.noLength === 'chunked') headers['Transfer-Encoding'] = 'chunked';
  else if (how.noLength === 'close') headers['Connection'] = 'close';
  else headers['Content-Length'] = String(plan.end - plan.start);
  for (const [name, value] of Object.entries(how.headers ?? {})) {
    if (value === null) delete headers[name];
    else headers[name] = value;
  }
  return { ...plan, headers };
}

function planFile(
  request: SeenRequest,
  how: Behaviour,
  headers: Record<string, string>,
): Omit<Plan, 'headers'> {
  const body = how.body as SeededBody;
  if (how.etag != null) headers['ETag'] = how.etag;
  if (how.lastModified !== undefined) headers['Last-Modified'] = how.lastModified;
  headers['Content-Type'] = 'video/mp4';
  const condition = request.headers['if-range'];
  const holds =
    condition === undefined || how.ignoreIfRange || condition === how.etag || condition === how.lastModified;
  const wanted =
    how.ignoreRange || !holds || (condition !== undefined && how.refuseIfRange) ? null : request.range;
  if (wanted && wanted.first >= body.sizeBytes) {
    headers['Content-Range'] = `bytes */${body.sizeBytes}`;
    return { status: how.status ?? 416, start: 0, end: 0, bytesOf: () => Buffer.alloc(0) };
  }
  const start = (wanted?.first ?? 0) + (wanted ? (how.shiftStart ?? 0) : 0);
  const end = wanted ? Math.min(wanted.last + 1 + (how.shiftEnd ?? 0), body.sizeBytes) : body.sizeBytes;
  if (wanted) headers['Content-Range'] = `bytes ${start}-${end - 1}/${body.sizeBytes}`;
  const bytesOf = (from: number, to: number): Buffer => {
    const bytes = body.slice(from, to);
    const flip = (how.flipBitAt ?? -1) - from;
    if (flip >= 0 && flip < bytes.byteLength) bytes[flip] = (bytes[flip] ?? 0) ^ 1;
    return bytes;
  };
  return { status: how.status ?? (wanted ? 206 : 200), start, end, bytesOf };
}

async function sendBody(
  socket: Socket,
  request: SeenRequest,
  { how, plan }: { how: Behaviour; plan: Plan },
): Promise<void> {
  const step =
    how.bytesPerSecond === undefined ? 256 * 1024 : Math.max(1, Math.ceil(how.bytesPerSecond / 50));
  const end = Math.min(plan.end, plan.start + (how.cutAfter ?? Number.MAX_SAFE_INTEGER));
  for (let at = plan.start; at < end; at += step) {
    if (socket.destroyed) return;
    const bytes = plan.bytesOf(at, Math.min(end, at + step));
    request.sentBytes += bytes.byteLength;
    if (how.noLength === 'chunked') socket.write(`${bytes.byteLength.toString(16)}\r\n`);
    const room = socket.write(bytes);
    if (how.noLength === 'chunked') socket.write('\r\n');
    if (how.bytesPerSecond !== undefined) await new Promise((resolve) => setTimeout(resolve, 20));
    else if (!room && !(await drained(socket))) return;
  }
  if (how.extraBytes !== undefined) socket.write(Buffer.alloc(how.extraBytes, 120));
  if (how.cutAfter !== undefined && end < plan.end) {
    if (how.cutBy === 'stall') return;
    // A reset throws away what is still on its way, so it is given a moment to arrive.
    await new Promise((resolve) => setTimeout(resolve, 10));
    if (how.cutBy === 'rst') socket.resetAndDestroy();
    else socket.end();
    return;
  }
  if (how.noLength === 'chunked') socket.write('0\r\n\r\n');
  if (how.noLength === 'close') socket.end();
}

function drained(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    const done = (ok: boolean) => (): void => {
      socket.off('drain', onDrain);
      socket.off('close', onClose);
      resolve(ok);
    };
    const onDrain = done(true);
    const onClose = done(false);
    socket.on('drain', onDrain);
    socket.on('close', onClose);
    if (socket.destroyed) onClose();
  });
}

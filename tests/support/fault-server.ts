import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { SeededBody } from './fault-body.ts';

/** One request as it came. */
export interface SeenRequest {
  /** 1 for the first request to the server. */
  readonly number: number;
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
  /** Sent as it is; nothing else is. */
  readonly raw?: string;
}

/** A server on raw sockets that can misbehave in every way HTTP forbids. */
export interface FaultServer {
  readonly url: string;
  readonly port: number;
  readonly requests: readonly SeenRequest[];
  /** Body bytes of all answers together. */
  readonly sentBytes: () => number;
  /** How many connections were ever made. */
  readonly connections: () => number;
  close(): Promise<void>;
}

/** Starts a server on 127.0.0.1; `behave` decides for each request. */
export async function startFaultServer(behave: (request: SeenRequest) => Behaviour): Promise<FaultServer> {
  const requests: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    connections++;
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    let pending = '';
    let turn = Promise.resolve();
    socket.on('data', (data) => {
      pending += data.toString('latin1');
      for (let end = pending.indexOf('\r\n\r\n'); end >= 0; end = pending.indexOf('\r\n\r\n')) {
        const request = parseRequest(pending.slice(0, end), requests.length + 1);
        pending = pending.slice(end + 4);
        requests.push(request);
        turn = turn.then(() => answer(socket, request, behave(request)));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    sentBytes: () => requests.reduce((sum, request) => sum + request.sentBytes, 0),
    connections: () => connections,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function parseRequest(head: string, number: number): SeenRequest {
  const [line = '', ...lines] = head.split('\r\n');
  const headers: Record<string, string> = {};
  for (const one of lines) {
    const colon = one.indexOf(':');
    headers[one.slice(0, colon).toLowerCase()] = one.slice(colon + 1).trim();
  }
  const range = /^bytes=(\d+)-(\d+)$/.exec(headers['range'] ?? '');
  return {
    number,
    path: line.split(' ')[1] ?? '',
    headers,
    range: range ? { first: Number(range[1]), last: Number(range[2]) } : null,
    sentBytes: 0,
  };
}

async function answer(socket: Socket, request: SeenRequest, how: Behaviour): Promise<void> {
  if (how.stallBeforeHead) return;
  if (how.raw !== undefined) return void socket.write(how.raw, 'latin1');
  const plan = planAnswer(request, how);
  const lines = Object.entries(plan.headers).map(([name, value]) => `${name}: ${value}`);
  socket.write(`HTTP/1.1 ${plan.status} Fault\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  await sendBody(socket, request, { how, plan });
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
  const end = wanted ? Math.min(wanted.last + 1, body.sizeBytes) : body.sizeBytes;
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

import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';

/** A request as it was asked. */
export interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

/** What a played source answers; an ETag is made of the body unless there is one among the headers. */
export interface Reply {
  readonly status?: number;
  readonly contentType: string;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What goes wrong with one answer. */
export type Wrong =
  /** The body ends in its middle. */
  | 'cut'
  /** A page of words in HTML, with status 200. */
  | 'html'
  /** Status 503. */
  | 'error'
  /** Status 200 and nothing. */
  | 'empty'
  /** The connection is closed without an answer. */
  | 'hang-up'
  /** To the same address under `/moved`, once. */
  | 'redirect'
  /** A part of the body with status 206, which nobody asked for. */
  | 'partial'
  /** "Not modified" to who knows nothing. */
  | 'unmodified'
  /** The body packed with gzip, though it was asked for plain. */
  | 'packed'
  /** The same, cut off. */
  | 'packed-cut'
  /** The same, of a body that unpacks to a hundred megabytes. */
  | 'bomb'
  /** A `Content-Length` that promises more than comes. */
  | 'short'
  /** Called `application/octet-stream`, whatever it is. */
  | 'octets';

/** A server of one test, honest until told to be otherwise. */
export interface PlayServer {
  readonly url: string;
  readonly asked: Asked[];
  /** Decides for each request whether it goes wrong; null leaves all of them honest. */
  wrong: ((asked: Asked, nth: number) => Wrong | null) | null;
  /** Answers to these carried a body; a 304 carries none. */
  bodies: number;
}

/** Serves what `respond` says; null is 404. Closed with the test. */
export async function playServer(respond: (asked: Asked, base: string) => Reply | null): Promise<PlayServer> {
  const server = createServer((request, response) => answer(request, response));
  const played: PlayServer = { url: '', asked: [], wrong: null, bodies: 0 };
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const moved = url.pathname.startsWith('/moved/');
    const path = moved ? url.pathname.slice('/moved'.length) : url.pathname;
    const asked = { path, query: url.searchParams, headers: request.headers };
    played.asked.push(asked);
    const wrong = moved ? null : (played.wrong?.(asked, played.asked.length) ?? null);
    if (wrong === 'hang-up') response.destroy();
    else if (wrong === 'redirect') response.writeHead(302, { location: `/moved${request.url}` }).end();
    else if (wrong === 'short') sendShort(response, respond(asked, played.url));
    else send(played, { request, response }, wrongReply(wrong, respond(asked, played.url)));
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return Object.assign(played, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

function wrongReply(wrong: Wrong | null, reply: Reply | null): Reply | null {
  if (reply === null) return null;
  const bytes = Buffer.from(reply.body);
  if (wrong === 'cut') return { ...reply, body: bytes.subarray(0, Math.floor(bytes.length * 0.6)) };
  if (wrong === 'empty') return { ...reply, body: '' };
  if (wrong === 'partial') return { ...reply, status: 206, body: bytes.subarray(0, 100) };
  if (wrong === 'unmodified') return { ...reply, status: 304, body: '' };
  if (wrong === 'octets') return { ...reply, contentType: 'application/octet-stream' };
  if (wrong?.startsWith('packed') || wrong === 'bomb') return packedReply(reply, wrong);
  if (wrong === 'error') return { status: 503, contentType: 'text/plain', body: 'Under maintenance.' };
  if (wrong !== 'html') return reply;
  const body = '<!doctype html><title>Sign in</title><h1>Please sign in to the network</h1>';
  return { status: 200, contentType: 'text/html', body };
}

function packedReply(reply: Reply, wrong: Wrong): Reply {
  const packed = gzipSync(wrong === 'bomb' ? Buffer.alloc(100 * 1024 * 1024, 0x20) : reply.body);
  const body = wrong === 'packed-cut' ? packed.subarray(0, Math.floor(packed.length * 0.6)) : packed;
  return { ...reply, body, headers: { ...reply.headers, 'content-encoding': 'gzip' } };
}

function sendShort(response: ServerResponse, reply: Reply | null): void {
  const body = Buffer.from(reply?.body ?? '');
  response.writeHead(200, {
    'content-type': reply?.contentType ?? 'text/plain',
    'content-length': body.length + 1000,
  });
  response.write(body, () => response.destroy());
}

function send(
  played: PlayServer,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
  reply: Reply | null,
): void {
  if (reply === null) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('There is nothing here.');
    return;
  }
  const etag =
    reply.headers?.['etag'] ?? `"${createHash('sha1').update(reply.body).digest('hex').slice(0, 16)}"`;
  const status = reply.status ?? 200;
  if (status === 200 && request.headers['if-none-match'] === etag) {
    response.writeHead(304, { etag }).end();
    return;
  }
  played.bodies++;
  response
    .writeHead(status, {
      ...reply.headers,
      ...(status === 200 ? { etag } : {}),
      'content-type': reply.contentType,
    })
    .end(reply.body);
}

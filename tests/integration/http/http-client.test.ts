import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { SecureVersion } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpClient, type HttpClientDeps } from '../../../electron/core/http/create-http-client.ts';
import { HttpFault, type AddressPolicy, type HttpClient } from '../../../electron/core/http/http-client.ts';
import { seededBody } from '../../support/fault-body.ts';
import {
  startFaultServer,
  type Behaviour,
  type FaultServer,
  type SeenRequest,
} from '../../support/fault-server.ts';
import { makeAuthority } from '../../support/tls.ts';

const loose: AddressPolicy = { insecureHttp: true, allowPrivate: true };
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

const open: Array<{ close(): Promise<void> }> = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function serve(behave: (request: SeenRequest) => Behaviour): Promise<FaultServer> {
  const server = await startFaultServer(behave);
  open.push(server);
  return server;
}

function clientOf(deps: Partial<HttpClientDeps> = {}): HttpClient {
  const client = createHttpClient({ userAgent: 'Rushes test', log, ...deps });
  open.push(client);
  return client;
}

async function kindOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'no fault';
  } catch (error) {
    if (!(error instanceof HttpFault)) throw error;
    return error.message.includes('canary') ? 'a fault that tells a secret' : error.kind;
  }
}

it('asks for the bytes as they are and sends what it is given', async () => {
  const server = await serve(() => ({
    text: '{"ok":true}',
    headers: { 'Content-Type': 'application/json' },
  }));
  const client = clientOf();
  const response = await client.request({
    url: `${server.url}/a?b=c`,
    method: 'GET',
    headers: { 'Accept-Encoding': 'gzip', 'X-Thing': '1' },
    policy: loose,
  });
  expect(response).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
  expect(await response.json()).toEqual({ ok: true });
  expect(server.requests[0]).toMatchObject({
    path: '/a?b=c',
    headers: { 'accept-encoding': 'identity', 'user-agent': 'Rushes test', 'x-thing': '1' },
  });
});

it('never follows a redirect', async () => {
  const server = await serve(() => ({ status: 302, text: '', headers: { Location: '/b' } }));
  const response = await clientOf().request({ url: server.url, policy: loose });
  expect(response).toMatchObject({ status: 302, headers: { location: '/b' } });
  await response.discard();
  expect(server.requests.length).toBe(1);
});

it('uses a connection again when a body was read or let go', async () => {
  const server = await serve(() => ({ text: 'x'.repeat(500) }));
  const client = clientOf();
  for (let count = 0; count < 4; count++) {
    const response = await client.request({ url: server.url, policy: loose });
    if (count % 2 === 0) await response.bytes();
    else await response.discard();
  }
  expect(server.requests.length).toBe(4);
  // A request made in the very moment in which a body ends may still find its connection taken.
  expect(server.connections()).toBeLessThanOrEqual(2);
});

it('takes no more than it was told to', async () => {
  const server = await serve(() => ({ body: seededBody(100_000) }));
  const response = await clientOf().request({ url: server.url, policy: loose });
  expect(await kindOf(response.bytes(50_000))).toBe('bad-content');
});

describe('a fault', () => {
  it.each<[string, Behaviour, string]>([
    ['a body cut short', { body: seededBody(5000), cutAfter: 100 }, 'disconnected'],
    ['a reset', { body: seededBody(5000), cutAfter: 100, cutBy: 'rst' }, 'disconnected'],
    ['a cut chunked body', { body: seededBody(5000), cutAfter: 100, noLength: 'chunked' }, 'disconnected'],
    [
      'a reset of a body without a length',
      { body: seededBody(5000), cutAfter: 100, cutBy: 'rst', noLength: 'close' },
      'disconnected',
    ],
    ['silence in the body', { body: seededBody(5000), cutAfter: 100, cutBy: 'stall' }, 'timeout'],
    ['silence before the head', { stallBeforeHead: true }, 'timeout'],
    ['a flood of 1xx', { raw: 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(500) }, 'timeout'],
    ['nonsense', { raw: 'SSH-2.0-OpenSSH\r\n\r\n' }, 'protocol'],
    ['100 kB of headers', { raw: `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}\r\n\r\n` }, 'protocol'],
    [
      'two lengths',
      { raw: 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab' },
      'protocol',
    ],
    [
      'a length of 2^65',
      { raw: 'HTTP/1.1 200 OK\r\nContent-Length: 36893488147419103232\r\n\r\n' },
      'protocol',
    ],
    ['NUL in a header', { raw: 'HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n' }, 'protocol'],
    [
      'a wrong chunk',
      { raw: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n' },
      'protocol',
    ],
    ['no JSON', { text: '<html>' }, 'bad-content'],
  ])('is told for %s', async (_name, behaviour, kind) => {
    const server = await serve(() => behaviour);
    const client = clientOf();
    const work = async (): Promise<unknown> => {
      const limits = { headTimeoutMs: 300, idleTimeoutMs: 200 };
      const response = await client.request({ url: `${server.url}/?canary`, policy: loose, ...limits });
      return response.json();
    };
    expect(await kindOf(work())).toBe(kind);
  });

  it('is told when nobody listens and when the request is cancelled', async () => {
    const server = await serve(() => ({ stallBeforeHead: true }));
    const client = clientOf();
    const signal = AbortSignal.timeout(30);
    expect(await kindOf(client.request({ url: server.url, policy: loose, signal }))).toBe('cancelled');
    const { url } = server;
    await server.close();
    open.splice(0, 1);
    expect(await kindOf(client.request({ url, policy: loose }))).toBe('unreachable');
  });

  it('is not told for a slow reader', async () => {
    const server = await serve(() => ({ body: seededBody(300_000) }));
    const response = await clientOf().request({ url: server.url, policy: loose, idleTimeoutMs: 60 });
    let bytes = 0;
    for await (const chunk of response.chunks()) {
      bytes += chunk.byteLength;
      if (bytes < 150_000) await new Promise((resolve) => setTimeout(resolve, 90));
    }
    expect(bytes).toBe(300_000);
  });
});

describe('an address', () => {
  it('is refused before anything is sent', async () => {
    const server = await serve(() => ({ text: '' }));
    const client = clientOf();
    const strict = { insecureHttp: false, allowPrivate: false };
    expect(await kindOf(client.request({ url: server.url, policy: strict }))).toBe('refused-address');
    const noPrivate = { insecureHttp: true, allowPrivate: false };
    expect(await kindOf(client.request({ url: server.url, policy: noPrivate }))).toBe('refused-address');
    const local = `http://localhost:${server.port}/`;
    expect(await kindOf(client.request({ url: local, policy: noPrivate }))).toBe('refused-address');
    expect(server.requests.length).toBe(0);
  });

  it('is allowed on loopback for the own host', async () => {
    const server = await serve(() => ({ text: '1' }));
    const policy = { insecureHttp: false, allowPrivate: false, loopbackHost: '127.0.0.1' };
    expect(await (await clientOf().request({ url: server.url, policy })).json()).toBe(1);
  });

  it('is checked where the socket connects, so that a name cannot change its mind', async () => {
    const server = await serve(() => ({ text: '1' }));
    const client = clientOf({
      resolveHost: (_hostname, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
    });
    const url = `http://rebound.test:${server.port}/`;
    const policy = { insecureHttp: true, allowPrivate: false };
    expect(await kindOf(client.request({ url, policy }))).toBe('refused-address');
    expect(server.requests.length).toBe(0);
    expect(await (await client.request({ url, policy: loose })).json()).toBe(1);
    // The connection that the loose policy opened is not lent to the strict one.
    expect(await kindOf(client.request({ url, policy }))).toBe('refused-address');
  });
});

describe('TLS', () => {
  const authority = makeAuthority();

  async function secure(name: string, maxVersion: SecureVersion): Promise<number> {
    const limits = maxVersion === 'TLSv1.1' ? { ciphers: 'ALL@SECLEVEL=0' } : {};
    const server = createServer(
      { ...authority.issue({ names: [name] }), minVersion: 'TLSv1', maxVersion, ...limits },
      (_request, response) => response.end('1'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push({
      close: async () => {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      },
    });
    return (server.address() as AddressInfo).port;
  }

  it('is trusted with a known certificate only, for its own name only, and from 1.2 on', async () => {
    const good = await secure('localhost', 'TLSv1.3');
    const enough = await secure('localhost', 'TLSv1.2');
    const old = await secure('localhost', 'TLSv1.1');
    const policy = { insecureHttp: false, allowPrivate: true };
    const ask = (client: HttpClient, url: string) => client.request({ url, policy });
    const trusting = clientOf({ certificates: [authority.cert] });
    expect(await (await ask(trusting, `https://localhost:${good}/`)).json()).toBe(1);
    expect(await (await ask(trusting, `https://localhost:${enough}/`)).json()).toBe(1);
    expect(await kindOf(ask(trusting, `https://127.0.0.1:${good}/`))).toBe('certificate');
    expect(await kindOf(ask(trusting, `https://localhost:${old}/`))).toBe('protocol');
    expect(await kindOf(ask(clientOf(), `https://localhost:${good}/`))).toBe('certificate');
  });
});

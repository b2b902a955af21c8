import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createHttpClient } from '../../../electron/core/http/create-http-client.ts';
import type { AddressPolicy } from '../../../electron/core/http/http-client.ts';
import { createTrust } from '../../../electron/core/http/trust.ts';
import { createAsker, type Asker } from '../../../electron/core/sources/asker.ts';
import { createHostQueue } from '../../../electron/core/sources/host-queue.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { codeOf } from '../core/test-core.ts';

const policy: AddressPolicy = { insecureHttp: false, allowPrivate: false, loopbackHost: '127.0.0.1' };
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

interface Played {
  readonly url: string;
  readonly asked: { readonly path: string; readonly headers: IncomingMessage['headers'] }[];
}

/** A server that answers as told, by path. */
async function play(answers: Record<string, (response: ServerResponse) => void>): Promise<Played> {
  const asked: Played['asked'] = [];
  const server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', headers: request.headers });
    const answer = answers[request.url ?? ''];
    if (answer) answer(response);
    else response.writeHead(404, { 'content-type': 'text/plain' }).end('nothing');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function anAsker(wanted: { now?: () => number; onMoved?: (from: string, to: string) => void } = {}): Asker {
  const http = createHttpClient({ userAgent: 'Rushes test', log, trust: createTrust({ log }) });
  onTestFinished(() => http.close());
  const now = wanted.now ?? Date.now;
  const { onMoved } = wanted;
  const queue = createHostQueue({ now });
  return createAsker({ http, queue, policy, now, ...(onMoved ? { onMoved } : {}) });
}

const { signal } = new AbortController();
const text = (body: Uint8Array): string => new TextDecoder().decode(body);
const to = (location: string, status: number) => (response: ServerResponse) =>
  void response.writeHead(status, { location }).end();

test('an answer comes with its type and what it was marked with, and is not sent again when it is known', async () => {
  const marks = { etag: '"one"', 'last-modified': 'Mon, 08 Sep 2025 10:00:00 GMT' };
  const server = await play({
    '/feed': (response) =>
      void response.writeHead(200, { ...marks, 'content-type': 'text/xml' }).end('<rss/>'),
  });
  const ask = anAsker();
  const first = await ask.get({ url: `${server.url}/feed`, accept: 'text/xml', signal });
  expect(first).toMatchObject({
    status: 200,
    contentType: 'text/xml',
    movedTo: null,
    url: `${server.url}/feed`,
  });
  expect(first.validators).toEqual({ etag: '"one"', lastModified: marks['last-modified'] });
  expect(text(first.body)).toBe('<rss/>');
  await ask.get({ url: `${server.url}/feed`, known: first.validators, signal });
  expect(server.asked[0]?.headers).toMatchObject({ accept: 'text/xml', 'user-agent': 'Rushes test' });
  expect(server.asked[1]?.headers).toMatchObject({
    'if-none-match': '"one"',
    'if-modified-since': marks['last-modified'],
  });
  expect(ask.asked()).toBe(2);
});

test('"not modified" is an answer to who knows one, and none to who does not', async () => {
  const server = await play({ '/feed': (response) => void response.writeHead(304, { etag: '"one"' }).end() });
  const known = { etag: '"one"', lastModified: null };
  expect(await anAsker().get({ url: `${server.url}/feed`, known, signal })).toMatchObject({ status: 304 });
  expect(await codeOf(anAsker().get({ url: `${server.url}/feed`, signal }))).toBe('SOURCE_UNAVAILABLE');
});

test.each([
  [404, 'NOT_FOUND'],
  [410, 'NOT_FOUND'],
  [401, 'KEY_NEEDED'],
  [403, 'KEY_NEEDED'],
  [202, 'SOURCE_UNAVAILABLE'],
  [204, 'SOURCE_UNAVAILABLE'],
  [429, 'SOURCE_UNAVAILABLE'],
  [500, 'SOURCE_UNAVAILABLE'],
])('status %i is %s, with what came back', async (status, code) => {
  const server = await play({
    '/': (response) =>
      void response
        .writeHead(status, { 'content-type': 'text/html' })
        .end(status === 204 ? '' : '<style>p{}</style><p>Not <b>here</b>\u202e</p>'),
  });
  const error = await anAsker()
    .get({ url: `${server.url}/`, signal })
    .catch((one: unknown) => one);
  expect(error).toMatchObject({ code });
  const words = status === 204 ? '' : ' · Not here';
  expect((error as RushesError).facts.detail).toBe(`status ${status} · text/html${words}`);
});

test('the words of a source for its own errors are heard', async () => {
  const server = await play({
    '/': (response) => void response.writeHead(400, { 'content-type': 'application/json' }).end('{"code":7}'),
  });
  const readRefusal = ({ status, body }: { status: number; body: Uint8Array }): RushesError | null =>
    status === 400 && text(body).includes('7') ? new RushesError('CONFLICT', 'Seven.') : null;
  expect(await codeOf(anAsker().get({ url: server.url, readRefusal, signal }))).toBe('CONFLICT');
});

test('a redirect is followed; one for good is told, as long as each step of it was', async () => {
  const moved: [string, string][] = [];
  const server = await play({
    '/old': (response) => to('/new', 301)(response),
    '/new': (response) => to('/today', 302)(response),
    '/today': (response) => void response.end('here'),
    '/older': (response) => to('/old', 308)(response),
  });
  const ask = anAsker({ onMoved: (from, at) => void moved.push([from, at]) });
  const answer = await ask.get({ url: `${server.url}/older`, signal });
  expect(answer).toMatchObject({ url: `${server.url}/today`, movedTo: `${server.url}/new` });
  expect(moved).toEqual([[`${server.url}/older`, `${server.url}/new`]]);
  await ask.get({ url: `${server.url}/new`, signal });
  expect(moved).toHaveLength(1);
});

test('a redirect never leads where the source may not go, and never without end', async () => {
  const other = await play({ '/': (response) => void response.end('other') });
  const server = await play({
    '/away': to(other.url.replace('127.0.0.1', 'localhost'), 302),
    '/plain': to('http://93.184.216.34/', 301),
    '/round': to('/round', 302),
  });
  const ask = anAsker();
  expect(await codeOf(ask.get({ url: `${server.url}/away`, signal }))).toBe('ADDRESS_REFUSED');
  expect(await codeOf(ask.get({ url: `${server.url}/plain`, signal }))).toBe('ADDRESS_REFUSED');
  expect(await codeOf(ask.get({ url: `${server.url}/round`, signal }))).toBe('SOURCE_UNAVAILABLE');
  expect(server.asked.length).toBeLessThan(12);
  expect(other.asked).toEqual([]);
});

test('a key in the headers goes to the host it is for, and not to where that one sends', async () => {
  const other = await play({ '/': (response) => void response.end('other') });
  const server = await play({ '/': to(`${other.url}/`, 302) });
  await anAsker().get({ url: `${server.url}/`, headers: { authorization: 'Bearer key' }, signal });
  expect(server.asked[0]?.headers.authorization).toBe('Bearer key');
  expect(other.asked[0]?.headers.authorization).toBeUndefined();
});

test('a connection that is closed is the network’s fault, an answer too large the source’s', async () => {
  const server = await play({
    '/gone': (response) => void response.destroy(),
    '/large': (response) => void response.end('x'.repeat(5000)),
  });
  const ask = anAsker();
  expect(await codeOf(ask.get({ url: `${server.url}/gone`, signal }))).toBe('NETWORK_UNAVAILABLE');
  expect(await codeOf(ask.get({ url: `${server.url}/large`, maxBytes: 4000, signal }))).toBe(
    'SOURCE_UNAVAILABLE',
  );
});

test('a host is asked one thing at a time, whoever asks', async () => {
  let open = 0;
  let most = 0;
  const server = await play({
    '/': (response) => {
      most = Math.max(most, ++open);
      setTimeout(() => {
        open--;
        response.end('here');
      }, 15);
    },
  });
  const ask = anAsker();
  await Promise.all(Array.from({ length: 6 }, () => ask.get({ url: `${server.url}/`, signal })));
  expect(most).toBe(1);
});

test('a host that asks to be left alone is, for a moment; for longer it is not waited for', async () => {
  let rest = '1';
  const server = await play({
    '/busy': (response) => void response.writeHead(503, { 'retry-after': rest }).end(),
    '/': (response) => void response.end('here'),
  });
  const ask = anAsker();
  const started = performance.now();
  await expect(ask.get({ url: `${server.url}/busy`, signal })).rejects.toMatchObject({
    facts: { retryAfterMs: 1000 },
  });
  await ask.get({ url: `${server.url}/`, signal });
  expect(performance.now() - started).toBeGreaterThan(900);
  rest = '3600';
  await ask.get({ url: `${server.url}/busy`, signal }).catch(() => undefined);
  const asked = server.asked.length;
  const error = await ask.get({ url: `${server.url}/`, signal }).catch((one: unknown) => one);
  expect(error).toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  expect((error as RushesError).facts.retryAfterMs).toBeGreaterThan(3_500_000);
  expect(server.asked).toHaveLength(asked);
});

test('who gives up waits for no turn, and lets the next one have it', async () => {
  const held = Promise.withResolvers<void>();
  const server = await play({
    '/slow': (response) => void held.promise.then(() => response.end('slow')),
    '/': (response) => void response.end('here'),
  });
  const ask = anAsker();
  const slow = ask.get({ url: `${server.url}/slow`, signal });
  const abort = new AbortController();
  const given = codeOf(ask.get({ url: `${server.url}/`, signal: abort.signal }));
  const next = ask.get({ url: `${server.url}/`, signal });
  abort.abort();
  held.resolve();
  expect(await given).toBe('CANCELLED');
  expect(text((await slow).body)).toBe('slow');
  expect(text((await next).body)).toBe('here');
  expect(server.asked).toHaveLength(2);
});

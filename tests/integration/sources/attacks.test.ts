import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createHttpClient } from '../../../electron/core/http/create-http-client.ts';
import { createTrust } from '../../../electron/core/http/trust.ts';
import { createAsker, type Asker } from '../../../electron/core/sources/asker.ts';
import { createHostQueue } from '../../../electron/core/sources/host-queue.ts';
import { codeOf } from '../core/test-core.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const { signal } = new AbortController();

/** A server that answers by path, ended with the test whatever it is still sending. */
async function hostile(answer: (path: string, response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => answer(request.url ?? '/', response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function anAsker(wanted: { now?: () => number; longestAnswerMs?: number } = {}): Asker {
  const http = createHttpClient({ userAgent: 'Rushes test', log, trust: createTrust({ log }) });
  onTestFinished(() => http.close());
  const now = wanted.now ?? Date.now;
  const policy = { insecureHttp: false, allowPrivate: false, loopbackHost: '127.0.0.1' };
  return createAsker({ now, ...wanted, http, policy, queue: createHostQueue({ now }) });
}

/** A byte every few milliseconds, without end: never silent, never done. */
function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/xml' });
  const timer = setInterval(() => response.write(' '), 5);
  response.on('close', () => clearInterval(timer));
}

test('a host that drips without end is given up, and the next question has its turn', async () => {
  const url = await hostile((path, response) =>
    path === '/drip' ? drip(response) : void response.writeHead(200).end('well'),
  );
  const ask = anAsker({ longestAnswerMs: 300 });
  const dripping = codeOf(ask.get({ url: `${url}/drip`, signal }));
  const next = ask.get({ url: `${url}/next`, signal });
  expect(await dripping).toBe('SOURCE_UNAVAILABLE');
  expect((await next).status).toBe(200);
});

test('whoever is cancelled in the queue of a slow host goes at once, and nobody overtakes for it', async () => {
  let open = 0;
  let most = 0;
  const held: ServerResponse[] = [];
  const url = await hostile((_path, response) => {
    most = Math.max(most, ++open);
    response.on('close', () => open--);
    held.push(response);
  });
  const ask = anAsker();
  const first = ask.get({ url: `${url}/first`, signal });
  const leaving = new AbortController();
  const second = codeOf(ask.get({ url: `${url}/second`, signal: leaving.signal }));
  const third = ask.get({ url: `${url}/third`, signal });
  await expect.poll(() => held.length).toBe(1);
  leaving.abort();
  expect(await second).toBe('CANCELLED');
  expect(held).toHaveLength(1);
  held[0]?.writeHead(200).end('one');
  await first;
  await expect.poll(() => held.length).toBe(2);
  held[1]?.writeHead(200).end('three');
  await third;
  expect(most).toBe(1);
});

test('a clock that is set back by years does not close the hosts that were asked before', async () => {
  let nowMs = Date.UTC(2035, 0, 1);
  const url = await hostile(
    (_path, response) => void response.writeHead(200, { 'retry-after': '3600' }).end(),
  );
  const ask = anAsker({ now: () => nowMs });
  await ask.get({ url, signal });
  expect(await codeOf(ask.get({ url, signal }))).toBe('SOURCE_UNAVAILABLE');
  nowMs = Date.UTC(2025, 0, 1);
  expect((await ask.get({ url, signal })).status).toBe(200);
});

test('a host cannot close itself for longer than a day by a header', async () => {
  let nowMs = Date.UTC(2025, 0, 1);
  const for9s = (_path: string, response: ServerResponse): void =>
    void response.writeHead(200, { 'retry-after': '9'.repeat(400) }).end();
  const url = await hostile(for9s);
  const ask = anAsker({ now: () => nowMs });
  await ask.get({ url, signal });
  expect(await codeOf(ask.get({ url, signal }))).toBe('SOURCE_UNAVAILABLE');
  nowMs += 24 * 3_600_000;
  expect((await ask.get({ url, signal })).status).toBe(200);
});

test.each([
  '',
  'no address',
  '//',
  'picture.jpg',
  'javascript:alert(1)',
  'data:image/png;base64,iVBO',
  'file:///etc/passwd',
])('what a source names as an address and is none to be asked (%j) is refused', async (url) => {
  expect(await codeOf(anAsker().get({ url, signal }))).toBe('ADDRESS_REFUSED');
});

test.each([
  'http://10.0.0.1/',
  'http://169.254.169.254/latest/meta-data/',
  'https://[::ffff:127.0.0.1]/',
  'https://0x0a000001/',
  'https://localhost/',
  'file:///etc/passwd',
  'ftp://127.0.0.1/',
])('a redirect to %s is not followed', async (location) => {
  const url = await hostile((_path, response) => void response.writeHead(302, { location }).end());
  expect(await codeOf(anAsker().get({ url, signal }))).toBe('ADDRESS_REFUSED');
});

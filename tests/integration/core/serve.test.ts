import { copyFileSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { serve } from '../../../electron/hosts/serve/serve.ts';
import type { contract } from '../../../shared/contract/contract.ts';
import { makeClip } from '../../support/clips.ts';
import { tempDir } from '../../support/temp.ts';
import { keptLog, startCore } from './test-core.ts';

async function aDoor() {
  const pageDir = join(tempDir(), 'page');
  mkdirSync(join(pageDir, 'assets'), { recursive: true });
  writeFileSync(join(pageDir, 'index.html'), '<!doctype html><title>Rushes</title>');
  writeFileSync(join(pageDir, 'assets', 'app.js'), 'export {};');
  writeFileSync(join(pageDir, 'secret.txt'), 'not a kind that is served');
  writeFileSync(join(pageDir, '..', 'outside.html'), 'outside');
  const core = await startCore();
  const log = keptLog();
  const door = await serve({ core, pageDir, port: 0, log });
  onTestFinished(() => door.close());
  const { port, origin, search } = new URL(door.url);
  return { core, log, port: Number(port), origin, search, door };
}
type Door = Awaited<ReturnType<typeof aDoor>>;

/** Sends a request as it is written here, without a client that would tidy it first. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let got = '';
    socket.on('data', (data) => (got += data.toString('latin1')));
    socket.on('close', () => resolve(got));
    socket.on('error', reject);
    socket.write(text, 'latin1');
  });
}

const ask = (door: Door, target: string, headers: Record<string, string> = {}): Promise<string> => {
  const all = { host: `127.0.0.1:${door.port}`, connection: 'close', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return raw(door.port, `GET ${target} HTTP/1.1\r\n${lines.join('')}\r\n`);
};
const statusOf = (answer: string): number => Number(answer.split(' ')[1]);

/** Spends the token and answers the cookie. */
async function enter(door: Door): Promise<string> {
  const answer = await ask(door, `/${door.search}`);
  expect(statusOf(answer)).toBe(303);
  return /set-cookie: ([^;]+)/i.exec(answer)?.[1] ?? '';
}

/** Opens a WebSocket; answers the refusal's status, or the open socket. */
function dial(door: Door, headers: Record<string, string>, path = '/rpc'): Promise<WebSocket | number> {
  const socket = new WebSocket(`ws://127.0.0.1:${door.port}${path}`, { headers });
  onTestFinished(() => socket.terminate());
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(socket));
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', reject);
  });
}
const closeCode = (socket: WebSocket): Promise<number> =>
  new Promise((resolve) => socket.on('close', (code) => resolve(code)));

test('the token opens once, for one browser, and leaves the address', async () => {
  const door = await aDoor();
  expect(statusOf(await ask(door, '/'))).toBe(403);
  expect(statusOf(await ask(door, '/?token=wrong'))).toBe(403);
  const answer = await ask(door, `/${door.search}`);
  expect(answer).toMatch(/^location: \/\r$/im);
  expect(answer).toMatch(/HttpOnly; SameSite=Strict/);
  const cookie = /set-cookie: ([^;]+)/i.exec(answer)?.[1] ?? '';
  expect(statusOf(await ask(door, `/${door.search}`))).toBe(403);
  expect(statusOf(await ask(door, '/', { cookie }))).toBe(200);
  expect(statusOf(await ask(door, '/', { cookie: `other=1; ${cookie}; more=2` }))).toBe(200);
  expect(statusOf(await ask(door, '/', { cookie: `${cookie}x` }))).toBe(403);
});

test("a second door on the same machine does not take the first one's cookie away", async () => {
  const [one, two] = [await aDoor(), await aDoor()];
  const names = [await enter(one), await enter(two)].map((cookie) => cookie.split('=')[0]);
  expect(names[0]).not.toBe(names[1]);
});

test('every page carries the whole policy', async () => {
  const door = await aDoor();
  const answer = await ask(door, '/', { cookie: await enter(door) });
  expect(/^content-security-policy: (.*)\r$/im.exec(answer)?.[1]).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; " +
      "connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; " +
      "frame-ancestors 'none'; require-trusted-types-for 'script'",
  );
  for (const header of [
    'x-content-type-options: nosniff',
    'referrer-policy: no-referrer',
    'cache-control: no-store',
  ])
    expect(answer.toLowerCase()).toContain(header);
});

test.each([
  ['a name that was made to mean this machine', { host: 'evil.example' }],
  ['such a name with our port', (door: Door) => ({ host: `evil.example:${door.port}` })],
  ['another port', { host: '127.0.0.1:1' }],
  ['another loopback address', (door: Door) => ({ host: `127.0.0.2:${door.port}` })],
  ['no host', { host: '' }],
  ['a page of another origin', { origin: 'https://evil.example' }],
  ['a page without an origin of its own', { origin: 'null' }],
  ['https where we are http', (door: Door) => ({ origin: `https://127.0.0.1:${door.port}` })],
])('%s is refused, with the cookie and without, on every way in', async (_what, given) => {
  const door = await aDoor();
  const headers = typeof given === 'function' ? given(door) : given;
  expect(statusOf(await ask(door, `/${door.search}`, headers))).toBe(403);
  const cookie = await enter(door);
  for (const target of ['/', '/media/clip/x', '/assets/app.js'])
    expect(statusOf(await ask(door, target, { cookie, ...headers }))).toBe(403);
  // A WebSocket client does not let its host be left out.
  const leftOut = 'host' in headers && headers.host === '';
  const dialled = leftOut ? 403 : await dial(door, { cookie, origin: door.origin, ...headers });
  expect(dialled).toBe(403);
});

test('a WebSocket needs an origin, the right path, and a session, which it is told by a code', async () => {
  const door = await aDoor();
  const cookie = await enter(door);
  expect(await dial(door, { cookie })).toBe(403);
  expect(await dial(door, { cookie, origin: door.origin }, '/other')).toBe(403);
  const stranger = await dial(door, { origin: door.origin });
  expect(stranger).toBeInstanceOf(WebSocket);
  expect(await closeCode(stranger as WebSocket)).toBe(4401);
  expect(await dial(door, { cookie, origin: door.origin })).toBeInstanceOf(WebSocket);
});

test('calls and streams go through the WebSocket', async () => {
  const door = await aDoor();
  const socket = await dial(door, { cookie: await enter(door), origin: door.origin });
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
  const client: ContractRouterClient<typeof contract> = createORPCClient(link);
  expect((await client.system.info()).version).toBe('0.0.0-test');
  const changes = await client.system.changes();
  const next = changes.next();
  await new Promise((resolve) => setTimeout(resolve, 50));
  await client.events.create({ title: 'Told to the page' });
  expect((await next).value).toMatchObject({ entity: 'event' });
});

test.each([
  '/',
  '//',
  '///',
  '/..',
  '/../outside.html',
  '/%2e%2e/outside.html',
  '/assets/../../outside.html',
  '/..%2foutside.html',
  '/%00',
  '/assets/%61pp.js',
  '/secret.txt',
  '/assets',
  '/assets/',
  '/index.html/',
  'http://[',
  '*',
  '/\\..\\outside.html',
  '/media/',
  '/media/clip',
  '/media/clip/../../user.db',
  '/media/clip/%2e%2e%2f%2e%2e%2fuser.db',
  '/media/poster/..',
  '/media//clip/x',
  '/media/clip/x/y',
  '/media/picture/x',
  '/media/etc/passwd',
  'http://evil.example/media/clip/x',
  '/?token=',
  '//evil.example/',
])("%s reaches no file that is not the page's, and ends nothing", async (target) => {
  const door = await aDoor();
  const cookie = await enter(door);
  const answer = await ask(door, target, { cookie });
  const found = ['/', '/..', '/?token='].includes(target) ? 200 : 404;
  expect([target, [400, found].includes(statusOf(answer))]).toEqual([target, true]);
  expect(answer).not.toContain('outside</');
  expect(answer).not.toContain('root:');
  // Without a session the same is refused, and the door still stands.
  expect([400, 403]).toContain(statusOf(await ask(door, target)));
  expect(statusOf(await ask(door, '/', { cookie }))).toBe(200);
});

test('media is served in ranges to the page, and to nobody else', async () => {
  const door = await aDoor();
  const dir = tempDir();
  const path = join(dir, 'clip.mp4');
  copyFileSync(await makeClip('h264'), path);
  utimesSync(path, 1, 1);
  await door.core.client.library.addRoot({ path: dir });
  const id = (await door.core.client.library.list({})).items[0]?.id ?? '';
  const bytes = readFileSync(path);
  const cookie = await enter(door);
  const url = `${door.origin}/media/clip/${id}`;
  const part = await fetch(url, { headers: { cookie, range: 'bytes=100-199' } });
  expect(part.status).toBe(206);
  expect(part.headers.get('content-range')).toBe(`bytes 100-199/${bytes.length}`);
  expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(100, 200))).toBe(true);
  const whole = await fetch(url, { headers: { cookie } });
  expect(whole.headers.get('content-type')).toBe('video/mp4');
  expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
  expect((await fetch(url, { headers: { cookie, range: `bytes=${bytes.length}-` } })).status).toBe(416);
  expect((await fetch(url)).status).toBe(403);
});

test.each([
  ['too large', (socket: WebSocket) => socket.send(Buffer.alloc(2 * 1024 * 1024))],
  ['no JSON', (socket: WebSocket) => socket.send('{{{{')],
  ['no call', (socket: WebSocket) => socket.send('{"i":"1","p":7}')],
  ['null', (socket: WebSocket) => socket.send('null')],
  ['bytes', (socket: WebSocket) => socket.send(Buffer.from([0xff, 0, 1, 2]))],
  ['empty', (socket: WebSocket) => socket.send('')],
  [
    'a call of what is not there',
    (socket: WebSocket) => socket.send('{"i":"1","p":{"u":"/__proto__/constructor","m":"POST","b":{}}}'),
  ],
])('a message that is %s ends at most its own connection', async (_what, send) => {
  const door = await aDoor();
  const cookie = await enter(door);
  const [bad, good] = [
    (await dial(door, { cookie, origin: door.origin })) as WebSocket,
    (await dial(door, { cookie, origin: door.origin })) as WebSocket,
  ];
  send(bad);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const client: ContractRouterClient<typeof contract> = createORPCClient(
    new RPCLink({ websocket: good as unknown as globalThis.WebSocket }),
  );
  expect((await client.system.info()).door).toBe('cli');
});

test('a stranger who sends too much before being sent away ends nothing', async () => {
  const door = await aDoor();
  for (let n = 0; n < 3; n++) {
    const socket = new WebSocket(`ws://127.0.0.1:${door.port}/rpc`, { headers: { origin: door.origin } });
    socket.on('error', () => undefined);
    const code = closeCode(socket);
    socket.on('open', () => socket.send(Buffer.alloc(2 * 1024 * 1024)));
    await code;
  }
  expect(statusOf(await ask(door, '/', { cookie: await enter(door) }))).toBe(200);
});

test('connections that are reset while they are refused end nothing', async () => {
  const door = await aDoor();
  for (let n = 0; n < 5; n++) {
    const socket = connect(door.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(`GET /rpc HTTP/1.1\r\nHost: evil\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
    socket.write('x'.repeat(70_000));
    await new Promise((resolve) => setTimeout(resolve, 5));
    socket.resetAndDestroy();
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(statusOf(await ask(door, '/', { cookie: await enter(door) }))).toBe(200);
});

test('a port that is taken is told, and the door closes with its connections', async () => {
  const door = await aDoor();
  await expect(
    serve({ core: door.core, pageDir: tempDir(), port: door.port, log: door.log }),
  ).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
  const socket = (await dial(door, { cookie: await enter(door), origin: door.origin })) as WebSocket;
  const closed = closeCode(socket);
  await door.door.close();
  await closed;
});

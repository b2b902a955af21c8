import { expect, test } from 'vitest';
import { fastBody as body, useFastRig } from '../../../support/fast-rig.ts';

const rig = useFastRig();

test('does not take what a server says unasked for an answer', async () => {
  const server = await rig.startRawServer((socket, { request }) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    if (request === 1) setTimeout(() => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno'), 20);
  });
  await rig.save(server.url, { end: 2 });
  await new Promise((resolve) => setTimeout(resolve, 100));
  await rig.save(server.url, { end: 2 });
  expect(rig.savedBytes().toString()).toBe('ok');
  expect(server.connections()).toBe(2);
});

test('asks once more when a kept connection turns out to be closed', async () => {
  const server = await rig.startRawServer((socket, { connection, request }) => {
    if (connection === 1 && request === 2) socket.destroy();
    else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
  });
  await rig.save(server.url, { end: 2 });
  const { at } = await rig.save(server.url, { end: 2 });
  expect(at).toBe(2);
  expect([server.connections(), server.requests()]).toEqual([2, 3]);
});

test('does not ask twice when a fresh connection breaks', async () => {
  const server = await rig.startRawServer((socket) => void socket.destroy());
  await expect(rig.ask(server.url)).rejects.toMatchObject({ kind: 'disconnected' });
  expect(server.requests()).toBe(1);
});

test.each([
  ['chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n'],
  ['HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok'],
  [
    'interim answers in a flood',
    `${'HTTP/1.1 103 Hints\r\n\r\n'.repeat(20)}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok`,
  ],
])('leaves %s to the plain client, and the host for a while', async (_what, text) => {
  const server = await rig.startRawServer((socket) => void socket.write(text));
  for (const requests of [2, 3]) {
    const response = await rig.ask(server.url);
    expect(response.save).toBeUndefined();
    expect(Buffer.from(await response.bytes()).toString()).toBe('ok');
    expect(server.requests()).toBe(requests);
  }
  expect(rig.plainRequests()).toHaveLength(2);
});

test('leaves a body that ends with its connection to the plain client', async () => {
  const server = await rig.startRawServer((socket) => void socket.end('HTTP/1.1 200 OK\r\n\r\nok'));
  const response = await rig.ask(server.url);
  expect(response.save).toBeUndefined();
  await response.discard();
  expect(rig.plainRequests()).toHaveLength(1);
});

test('skips a few interim answers', async () => {
  const server = await rig.startRawServer((socket) => {
    socket.write('HTTP/1.1 103 Hints\r\nLink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n');
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
  });
  expect(await rig.save(server.url, { end: 2 })).toMatchObject({ at: 2, fault: null });
  expect(rig.plainRequests()).toEqual([]);
});

test.each([204, 304])('needs no length for a %i, and uses its connection again', async (status) => {
  const server = await rig.startRawServer((socket) => void socket.write(`HTTP/1.1 ${status} X\r\n\r\n`));
  for (const requests of [1, 2]) {
    const response = await rig.ask(server.url);
    expect(response.status).toBe(status);
    await response.discard();
    expect(server.requests()).toBe(requests);
  }
  expect(server.connections()).toBe(1);
});

test('refuses a body whose length is told in two ways, as the plain client does', async () => {
  const head = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n';
  const server = await rig.startRawServer((socket) => void socket.write(`${head}2\r\nok\r\n0\r\n\r\n`));
  await expect(rig.ask(server.url)).rejects.toMatchObject({ kind: 'protocol' });
});

test('reads a short body, too, chunk by chunk', async () => {
  const server = await rig.serveBody(({ path }) =>
    path === '/text' ? { status: 400, text: 'expired' } : { body },
  );
  const response = await rig.ask(`${server.url}/text`);
  expect(Buffer.from(await response.bytes()).toString()).toBe('expired');
  const whole = await (await rig.ask(`${server.url}/a`)).bytes();
  expect(Buffer.from(whole).equals(body.slice(0, body.sizeBytes))).toBe(true);
  expect(rig.plainRequests()).toEqual([]);
});

test('says why a server cannot be reached in the words of the plain client', async () => {
  const server = await rig.startRawServer(() => undefined);
  await server.close();
  await expect(rig.ask(server.url)).rejects.toMatchObject({ kind: 'unreachable' });
  expect(rig.plainRequests()).toHaveLength(1);
});

test('checks the address that a name leads to', async () => {
  const closed = { insecureHttp: true, allowPrivate: false };
  const asked = rig.ask('http://localhost:9/', { policy: closed });
  await expect(asked).rejects.toMatchObject({ kind: 'refused-address' });
});

import { afterEach, expect, it } from 'vitest';
import { seededBody } from '../../support/fault-body.ts';
import { startRig } from '../../support/fault-rig.ts';
import { startFaultServer, type Behaviour } from '../../support/fault-server.ts';
import { body, createTries, etag, honest, outcomeOf, sha256, whole } from '../../support/fault-try.ts';

const { fetchFrom, close } = createTries();
afterEach(close);

it.each<[string, Behaviour, string]>([
  ['a compressed body', { ...honest, headers: { 'Content-Encoding': 'gzip' } }, 'SERVER_BAD_CONTENT'],
  ['nothing with 204', { status: 204, text: '' }, 'SERVER_BAD_CONTENT'],
  [
    'a login page',
    { text: '<html>Sign in', headers: { 'Content-Type': 'text/html; charset=utf-8' } },
    'SERVER_BAD_CONTENT',
  ],
  ['403', { status: 403, text: 'no' }, 'SERVER_REFUSED'],
  ['404', { status: 404, text: 'no' }, 'SERVER_REFUSED'],
  ['410', { status: 410, text: 'no' }, 'LINK_EXPIRED'],
  ['304 unasked', { status: 304, text: '' }, 'SERVER_PROTOCOL'],
  ['416 for ever', { status: 416, text: '' }, 'SERVER_PROTOCOL'],
  ['a redirect to nowhere', { status: 302, text: '' }, 'SERVER_PROTOCOL'],
  ['a redirect loop', { status: 302, text: '', headers: { Location: '/clip.mp4' } }, 'SERVER_PROTOCOL'],
  [
    'a redirect to a file',
    { status: 302, text: '', headers: { Location: 'file:///etc/passwd' } },
    'ADDRESS_REFUSED',
  ],
  [
    'a redirect with credentials',
    { status: 302, text: '', headers: { Location: 'http://a:b@127.0.0.1/' } },
    'ADDRESS_REFUSED',
  ],
  ['nonsense', { raw: 'NONSENSE\r\n\r\n' }, 'SERVER_PROTOCOL'],
  ['endless headers', { raw: `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}\r\n\r\n` }, 'SERVER_PROTOCOL'],
  [
    'both lengths',
    {
      raw: 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
    },
    'SERVER_PROTOCOL',
  ],
  ['a negative length', { raw: 'HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello' }, 'SERVER_PROTOCOL'],
])('fails with a reason when the server answers with %s', async (_name, behaviour, reason) => {
  const { download, rig: its, server: at } = await fetchFrom(() => behaviour);
  expect(download).toMatchObject({ state: 'failed', reason: { code: reason }, path: null });
  expect(its.files()).toEqual([]);
  expect(at.requests.length).toBeLessThanOrEqual(8);
  expect(JSON.stringify([download, its.logged])).not.toContain('canary');
});

it('fails when the size is not the one that was promised', async () => {
  const { download } = await fetchFrom(() => honest, { size: body.sizeBytes + 1 });
  expect(download).toMatchObject({ state: 'failed', reason: { code: 'SIZE_MISMATCH' } });
});

it('waits as long as a busy server asks for', async () => {
  const at: number[] = [];
  const done = await fetchFrom(
    (request) => {
      at.push(Date.now());
      return request.number === 1 ? { status: 503, text: '', headers: { 'Retry-After': '1' } } : honest;
    },
    { connections: 1 },
  );
  expect(outcomeOf(done)).toMatchObject(whole);
  expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(950);
});

it('waits with a reason and a time when nobody listens', async () => {
  const server = await startFaultServer(() => honest);
  await server.close();
  const elsewhere = { status: 302, text: '', headers: { Location: `${server.url}/clip.mp4` } };
  const { download } = await fetchFrom(() => elsewhere, { until: (one) => one.state === 'waiting' });
  expect(download.reason?.code).toBe('SERVER_UNREACHABLE');
  expect(download.reason?.retryAtMs).toBeTypeOf('number');
});

it('takes a body whose length nobody knows, and says that nothing vouches for it', async () => {
  const { download, rig: its } = await fetchFrom(
    () => ({ ...honest, ignoreRange: true, noLength: 'chunked' }),
    { hash: null },
  );
  expect(download).toMatchObject({ state: 'complete', verified: 'none', sizeBytes: body.sizeBytes, sha256 });
  expect(its.sha256('clip.mp4')).toBe(sha256);
});

it('does not take the end of a cut body for the end of the file', async () => {
  const done = await fetchFrom(
    (request) => ({ ...honest, ignoreRange: true, ...(request.number < 3 ? { cutAfter: 200_000 } : {}) }),
    { hash: null },
  );
  expect(done.download).toMatchObject({ state: 'complete', verified: 'size', sha256 });
});

it('takes an empty file', async () => {
  const empty = seededBody(0);
  const { download } = await fetchFrom(() => ({ body: empty, etag }), { hash: empty.sha256() });
  expect(download).toMatchObject({ state: 'complete', verified: 'hash', sizeBytes: 0 });
});

it('keeps headers from another origin that the server redirects to', async () => {
  const elsewhere = await startFaultServer(() => honest);
  const server = await startFaultServer(() => ({
    status: 307,
    text: '',
    headers: { Location: `${elsewhere.url}/clip.mp4` },
  }));
  const rig = await startRig();
  const { id } = await rig.downloads.addUrl({
    url: `${server.url}/clip.mp4`,
    insecureHttp: true,
    allowPrivate: true,
    headers: { Authorization: 'Bearer canary', 'X-Api-Key': 'canary' },
  });
  expect(await rig.settled(id)).toMatchObject({ state: 'complete' });
  expect(server.requests.every((one) => one.headers['x-api-key'] === 'canary')).toBe(true);
  expect(JSON.stringify(elsewhere.requests)).not.toContain('canary');
  expect(rig.db.serialize().includes('canary')).toBe(false);
  expect(rig.secrets.size).toBe(0);
  await rig.close();
  await server.close();
  await elsewhere.close();
});

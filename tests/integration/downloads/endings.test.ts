import { expect, it } from 'vitest';
import { seededBody } from '../../support/fault-body.ts';
import { body, honest, rigOf, serve, sha256, wanted } from '../../support/a-download.ts';

it('takes a file in pieces and asks for each byte once', async () => {
  const server = await serve(() => honest);
  const rig = await rigOf();
  const { id } = await rig.downloads.addUrl(wanted(server.url));
  expect(await rig.settled(id)).toMatchObject({ state: 'complete', verified: 'hash', sha256 });
  expect(rig.sha256('clip.mp4')).toBe(sha256);
  expect(server.sentBytes()).toBe(body.sizeBytes);
  expect(server.requests.length).toBe(32);
});

it('fails when the size is not the one that was promised', async () => {
  const server = await serve(() => honest);
  const rig = await rigOf();
  const { id } = await rig.downloads.addUrl(wanted(server.url, { sizeBytes: body.sizeBytes + 1 }));
  expect(await rig.settled(id)).toMatchObject({ state: 'failed', reason: { code: 'SIZE_MISMATCH' } });
});

it('waits as long as a busy server asks for', async () => {
  const at: number[] = [];
  const server = await serve((request) => {
    at.push(Date.now());
    return request.number === 1 ? { status: 503, text: '', headers: { 'Retry-After': '1' } } : honest;
  });
  const rig = await rigOf({ connections: 1 });
  const { id } = await rig.downloads.addUrl(wanted(server.url));
  expect(await rig.settled(id)).toMatchObject({ state: 'complete', sha256 });
  expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(950);
});

it('waits with a reason and a time when nobody listens', async () => {
  const server = await serve(() => honest);
  await server.close();
  const rig = await rigOf({ tuning: { delayFactor: 1 } });
  const { id } = await rig.downloads.addUrl(wanted(server.url));
  const waiting = await rig.settled(id, (one) => one.state === 'waiting');
  expect(waiting.reason).toMatchObject({
    code: 'SERVER_UNREACHABLE',
    retryAtMs: expect.any(Number) as number,
  });
});

it('takes a body whose length nobody knows, and says that nothing vouches for it', async () => {
  const server = await serve(() => ({ ...honest, ignoreRange: true, noLength: 'chunked' }));
  const rig = await rigOf();
  const { id } = await rig.downloads.addUrl(wanted(server.url, { sha256: undefined }));
  const done = await rig.settled(id);
  expect(done).toMatchObject({ state: 'complete', verified: 'none', sizeBytes: body.sizeBytes, sha256 });
});

it('takes an empty file', async () => {
  const empty = seededBody(0);
  const server = await serve(() => ({ body: empty, etag: '"v1"' }));
  const rig = await rigOf();
  const { id } = await rig.downloads.addUrl(wanted(server.url, { sha256: empty.sha256() }));
  expect(await rig.settled(id)).toMatchObject({ state: 'complete', verified: 'hash', sizeBytes: 0 });
});

it('forgets what was given with an address when the file is here', async () => {
  const server = await serve(() => honest);
  const rig = await rigOf();
  const headers = { Authorization: 'Bearer canary', 'X-Api-Key': 'canary' };
  const { id } = await rig.downloads.addUrl(wanted(server.url, { headers }));
  expect(await rig.settled(id)).toMatchObject({ state: 'complete' });
  expect(server.requests.every((one) => one.headers['authorization'] === 'Bearer canary')).toBe(true);
  expect(rig.db.serialize().includes('canary')).toBe(false);
  expect(rig.secrets.size).toBe(0);
});

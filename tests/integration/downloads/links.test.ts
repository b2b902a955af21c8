import { expect, it } from 'vitest';
import { body, honest, rigOf, serve, sha256 } from '../../support/a-download.ts';
import type { RenditionLink } from '../../../electron/core/downloads/rendition-link.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { aLink } from '../../support/fault-rig.ts';
import { seededBody } from '../../support/fault-body.ts';

it('renews a link that ended midway once for all connections, and keeps the bytes', async () => {
  let valid = 'token-1';
  const server = await serve((request) => {
    if (request.number === 8) valid = 'token-2';
    return request.path.endsWith(valid) ? honest : { status: 403, text: 'expired' };
  });
  const resolved: Array<RenditionLink | undefined> = [];
  const rig = await rigOf({
    connections: 4,
    resolve: async (_row, { previous }) => {
      resolved.push(previous);
      return aLink(`${server.url}/clip.mp4?${valid}`, {
        sizeBytes: body.sizeBytes,
        hash: { kind: 'sha256', value: sha256 },
        etag: '"v1"',
      });
    },
  });
  const { downloads } = await rig.downloads.add({ assetIds: ['a1'] });
  const id = downloads[0]?.id ?? '';
  expect(await rig.settled(id)).toMatchObject({ state: 'complete', verified: 'hash', fileName: 'a1.mp4' });
  expect(resolved.length).toBe(2);
  expect(resolved[1]?.url).toContain('token-1');
  expect(server.sentBytes() - body.sizeBytes).toBeLessThan(100);
});

it('renews a link before it expires', async () => {
  const server = await serve(() => ({ ...honest, bytesPerSecond: 2_000_000 }));
  let links = 0;
  const rig = await rigOf({
    connections: 1,
    resolve: async () => {
      links++;
      return aLink(`${server.url}/clip.mp4`, { expiresAtMs: Date.now() + 400 });
    },
  });
  const { downloads } = await rig.downloads.add({ assetIds: ['a1'] });
  expect(await rig.settled(downloads[0]?.id ?? '')).toMatchObject({ state: 'complete', verified: 'size' });
  expect(links).toBeGreaterThan(1);
  expect(server.sentBytes()).toBe(body.sizeBytes);
});

it('begins anew when the renewed link promises another file', async () => {
  const newer = seededBody(1024 * 1024, 9);
  let replaced = false;
  const server = await serve((request) => {
    if (request.number === 6) replaced = true;
    if (replaced && request.path.endsWith('old')) return { status: 410, text: '' };
    return request.path.endsWith('old') ? honest : { body: newer, etag: '"v2"' };
  });
  const rig = await rigOf({
    connections: 1,
    resolve: async () =>
      replaced
        ? aLink(`${server.url}/clip.mp4?new`, { hash: { kind: 'sha256', value: newer.sha256() } })
        : aLink(`${server.url}/clip.mp4?old`, { hash: { kind: 'sha256', value: sha256 } }),
  });
  const { downloads } = await rig.downloads.add({ assetIds: ['a1'] });
  const done = await rig.settled(downloads[0]?.id ?? '');
  expect(done).toMatchObject({ state: 'complete', verified: 'hash', sha256: newer.sha256() });
  expect(rig.files()).toEqual(['a1.mp4']);
});

it('waits for a sign-in and goes on when there is one', async () => {
  const server = await serve(() => honest);
  let signedIn = false;
  const rig = await rigOf({
    resolve: async () => {
      if (!signedIn) throw new RushesError('SIGN_IN_NEEDED', 'Sign in first.');
      return aLink(`${server.url}/clip.mp4`);
    },
  });
  const { downloads } = await rig.downloads.add({ assetIds: ['a1', 'a1', 'a2'] });
  expect(downloads.length).toBe(2);
  const id = downloads[0]?.id ?? '';
  const waiting = await rig.settled(id, (one) => one.state === 'waiting');
  expect(waiting.reason).toEqual({ code: 'SIGN_IN_NEEDED', detail: 'Sign in first.', retryAtMs: null });
  rig.downloads.wakeSignIn('another-source');
  expect(rig.downloads.get({ id }).state).toBe('waiting');
  signedIn = true;
  rig.downloads.wakeSignIn('source-1');
  expect(await rig.settled(id)).toMatchObject({ state: 'complete' });
});

it.each([
  'ACCOUNT_UNVERIFIED',
  'NOT_RELEASED',
  'SOURCE_UNAVAILABLE',
  'NETWORK_UNAVAILABLE',
  'WITHDRAWN',
] as const)('says why when the source answers %s', async (code) => {
  const rig = await rigOf({ resolve: () => Promise.reject(new RushesError(code, 'So it is.')) });
  const { downloads } = await rig.downloads.add({ assetIds: ['a1'] });
  const stood = await rig.settled(downloads[0]?.id ?? '', (one) => one.reason !== null);
  const reasons = { SOURCE_UNAVAILABLE: 'SERVER_UNREACHABLE', NETWORK_UNAVAILABLE: 'NETWORK_DISCONNECTED' };
  expect(stood.state).toBe(code === 'WITHDRAWN' ? 'failed' : 'waiting');
  expect(stood.reason?.code).toBe(reasons[code as keyof typeof reasons] ?? code);
});

it('proves an MD5 when that is what the source gives', async () => {
  const { createHash } = await import('node:crypto');
  const md5 = createHash('md5').update(body.slice(0, body.sizeBytes)).digest('hex');
  const server = await serve(() => honest);
  const rig = await rigOf({
    resolve: async () => aLink(`${server.url}/clip.mp4`, { hash: { kind: 'md5', value: md5 } }),
  });
  const { downloads } = await rig.downloads.add({ assetIds: ['a1'] });
  expect(await rig.settled(downloads[0]?.id ?? '')).toMatchObject({
    state: 'complete',
    verified: 'hash',
    sha256,
  });
});

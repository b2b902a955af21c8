import { afterEach, describe, expect, it } from 'vitest';
import { seededBody } from '../../support/fault-body.ts';
import type { Behaviour, SeenRequest } from '../../support/fault-server.ts';
import { body, createTries, etag, honest, outcomeOf, whole } from '../../support/fault-try.ts';

const kibibyte = 1024;
const other = seededBody(600 * kibibyte, 2);
const { fetchFrom, close } = createTries();
afterEach(close);

describe.each([1, 4])('with %i connections', (connections) => {
  it('takes a file in pieces and asks for each byte once', async () => {
    const done = await fetchFrom(() => honest, { connections });
    expect(outcomeOf(done)).toMatchObject(whole);
    expect(done.server.sentBytes()).toBe(body.sizeBytes);
    expect(done.server.requests.length).toBe(10);
    expect(done.server.requests.every((one) => one.headers['accept-encoding'] === 'identity')).toBe(true);
  });

  it.each<[string, (request: SeenRequest) => Behaviour]>([
    ['ignores ranges', () => ({ ...honest, ignoreRange: true })],
    [
      'claims ranges but answers with everything',
      () => ({ ...honest, ignoreRange: true, headers: { 'Accept-Ranges': 'bytes' } }),
    ],
    ['leaves the place of a part out', () => ({ ...honest, headers: { 'Content-Range': null } })],
    [
      'begins parts too early',
      (request) => ({ ...honest, shiftStart: request.range && request.range.first > 0 ? -512 : 0 }),
    ],
    ['begins parts too late', () => ({ ...honest, shiftStart: 512 })],
    ['wraps parts', () => ({ ...honest, headers: { 'Content-Type': 'multipart/byteranges; boundary=x' } })],
    ['answers every condition with everything', () => ({ ...honest, refuseIfRange: true })],
    [
      'does not tell the size of the whole',
      (request) => ({
        ...honest,
        headers:
          request.range && request.range.first > 0
            ? {
                'Content-Range': `bytes ${request.range.first}-${Math.min(request.range.last, body.sizeBytes - 1)}/*`,
              }
            : {},
      }),
    ],
    ['sends the length of a part wrongly as chunks', () => ({ ...honest, noLength: 'chunked' as const })],
    ['ends bodies by closing', () => ({ ...honest, noLength: 'close' as const })],
    ['sends no validators', () => ({ body })],
    ['cuts a body short', (request) => (request.number === 3 ? { ...honest, cutAfter: 5000 } : honest)],
    [
      'resets in the middle of a body',
      (request) => (request.number % 3 === 2 ? { ...honest, cutAfter: 9000, cutBy: 'rst' as const } : honest),
    ],
    [
      'falls silent in the middle of a body',
      (request) => (request.number === 2 ? { ...honest, cutAfter: 4000, cutBy: 'stall' as const } : honest),
    ],
    [
      'falls silent before the head',
      (request) => (request.number === 2 ? { stallBeforeHead: true } : honest),
    ],
    [
      'sends more than it says',
      (request) => (request.number === 2 ? { ...honest, extraBytes: 3000 } : honest),
    ],
    [
      'sends parts that are shorter than asked',
      (request) => {
        const range = request.range;
        if (!range || range.first % 2048 !== 0 || range.last - range.first < 40_000) return honest;
        const last = range.first + 20_000;
        return {
          ...honest,
          cutAfter: 20_001,
          headers: {
            'Content-Range': `bytes ${range.first}-${last}/${body.sizeBytes}`,
            'Content-Length': '20001',
          },
        };
      },
    ],
    [
      'is compressed once',
      (request) => (request.number === 2 ? { ...honest, headers: { 'Content-Encoding': 'gzip' } } : honest),
    ],
    [
      'does not know the file for a moment',
      (request) => (request.number === 4 ? { status: 404, text: 'gone?' } : honest),
    ],
    ['is busy for a moment', (request) => (request.number === 3 ? { status: 503, text: 'busy' } : honest)],
    [
      'fails inside for a moment',
      (request) => (request.number === 1 ? { status: 500, text: 'oops' } : honest),
    ],
    ['speaks nonsense once', (request) => (request.number === 2 ? { raw: 'NONSENSE\r\n\r\n' } : honest)],
    [
      'promises two lengths once',
      (request) =>
        request.number === 2
          ? { raw: 'HTTP/1.1 206 X\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!' }
          : honest,
    ],
    [
      'redirects',
      (request) =>
        request.path.startsWith('/clip')
          ? { status: 302, text: '', headers: { Location: '/elsewhere.mp4' } }
          : honest,
    ],
  ])('brings the file home when the server %s', async (_name, behave) => {
    const done = await fetchFrom(behave, { connections });
    expect(outcomeOf(done)).toMatchObject(whole);
  });

  it('begins anew and never mixes when the file is replaced midway', async () => {
    const newer = other.sha256();
    const done = await fetchFrom(
      (request) => (request.number <= 4 ? honest : { ...honest, body: other, etag: '"v2"' }),
      { connections, hash: newer },
    );
    expect(done.download).toMatchObject({ state: 'complete', sha256: newer });
    expect(done.rig.files()).toEqual(['clip.mp4']);
  });

  it('sees a replaced file even when the server ignores If-Range', async () => {
    const done = await fetchFrom(
      (request) => (request.number <= 4 ? honest : { body: other, etag: '"v2"', ignoreIfRange: true }),
      { connections, hash: null },
    );
    expect(done.download).toMatchObject({ state: 'complete', sha256: other.sha256(), verified: 'size' });
  });

  it('finds a file that changed without any sign by its hash', async () => {
    const done = await fetchFrom((request) => ({ body: request.number <= 4 ? other : body }), {
      connections,
    });
    expect(outcomeOf(done)).toMatchObject(whole);
  });

  it('sees that the file has another size now', async () => {
    const longer = seededBody(700 * kibibyte, 3);
    const done = await fetchFrom(
      (request) => (request.number <= 4 ? { body, etag } : { body: longer, etag, ignoreIfRange: true }),
      { connections, hash: longer.sha256() },
    );
    expect(done.download).toMatchObject({ state: 'complete', sizeBytes: longer.sizeBytes });
  });

  it('gives up on bytes that never have the promised hash, and keeps them apart', async () => {
    const done = await fetchFrom(() => ({ ...honest, flipBitAt: 300_000 }), { connections });
    expect(done.download).toMatchObject({ state: 'failed', reason: { code: 'HASH_MISMATCH' }, path: null });
    expect(done.rig.files()).toEqual(['clip.mp4.part']);
    expect(done.server.sentBytes()).toBe(2 * body.sizeBytes);
  });

  it('gets over a bit that was flipped once on the way', async () => {
    const done = await fetchFrom(
      (request) => (request.number <= 10 ? { ...honest, flipBitAt: 300_000 } : honest),
      { connections },
    );
    expect(outcomeOf(done)).toMatchObject(whole);
  });
});

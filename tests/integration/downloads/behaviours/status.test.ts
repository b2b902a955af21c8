import { gzipSync } from 'node:zlib';
import type { Behaviour } from '../../../support/fault-server.ts';
import {
  body,
  complete,
  failed,
  honest,
  other,
  pieceBytes,
  waits,
  type End,
  type FaultCase,
  type Seen,
} from '../../../support/fault-cases.ts';
import { runFaultCases } from '../../../support/fault-table.ts';

const hour = 60 * 60 * 1000;
const always =
  (behaviour: Behaviour): FaultCase['behave'] =>
  () =>
  () =>
    behaviour;
const once = (number: number, behaviour: Behaviour): FaultCase['behave'] => {
  return () => (request) => (request.number === number ? behaviour : honest);
};
const text = (status: number, words = ''): Behaviour => ({ status, text: words });
/** As in the product: what waits is still waiting when the test looks. */
const patient = { tuning: { delayFactor: 1 } };
const expiresOnce =
  (how: Behaviour): FaultCase['behave'] =>
  () =>
  (request) => {
    if (request.path.endsWith('new')) return honest;
    return request.number <= 2 ? honest : how;
  };
const renewing: Pick<FaultCase, 'link' | 'shows' | 'promised'> = {
  promised: null,
  link: (scene, renewals) => ({
    url: `${scene.url}/clip.mp4?${renewals === 0 ? 'old' : 'new'}`,
    sizeBytes: body.sizeBytes,
    hash: { kind: 'sha256', value: body.sha256() },
  }),
  shows: ({ renewals }: Seen) => renewals === 2,
};
const retryAfter = (value: string, expected: (waitMs: number) => boolean): FaultCase => ({
  no: 50,
  name: `asks to come back after "${value}"`,
  behave: always({ ...text(503, 'busy'), headers: { 'Retry-After': value } }),
  end: waits('SERVER_BUSY'),
  rig: patient,
  requests: 8,
  shows: ({ download }) => expected((download.reason?.retryAtMs ?? 0) - Date.now()),
});
const page = '<!DOCTYPE html><html><body>Sign in to the network</body></html>';
const html: Behaviour = { text: page, headers: { 'Content-Type': 'text/html; charset=utf-8' } };
const badContent: End = failed('SERVER_BAD_CONTENT');

runFaultCases([
  {
    no: 23,
    name: 'hides a bomb in an error',
    behave: always({
      status: 400,
      text: gzipSync(Buffer.alloc(8 * 1024 * 1024)).toString('latin1'),
      headers: { 'Content-Encoding': 'gzip', 'Content-Length': '99999999' },
    }),
    end: failed('SERVER_REFUSED'),
  },
  { no: 39, name: 'answers 204', behave: always(text(204)), end: badContent },
  { no: 39, name: 'answers 205', behave: always(text(205)), end: badContent },
  {
    no: 40,
    name: 'answers 203',
    behave: always({ ...honest, ignoreRange: true, status: 203 }),
    end: complete(),
    waste: Number.POSITIVE_INFINITY,
    requests: 80,
  },
  { no: 40, name: 'answers 201', behave: always({ ...honest, status: 201 }), end: failed('SERVER_PROTOCOL') },
  { no: 40, name: 'answers 202', behave: always({ ...honest, status: 202 }), end: failed('SERVER_PROTOCOL') },
  { no: 41, name: 'sends a login page', behave: always(html), end: badContent },
  {
    no: 41,
    name: 'sends a login page for a moment',
    behave: once(1, html),
    end: complete(),
    waste: page.length,
  },
  {
    no: 41,
    name: 'sends a login page that says to be a film',
    behave: always({ text: page, headers: { 'Content-Type': 'video/mp4' } }),
    promised: null,
    end: { fresh: failed('SERVER_BAD_CONTENT', 'nothing'), resumed: failed('SERVER_BAD_CONTENT', 'nothing') },
  },
  {
    no: 42,
    name: 'sends an empty file',
    behave: always({ text: '', headers: { 'Content-Type': 'video/mp4' } }),
    rig: {},
    link: ({ url }) => ({ url: `${url}/clip.mp4`, sizeBytes: body.sizeBytes }),
    promised: null,
    end: badContent,
  },
  {
    no: 43,
    name: 'sends the text of an error for a while',
    behave: () => (request) => (request.number % 3 === 1 ? text(503, 'x'.repeat(5000)) : honest),
    end: complete(),
    waste: 40 * 5000,
  },
  {
    no: 44,
    name: 'does not know the file for a moment',
    behave: once(2, text(404, 'gone?')),
    end: complete(),
    waste: 5,
  },
  {
    no: 44,
    name: 'does not know the file any more',
    behave: always(text(404)),
    end: failed('SERVER_REFUSED'),
  },
  {
    no: 45,
    name: 'says that the file is gone for good',
    behave: always(text(410)),
    end: failed('WITHDRAWN'),
    requests: 20,
  },
  {
    no: 45,
    name: 'says that the old link is gone',
    behave: expiresOnce(text(410)),
    end: complete(),
    ...renewing,
  },
  {
    no: 46,
    name: 'wants to be asked anew midway',
    behave: expiresOnce(text(401)),
    end: complete(),
    ...renewing,
  },
  {
    no: 46,
    name: 'refuses whoever asks',
    behave: always(text(401)),
    end: failed('SERVER_REFUSED'),
    requests: 20,
  },
  { no: 47, name: 'ends a signed link midway', behave: expiresOnce(text(403)), end: complete(), ...renewing },
  {
    no: 47,
    name: 'ends a signed link midway with 400',
    behave: expiresOnce(text(400, '<Error><Code>ExpiredToken</Code></Error>')),
    end: complete(),
    waste: 2000,
    ...renewing,
  },
  {
    no: 47,
    name: 'answers 400 for another reason',
    behave: always(text(400, 'no')),
    end: failed('SERVER_REFUSED'),
  },
  {
    no: 48,
    name: 'gives a new link to another file',
    behave: () => (request) => {
      if (request.path.endsWith('new')) return { ...honest, body: other, etag: '"v2"' };
      return request.number <= 2 ? honest : text(403);
    },
    promised: null,
    link: (scene, renewals) => {
      const isNew = renewals > 0;
      const hash = { kind: 'sha256', value: (isNew ? other : body).sha256() } as const;
      return { url: `${scene.url}/clip.mp4?${isNew ? 'new' : 'old'}`, sizeBytes: body.sizeBytes, hash };
    },
    end: complete(other),
    waste: 5 * pieceBytes + pieceBytes * 8,
  },
  {
    no: 49,
    name: 'wants a sign-in to the proxy',
    behave: always(text(407)),
    end: waits('PROXY_SIGN_IN'),
    requests: 8,
  },
  retryAfter('7', (ms) => ms > 5000 && ms <= 7000),
  retryAfter(
    new Date(Date.now() + 30 * 60 * 1000).toUTCString(),
    (ms) => ms > 25 * 60_000 && ms < 31 * 60_000,
  ),
  retryAfter('Sun, 01 Feb 2015 10:00:00 GMT', (ms) => ms <= 1000),
  retryAfter('1000000000000', (ms) => ms > hour - 5000 && ms <= hour),
  retryAfter('soon', (ms) => ms <= 4000),
  {
    no: 50,
    name: 'says that it is too much',
    behave: always(text(429)),
    end: waits('SERVER_BUSY'),
    rig: patient,
    requests: 8,
  },
  {
    no: 51,
    name: 'has a gateway that fails',
    behave: always(text(502)),
    end: waits('SERVER_BUSY'),
    rig: patient,
    requests: 8,
  },
  {
    no: 51,
    name: 'has a gateway that is late for a while',
    behave: () => (request) => (request.number <= 3 ? text(504) : honest),
    end: complete(),
  },
]);

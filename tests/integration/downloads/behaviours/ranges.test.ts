import type { Behaviour, SeenRequest } from '../../../support/fault-server.ts';
import {
  body,
  complete,
  failed,
  honest,
  isFirst,
  longer,
  pieceBytes,
  small,
  type FaultCase,
} from '../../../support/fault-cases.ts';
import { runFaultCases } from '../../../support/fault-table.ts';

const unbounded = Number.POSITIVE_INFINITY;
const always =
  (behaviour: Behaviour): FaultCase['behave'] =>
  () =>
  () =>
    behaviour;
const place = (request: SeenRequest, more: { last?: number; size?: number | string }): string => {
  const last = Math.min(more.last ?? request.range?.last ?? 0, body.sizeBytes - 1);
  return `bytes ${request.range?.first ?? 0}-${last}/${more.size ?? body.sizeBytes}`;
};
const others =
  (number: number, later: Behaviour): FaultCase['behave'] =>
  (scene) =>
  (request) =>
    !scene.resumed && request.number <= number ? honest : later;

runFaultCases([
  {
    no: 1,
    name: 'ignores ranges',
    behave: always({ ...honest, ignoreRange: true }),
    end: complete(),
    // What is let go is in the socket already: a few whole answers in each of five attempts, then one stream.
    waste: unbounded,
    requests: 80,
  },
  {
    no: 2,
    name: 'claims to do ranges but does not',
    behave: always({ ...honest, ignoreRange: true, headers: { 'Accept-Ranges': 'bytes' } }),
    end: complete(),
    waste: unbounded,
    requests: 80,
  },
  {
    no: 3,
    name: 'leaves the place of parts out',
    behave: always({ ...honest, headers: { 'Content-Range': null } }),
    end: complete(),
    waste: unbounded,
    requests: 80,
  },
  {
    no: 4,
    name: 'begins parts too early',
    behave: () => (request) => ({ ...honest, shiftStart: isFirst(request) ? 0 : -512 }),
    end: complete(),
    waste: unbounded,
    requests: 80,
  },
  {
    no: 5,
    name: 'begins parts too late',
    behave: always({ ...honest, shiftStart: 512 }),
    end: complete(),
    waste: unbounded,
    requests: 80,
  },
  {
    no: 6,
    name: 'ends parts too early and says so',
    behave: () => (request) => {
      const { first, last } = request.range ?? { first: 0, last: 0 };
      return { ...honest, shiftEnd: last - first > 45_000 ? -40_000 : 0 };
    },
    end: complete(),
    requests: 80,
  },
  {
    no: 7,
    name: 'ends parts too late',
    behave: always({ ...honest, shiftEnd: 5000 }),
    end: complete(),
    waste: 10 * 5000,
  },
  {
    no: 8,
    name: 'says another total from one part to the next',
    behave: () => (request) => ({
      ...honest,
      headers: request.range
        ? { 'Content-Range': place(request, { size: body.sizeBytes + (request.number % 2) }) }
        : {},
    }),
    end: failed('REMOTE_CHANGED', 'nothing'),
    promised: null,
    waste: unbounded,
    requests: 80,
  },
  {
    no: 9,
    name: 'does not say the total',
    behave: () => (request) => ({
      ...honest,
      headers: request.range ? { 'Content-Range': place(request, { size: '*' }) } : {},
    }),
    end: complete(),
    waste: pieceBytes,
  },
  {
    no: 10,
    name: 'says a place that is not as long as the body',
    behave: () => (request) => ({
      ...honest,
      headers: request.range ? { 'Content-Range': place(request, { last: request.range.last - 1 }) } : {},
    }),
    end: complete(),
    waste: unbounded,
    requests: 80,
  },
  {
    no: 15,
    name: 'sends the wrong part in chunks',
    behave: always({ ...honest, noLength: 'chunked', shiftStart: 512 }),
    end: complete(),
    waste: unbounded,
    requests: 80,
  },
  {
    no: 21,
    name: 'wraps a part as if there were several',
    behave: () => (request) => ({
      ...honest,
      headers: request.range ? { 'Content-Type': 'multipart/byteranges; boundary=x' } : {},
    }),
    end: complete(),
    waste: unbounded,
    requests: 80,
  },
  {
    no: 26,
    name: 'has a longer file under the same ETag',
    behave: others(2, { ...honest, body: longer, ignoreIfRange: true }),
    end: complete(longer),
    waste: unbounded,
    requests: 80,
  },
  {
    no: 36,
    name: 'says that there is no more when all is here',
    begun: 'all',
    behave: always({ status: 416, text: '', headers: { 'Content-Range': `bytes */${body.sizeBytes}` } }),
    end: { fresh: failed('SERVER_PROTOCOL'), resumed: complete() },
    shows: ({ scene, requests }) => !scene.resumed || requests.length === 0,
  },
  {
    no: 37,
    name: 'has a smaller file now',
    behave: others(2, { ...honest, body: small, etag: '"v2"', ignoreIfRange: true }),
    end: complete(small),
    waste: unbounded,
    requests: 80,
  },
  {
    no: 37,
    name: 'has an empty file now',
    behave: () => () => ({ status: 416, text: '', headers: { 'Content-Range': 'bytes */0' } }),
    end: failed('HASH_MISMATCH', 'nothing'),
  },
  {
    no: 38,
    name: 'says for ever that there is no more',
    behave: always({ status: 416, text: '' }),
    end: failed('SERVER_PROTOCOL', 'aside'),
  },
  {
    no: 38,
    name: 'says for ever that there is no more behind the first part',
    behave: () => (request) => (isFirst(request) ? honest : { status: 416, text: '' }),
    end: failed('SERVER_PROTOCOL', 'aside'),
    waste: 2 * pieceBytes,
    requests: 80,
  },
]);

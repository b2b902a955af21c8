import type { Behaviour } from '../../../support/fault-server.ts';
import {
  body,
  complete,
  failed,
  honest,
  other,
  pieceBytes,
  type FaultCase,
  type Seen,
} from '../../../support/fault-cases.ts';
import { runFaultCases } from '../../../support/fault-table.ts';

const unbounded = Number.POSITIVE_INFINITY;
const later =
  (number: number, behaviour: Behaviour): FaultCase['behave'] =>
  (scene) =>
  (request) =>
    !scene.resumed && request.number <= number ? honest : behaviour;
const always =
  (behaviour: Behaviour): FaultCase['behave'] =>
  () =>
  () =>
    behaviour;
const weak: Behaviour = { body, etag: 'W/"v1"' };
const bare: Behaviour = { body };
/** The first that is asked for is what is here already, up to where the gap begins. */
const looksFirst = ({ scene, requests }: Seen): boolean => {
  const { first, last } = requests[0]?.range ?? { first: -1, last: -1 };
  return !scene.resumed || (first === 0 && last === pieceBytes - 1);
};

runFaultCases([
  {
    no: 25,
    name: 'has another file of the same length under another ETag',
    behave: later(2, { ...honest, body: other, etag: '"v2"' }),
    end: complete(other),
    waste: unbounded,
  },
  {
    no: 25,
    name: 'has another file of the same length, and no hash is promised',
    behave: later(2, { ...honest, body: other, etag: '"v2"' }),
    promised: null,
    end: complete(other, 'size'),
    waste: unbounded,
    requests: 60,
  },
  {
    no: 27,
    name: 'gives weak ETags only',
    before: weak,
    behave: always(weak),
    end: complete(),
    waste: pieceBytes,
    shows: looksFirst,
  },
  {
    no: 27,
    name: 'gives weak ETags only, and no hash is promised',
    before: weak,
    behave: always(weak),
    promised: null,
    end: complete(body, 'size'),
    waste: pieceBytes,
    shows: looksFirst,
  },
  {
    no: 27,
    name: 'has another file under the same weak ETag',
    before: weak,
    behave: always({ ...weak, body: other }),
    promised: null,
    end: complete(other, 'size'),
    waste: unbounded,
  },
  {
    no: 28,
    name: 'gives no validators',
    before: bare,
    behave: always(bare),
    end: complete(),
    waste: pieceBytes,
    shows: looksFirst,
  },
  {
    no: 28,
    name: 'gives no validators and has another file now',
    before: bare,
    behave: always({ body: other }),
    promised: null,
    end: complete(other, 'size'),
    waste: unbounded,
  },
  {
    no: 29,
    name: 'gives each node its own ETag for one file',
    behave: () => (request) => ({ body, etag: `"v${request.number % 2}"` }),
    end: complete(),
    waste: unbounded,
    requests: 60,
    shows: ({ rig, scene }) =>
      !scene.resumed || rig.db.prepare('SELECT validators_vary FROM download').pluck().get() === 1,
  },
  {
    no: 29,
    name: 'gives each node its own ETag, and no hash is promised',
    behave: () => (request) => ({ body, etag: `"v${request.number % 2}"` }),
    promised: null,
    end: complete(body, 'size'),
    waste: unbounded,
    requests: 80,
  },
  {
    no: 30,
    name: 'has another ETag for compressed bodies',
    behave: () => (request) =>
      request.headers['accept-encoding'] === 'identity' ? honest : { ...honest, etag: '"v1-gzip"' },
    end: complete(),
  },
  {
    no: 31,
    name: 'ignores If-Range and sends parts of a new file',
    behave: later(2, { ...honest, body: other, etag: '"v2"', ignoreIfRange: true }),
    promised: null,
    end: complete(other, 'size'),
    waste: unbounded,
    requests: 60,
  },
  {
    no: 32,
    name: 'sends parts of another file without any validator for a while',
    behave: () => (request) => ({ body: request.number <= 3 ? other : body, ignoreIfRange: true }),
    end: complete(),
    waste: unbounded,
    requests: 60,
  },
  {
    no: 32,
    name: 'sends another file without any validator for ever',
    behave: always({ body: other, ignoreIfRange: true }),
    promised: body,
    end: failed('HASH_MISMATCH', 'nothing'),
    waste: unbounded,
    requests: 60,
  },
  {
    no: 33,
    name: 'answers every condition with the whole file',
    behave: always({ ...honest, refuseIfRange: true }),
    end: complete(),
    waste: unbounded,
  },
  {
    no: 34,
    name: 'says that a condition does not hold, for it has a new file',
    behave: () => (request) => {
      if (request.headers['if-range'] === '"v1"') return { status: 412, text: '' };
      return { ...honest, body: other, etag: '"v2"' };
    },
    promised: other,
    end: complete(other),
    waste: unbounded,
  },
  {
    no: 35,
    name: 'says "not modified" to a condition',
    behave: () => (request) =>
      request.headers['if-range'] === undefined ? honest : { status: 304, text: '' },
    end: complete(),
  },
  {
    no: 35,
    name: 'says "not modified" unasked',
    behave: always({ status: 304, text: '' }),
    end: failed('SERVER_PROTOCOL'),
  },
  {
    no: 64,
    name: 'has a node with another file under the same ETag',
    behave: () => (request) => (request.connection % 2 === 1 ? { ...honest, body: other } : honest),
    promised: body,
    end: failed('HASH_MISMATCH', 'nothing'),
    // The one connection of the second try may meet the right node.
    or: complete(),
    waste: unbounded,
    requests: 60,
  },
  {
    no: 65,
    name: 'flips a bit once on the way',
    behave: () => {
      let flips = 1;
      return (request) => {
        const hit = request.range !== null && request.range.first <= 100_000 && request.range.last >= 100_000;
        return hit && flips-- > 0 ? { ...honest, flipBitAt: 100_000 } : honest;
      };
    },
    end: complete(),
    // Nothing tells which bytes are wrong: everything once more, and no more than that.
    waste: body.sizeBytes,
  },
  {
    no: 65,
    name: 'flips a bit for ever',
    behave: always({ ...honest, flipBitAt: 100_000 }),
    end: failed('HASH_MISMATCH', 'nothing'),
    waste: body.sizeBytes,
  },
]);

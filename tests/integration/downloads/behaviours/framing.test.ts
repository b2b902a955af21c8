import {
  complete,
  failed,
  honest,
  rawAnswer,
  body,
  pieceBytes,
  type FaultCase,
} from '../../../support/fault-cases.ts';
import { runFaultCases } from '../../../support/fault-table.ts';

/** Every other answer, so that there is a way on. */
const everyOther = (number: number): boolean => number % 2 === 1;
/** An answer whose length is not stated is asked for once more by the plain client: one a connection at most. */
const askedTwice = 9 * pieceBytes;
const protocol = failed('SERVER_PROTOCOL');
const always = (headers: readonly string[], text: string): FaultCase['behave'] => {
  return () => (request) => ({ raw: rawAnswer(request, headers, text) });
};

runFaultCases([
  {
    no: 11,
    name: 'sends more than it says',
    behave: () => () => ({ ...honest, extraBytes: 3000 }),
    end: complete(),
    requests: 60,
    waste: 4 * pieceBytes,
  },
  {
    no: 12,
    name: 'ends bodies before their end',
    behave: () => (request) => (everyOther(request.number) ? { ...honest, cutAfter: 20_000 } : honest),
    end: complete(),
  },
  {
    no: 13,
    name: 'resets bodies before their end',
    behave: () => (request) =>
      everyOther(request.number) ? { ...honest, cutAfter: 20_000, cutBy: 'rst' } : honest,
    end: complete(),
    waste: 20 * 20_000,
  },
  {
    no: 14,
    name: 'resets bodies whose end only the end of the connection tells',
    behave: () => (request) =>
      everyOther(request.number)
        ? { ...honest, noLength: 'close', cutAfter: 20_000, cutBy: 'rst' }
        : { ...honest, noLength: 'close' },
    end: complete(),
    waste: 20 * 20_000 + askedTwice,
  },
  {
    no: 14,
    name: 'resets a whole file of which nobody knows the length',
    before: { body },
    promised: null,
    behave: () => (request) => ({
      body,
      ignoreRange: true,
      noLength: 'close',
      ...(request.number <= 5 ? { cutAfter: 200_000, cutBy: 'rst' } : {}),
    }),
    end: { fresh: complete(body, 'none'), resumed: complete(body, 'none') },
    waste: Number.POSITIVE_INFINITY,
  },
  {
    no: 16,
    name: 'cuts chunked bodies before their last chunk',
    behave: () => (request) =>
      everyOther(request.number)
        ? { ...honest, noLength: 'chunked', cutAfter: 20_000 }
        : { ...honest, noLength: 'chunked' },
    end: complete(),
    waste: askedTwice,
  },
  {
    no: 17,
    name: 'sends a chunk of an impossible length',
    behave: always(['Transfer-Encoding: chunked'], 'FFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n'),
    end: protocol,
  },
  {
    no: 17,
    name: 'sends a chunk of no length at all',
    behave: always(['Transfer-Encoding: chunked'], 'five\r\nhello\r\n0\r\n\r\n'),
    end: protocol,
  },
  {
    no: 18,
    name: 'tells the length in two ways',
    behave: always(['Content-Length: 5', 'Transfer-Encoding: chunked'], '5\r\nhello\r\n0\r\n\r\n'),
    end: protocol,
  },
  {
    no: 19,
    name: 'tells two lengths',
    behave: always(['Content-Length: 5', 'Content-Length: 6'], 'hello!'),
    end: protocol,
  },
  { no: 20, name: 'tells a negative length', behave: always(['Content-Length: -5'], 'hello'), end: protocol },
  {
    no: 20,
    name: 'tells nonsense for a length',
    behave: always(['Content-Length: 5x'], 'hello'),
    end: protocol,
  },
  {
    no: 20,
    name: 'tells a length beyond all numbers',
    behave: always(['Content-Length: 36893488147419103232'], 'hello'),
    end: protocol,
  },
  {
    no: 22,
    name: 'compresses one body unasked',
    behave: () => (request) =>
      request.number === 1 ? { ...honest, headers: { 'Content-Encoding': 'gzip' } } : honest,
    end: complete(),
    waste: body.sizeBytes,
  },
  {
    no: 22,
    name: 'compresses every body unasked',
    behave: () => () => ({ ...honest, headers: { 'Content-Encoding': 'br' } }),
    end: failed('SERVER_BAD_CONTENT'),
  },
  {
    no: 24,
    name: 'wraps bodies a hundred times',
    behave: always(['Content-Length: 5', `Content-Encoding: ${'gzip, '.repeat(100)}gzip`], 'hello'),
    end: failed('SERVER_BAD_CONTENT'),
  },
  {
    no: 24,
    name: 'wraps the transfer a hundred times',
    behave: always([`Transfer-Encoding: ${'gzip, '.repeat(100)}chunked`], '5\r\nhello\r\n0\r\n\r\n'),
    end: protocol,
  },
]);

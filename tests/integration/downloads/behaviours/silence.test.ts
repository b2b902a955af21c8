import { body, complete, failed, honest, impatient, rawAnswer, waits } from '../../../support/fault-cases.ts';
import { runFaultCases } from '../../../support/fault-table.ts';

/** Half a minute and a minute in the product. */
const floor = {
  among: { bytesPerSecond: 8000, windowMs: 120 },
  alone: { bytesPerSecond: 1000, windowMs: 160 },
};
const patient = { delayFactor: 1 };
const unbounded = Number.POSITIVE_INFINITY;

runFaultCases([
  {
    no: 59,
    name: 'sends a body without end',
    before: { body },
    behave: () => () => ({
      raw: 'HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n' + 'x'.repeat(2_000_000),
    }),
    promised: null,
    rig: { tuning: { mostUntoldBytes: 1_000_000 } },
    end: failed('SERVER_BAD_CONTENT', 'nothing'),
    requests: 20,
  },
  {
    no: 60,
    name: 'lets some bodies drip',
    behave: () => (request) => (request.number === 2 ? { ...honest, bytesPerSecond: 100 } : honest),
    rig: { tuning: { floor } },
    end: complete(),
    waste: unbounded,
  },
  {
    no: 60,
    name: 'lets every body drip',
    behave: () => () => ({ ...honest, bytesPerSecond: 100 }),
    rig: { tuning: { floor, ...patient } },
    end: waits('TOO_SLOW'),
    requests: 40,
  },
  {
    no: 61,
    name: 'never finishes its headers',
    behave: () => (request) => ({
      raw: rawAnswer(request, ['X: x'.repeat(100)]),
      rawHow: { everyMs: 20, step: 1 },
    }),
    rig: { tuning: { ...impatient, ...patient } },
    end: waits('NETWORK_TIMEOUT'),
  },
  {
    no: 61,
    name: 'is late with its headers once',
    behave: () => (request) => (request.number === 2 ? { stallBeforeHead: true } : honest),
    rig: { tuning: impatient },
    end: complete(),
    waste: unbounded,
  },
  {
    no: 62,
    name: 'accepts and falls silent',
    behave: () => () => ({ stallBeforeHead: true }),
    rig: { tuning: { ...impatient, ...patient } },
    end: waits('NETWORK_TIMEOUT'),
  },
  {
    no: 62,
    name: 'falls silent in the middle of a body once',
    behave: () => (request) =>
      request.number === 2 ? { ...honest, cutAfter: 4000, cutBy: 'stall' } : honest,
    rig: { tuning: impatient },
    end: complete(),
    waste: unbounded,
  },
]);

import type { DownloadReason } from '../../../../shared/domain/download-reason.ts';
import { makeAuthority, type Identity } from '../../../support/tls.ts';
import type { Behaviour } from '../../../support/fault-server.ts';
import {
  complete,
  failed,
  honest,
  impatient,
  rawAnswer,
  waits,
  type FaultCase,
} from '../../../support/fault-cases.ts';
import { runFaultCases } from '../../../support/fault-table.ts';

const dayMs = 24 * 60 * 60 * 1000;
const authority = makeAuthority();
const stranger = makeAuthority('Somebody else');
const always =
  (behaviour: Behaviour): FaultCase['behave'] =>
  () =>
  () =>
    behaviour;
const names = ['127.0.0.1'];
const good = authority.issue({ names });
const certificate = (name: string, tls: Identity, reason: DownloadReason): FaultCase => ({
  no: 66,
  name: `has a certificate that ${name}`,
  server: { tls: good },
  becomes: { tls },
  behave: always(honest),
  rig: { certificates: [authority.cert] },
  end: failed(reason),
  requests: 0,
});
const many = Array.from({ length: 10_000 }, (_, index) => `X-${index}: 1`);

runFaultCases([
  {
    no: 63,
    name: 'bears two connections and resets the others',
    becomes: { mostConnections: 2 },
    behave: always(honest),
    end: complete(),
    requests: 20,
    shows: ({ server }) => server.mostBusy() <= 2,
  },
  certificate('is of an unknown authority', stranger.issue({ names }), 'CERTIFICATE'),
  certificate('is for another host', authority.issue({ names: ['example.org'] }), 'CERTIFICATE'),
  certificate(
    'has ended yesterday',
    authority.issue({ names, fromMs: Date.now() - 90 * dayMs, untilMs: Date.now() - dayMs }),
    'CERTIFICATE',
  ),
  {
    ...certificate(
      'is not valid yet, as for a clock that is years behind',
      authority.issue({ names, fromMs: Date.now() + 400 * dayMs, untilMs: Date.now() + 500 * dayMs }),
      'CLOCK_WRONG',
    ),
    no: 67,
  },
  {
    no: 68,
    name: 'sends a flood of 1xx',
    behave: always({ raw: 'HTTP/1.1 102 Processing\r\n\r\n', rawHow: { everyMs: 2 } }),
    rig: { tuning: { ...impatient, delayFactor: 1 } },
    end: waits('NETWORK_TIMEOUT'),
  },
  {
    no: 68,
    name: 'sends a header of 100 kB',
    behave: () => (request) => ({ raw: rawAnswer(request, [`X: ${'x'.repeat(100_000)}`]) }),
    end: failed('SERVER_PROTOCOL'),
  },
  {
    no: 68,
    name: 'sends ten thousand headers',
    behave: () => (request) => ({ raw: rawAnswer(request, many) }),
    end: failed('SERVER_PROTOCOL'),
  },
]);

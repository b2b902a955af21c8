import { makeAuthority } from '../../../support/tls.ts';
import type { Behaviour } from '../../../support/fault-server.ts';
import {
  complete,
  failed,
  honest,
  other,
  waits,
  type FaultCase,
  type Seen,
} from '../../../support/fault-cases.ts';
import { runFaultCases } from '../../../support/fault-table.ts';

const to = (location: string): Behaviour => ({ status: 302, text: '', headers: { Location: location } });
const refused = failed('ADDRESS_REFUSED');
const always =
  (behaviour: Behaviour): FaultCase['behave'] =>
  () =>
  () =>
    behaviour;
const elsewhere: FaultCase['behave'] = (scene) => () => to(`${scene.elsewhere}/clip.mp4`);
/** Nothing private may be reached but the server itself. */
const shut: Pick<FaultCase, 'link' | 'promised'> = {
  promised: null,
  link: ({ url }) => ({
    url: `${url}/clip.mp4`,
    policy: { insecureHttp: true, allowPrivate: false, loopbackHost: '127.0.0.1' },
  }),
};
const privateTargets = [
  'http://localhost:9/clip.mp4',
  'http://169.254.169.254/latest/meta-data',
  'http://10.1.2.3/clip.mp4',
  'http://[::1]:9/clip.mp4',
  'http://[::ffff:192.168.0.1]/clip.mp4',
];
const authority = makeAuthority();

runFaultCases([
  {
    no: 52,
    name: 'redirects to a host that has the same file',
    behave: elsewhere,
    end: complete(),
    shows: ({ elsewhere: there }: Seen) => there.requests.length > 0,
  },
  {
    no: 52,
    name: 'redirects to a host that has another file',
    behave: (scene) => () => to(`${scene.elsewhere}/clip.mp4`),
    elsewhere: { ...honest, body: other, etag: '"v2"' },
    promised: null,
    rig: { tuning: { delayFactor: 1 } },
    // From nothing there is no file that it could be another of.
    end: { fresh: complete(other, 'size'), resumed: waits('SERVER_UNREACHABLE') },
  },
  {
    no: 52,
    name: 'redirects to the login page of another host',
    behave: (scene) => () => to(`${scene.elsewhere}/login`),
    elsewhere: { text: '<html>Sign in', headers: { 'Content-Type': 'text/html' } },
    rig: { tuning: { delayFactor: 1 } },
    end: { fresh: failed('SERVER_BAD_CONTENT'), resumed: waits('SERVER_UNREACHABLE') },
  },
  {
    no: 53,
    name: 'redirects from https to http',
    server: { tls: authority.issue({ names: ['127.0.0.1'] }) },
    rig: { certificates: [authority.cert] },
    behave: elsewhere,
    end: refused,
    shows: ({ elsewhere: there }) => there.requests.length === 0,
  },
  ...privateTargets.map((target): FaultCase => ({
    no: 54,
    name: `redirects to ${target}`,
    behave: always(to(target)),
    end: refused,
    ...shut,
  })),
  { no: 54, name: 'redirects to a file', behave: always(to('file:///etc/passwd')), end: refused },
  { no: 54, name: 'redirects with a password', behave: always(to('http://a:b@127.0.0.1/')), end: refused },
  {
    no: 55,
    name: 'redirects in a circle',
    behave: always(to('/clip.mp4')),
    end: failed('SERVER_PROTOCOL'),
    requests: 6 * 8,
  },
  {
    no: 55,
    name: 'redirects twenty times',
    behave: () => (request) => to(`/${Number(/\d+/.exec(request.path)?.[0] ?? 0) + 1}`),
    end: failed('SERVER_PROTOCOL'),
    requests: 6 * 8,
  },
  {
    no: 55,
    name: 'redirects to nowhere',
    behave: always({ status: 302, text: '' }),
    end: failed('SERVER_PROTOCOL'),
  },
  {
    no: 55,
    name: 'redirects to an address without end',
    behave: always(to(`/${'x'.repeat(100_000)}`)),
    end: failed('SERVER_PROTOCOL'),
  },
  {
    no: 56,
    name: 'redirects to another origin, which must not see what it was given',
    behave: elsewhere,
    end: complete(),
    shows: ({ elsewhere: there, requests }) =>
      requests.every((request) => 'x-api-key' in request.headers) &&
      !there.requests.some((request) => 'x-api-key' in request.headers),
  },
  {
    no: 57,
    name: 'sets cookies',
    behave: () => () => ({ ...honest, headers: { 'Set-Cookie': 'id=1; Path=/' } }),
    end: complete(),
    shows: ({ requests }) => !requests.some((request) => 'cookie' in request.headers),
  },
]);

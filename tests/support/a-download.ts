import { afterEach } from 'vitest';
import { seededBody } from './fault-body.ts';
import { startRig, type Rig, type RigOptions } from './fault-rig.ts';
import { startFaultServer, type Behaviour, type FaultServer, type SeenRequest } from './fault-server.ts';

/** The file that these tests fetch, and how an honest server gives it. */
export const body = seededBody(2 * 1024 * 1024, 5);
export const sha256 = body.sha256();
export const honest: Behaviour = { body, etag: '"v1"' };
export const slow: Behaviour = { ...honest, bytesPerSecond: 1_000_000 };

const open: Array<{ close(): Promise<void> }> = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** A fault server that ends with the test. */
export async function serve(behave: (request: SeenRequest) => Behaviour): Promise<FaultServer> {
  const server = await startFaultServer(behave);
  open.push(server);
  return server;
}

/** The engine on a temporary home, which ends with the test. */
export async function rigOf(options: RigOptions = {}): Promise<Rig> {
  const rig = await startRig(options);
  open.push(rig);
  return rig;
}

/** The wish for that file from a server, with the hash that proves it. */
export const wanted = (url: string, more: object = {}) => ({
  url: `${url}/clip.mp4`,
  insecureHttp: true,
  allowPrivate: true,
  sha256,
  ...more,
});

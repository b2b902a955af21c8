import { onTestFinished } from 'vitest';
import { createHttpClient } from '../../../electron/core/http/create-http-client.ts';
import { HttpFault, type AddressPolicy, type HttpClient } from '../../../electron/core/http/http-client.ts';
import { createTrust } from '../../../electron/core/http/trust.ts';
import { createNetwork, type Network } from '../../../electron/core/network/network.ts';
import type { SystemProxy } from '../../../electron/core/ports.ts';
import type { SecretStore } from '../../../electron/core/secrets/secret-store.ts';
import type { ProxySettings } from '../../../shared/contract/system.ts';
import { startFaultServer, type Behaviour, type FaultServer } from '../../support/fault-server.ts';
import { startProxy, type ProxyOptions, type TestProxy } from '../../support/proxy.ts';
import { makeAuthority, type Identity } from '../../support/tls.ts';

/** Everything is allowed: what these tests are about is the way. */
export const loose: AddressPolicy = { insecureHttp: true, allowPrivate: true };
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The authority that the clients of these tests believe. */
export const authority = makeAuthority();

/** Closes something with the test. */
export function closing<T extends { close(): Promise<void> }>(one: T): T {
  onTestFinished(() => one.close());
  return one;
}

/** An origin: answers `hello`, or what it is told, and keeps what it was asked. */
export async function anOrigin(
  behaviour: Behaviour = { text: 'hello' },
  tls?: Identity,
): Promise<FaultServer> {
  return closing(await startFaultServer(() => behaviour, tls ? { tls } : {}));
}

/** An origin that speaks TLS under the names given, by the believed authority. */
export const aSecureOrigin = (names: readonly string[], behaviour?: Behaviour): Promise<FaultServer> =>
  anOrigin(behaviour, authority.issue({ names }));

/** A proxy. */
export const aProxy = async (options: ProxyOptions = {}): Promise<TestProxy> =>
  closing(await startProxy(options));

/** What a test may say of its way out. */
export interface WayOut {
  readonly proxy?: Partial<ProxySettings>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly system?: SystemProxy;
  readonly certificateFile?: string;
  readonly password?: string;
}

/** A client on a way out whose settings a test may change. */
export interface Rig {
  readonly http: HttpClient;
  readonly network: Network;
  readonly settings: { proxy: ProxySettings; certificateFile: string };
  /** Moves the clock. */
  readonly clock: { ms: number };
}

/** Builds the parts as the core does, on settings in memory. */
export async function aWayOut(wanted: WayOut = {}): Promise<Rig> {
  const settings = {
    proxy: { mode: 'manual' as const, url: '', bypass: '', pacUrl: '', user: '', ...wanted.proxy },
    certificateFile: wanted.certificateFile ?? '',
  };
  const clock = { ms: Date.now() };
  const network = closing(
    createNetwork({
      settings: () => settings,
      secrets: memorySecrets(),
      environment: wanted.environment ?? {},
      system: wanted.system ?? null,
      clock: { now: () => clock.ms },
      log: quiet,
      userAgent: 'Rushes test',
      pacWorkerUrl: new URL('../../../electron/core/network/pac/pac-worker.ts', import.meta.url),
    }),
  );
  if (wanted.password !== undefined) await network.setPassword(wanted.password);
  // As the network has it, but believing the authority of these tests beside what the settings add.
  const trust = createTrust({
    log: quiet,
    certificates: [authority.cert],
    certificateFile: () => settings.certificateFile,
  });
  const http = closing(
    createHttpClient({ userAgent: 'Rushes test', log: quiet, routes: network.routes, trust }),
  );
  network.onRenewed(() => trust.renew());
  return { http, network, settings, clock };
}

function memorySecrets(): SecretStore {
  const held = new Map<string, string>();
  return {
    get: async (name) => held.get(name) ?? null,
    set: async (name, secret) => void held.set(name, secret),
    delete: async (name) => void held.delete(name),
  };
}

/** Asks and reads; the text, or the kind of the fault with its sentence. */
export async function said(
  http: HttpClient,
  url: string,
  more: Partial<Parameters<HttpClient['request']>[0]> = {},
): Promise<string> {
  try {
    const response = await http.request({ url, policy: loose, ...more });
    const text = Buffer.from(await response.bytes()).toString('utf8');
    return response.status === 200 ? text : `status ${response.status}`;
  } catch (error) {
    if (!(error instanceof HttpFault)) throw error;
    return `${error.kind}: ${error.message}`;
  }
}

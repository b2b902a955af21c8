import type { Settings } from '../../../shared/contract/system.ts';
import { createHttpClient } from '../http/create-http-client.ts';
import { createTrust, type Trust } from '../http/trust.ts';
import type { Clock, Log, SystemProxy } from '../ports.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import { proxyVariables, type Environment } from './environment.ts';
import { createPacSource } from './pac/pac-source.ts';
import { startPacThread } from './pac/pac-thread.ts';
import { readPac } from './pac/read-pac.ts';
import { createRoutes, type RenewableRoutes } from './routes.ts';

/** The name of the proxy's password among the secrets. */
const passwordSecret = 'proxy-password';

/** What the way out is made of. */
export interface NetworkDeps {
  readonly settings: () => Pick<Settings, 'proxy' | 'certificateFile'>;
  readonly secrets: SecretStore;
  readonly environment: Environment;
  readonly system: SystemProxy | null;
  readonly clock: Clock;
  readonly log: Log;
  readonly userAgent: string;
  /** The module that runs a proxy script in a worker thread. */
  readonly pacWorkerUrl: URL;
}

/** A failure of a proxy or a proxy script. */
export interface WayFault {
  readonly message: string;
  readonly atMs: number;
}

/** The way out of the house: which proxy, which certificates. The HTTP client stands on it. */
export interface Network {
  readonly routes: RenewableRoutes;
  readonly trust: Trust;
  hasPassword(): Promise<boolean>;
  /** Null forgets it. */
  setPassword(password: string | null): Promise<void>;
  lastFault(): WayFault | null;
  /** The settings in a sentence. */
  summary(): string;
  /** To be called after every change of the settings; does nothing where none of them was about the network. */
  settingsChanged(): void;
  /** Called when there is a new way out or a new password. One listener: the later replaces the earlier. */
  onRenewed(listener: () => void): void;
  close(): Promise<void>;
}

/** Builds the way out over the settings. */
export function createNetwork(deps: NetworkDeps): Network {
  const { clock, log, secrets, userAgent } = deps;
  let fault: WayFault | null = null;
  let known = JSON.stringify(relevant(deps.settings()));
  let renewed: () => void = () => undefined;
  const trust = createTrust({ log, certificateFile: () => deps.settings().certificateFile });
  // A proxy script says how to get out, so it is fetched straight.
  const house = createHttpClient({ userAgent, log, trust });
  const pac = createPacSource({
    place: () => deps.settings().proxy.pacUrl,
    read: (place) => readPac(place, house),
    load: (source) => startPacThread(source, { workerUrl: deps.pacWorkerUrl, now: () => clock.now() }),
    now: () => clock.now(),
  });
  const password = (): Promise<string | null> => secrets.get(passwordSecret);
  const routes = createRoutes({
    settings: () => deps.settings().proxy,
    environment: deps.environment,
    system: deps.system,
    pac,
    password,
    now: () => clock.now(),
    onFault: (message) => {
      // Said once: a queue of a thousand would say it at every try.
      if (fault?.message !== message) log.warn('The way out of the house fails.', { why: message });
      fault = { message, atMs: clock.now() };
    },
  });
  const renew = (): void => {
    fault = null;
    trust.renew();
    routes.renew();
    renewed();
  };
  return {
    routes,
    trust,
    hasPassword: async () => (await password()) !== null,
    setPassword: async (given) => {
      await (given === null ? secrets.delete(passwordSecret) : secrets.set(passwordSecret, given));
      renew();
    },
    lastFault: () => fault,
    summary: () => summaryOf(deps),
    settingsChanged: () => {
      const current = JSON.stringify(relevant(deps.settings()));
      if (current === known) return;
      known = current;
      renew();
    },
    onRenewed: (listener) => {
      renewed = listener;
    },
    close: async () => {
      renewed = () => undefined;
      await pac.close();
      await house.close();
    },
  };
}

function summaryOf({ settings, environment, system }: NetworkDeps): string {
  const { mode, url, pacUrl } = settings().proxy;
  if (mode === 'manual') return `Through the proxy ${url}.`;
  if (mode === 'pac') return `As the proxy script ${pacUrl} says.`;
  if (mode === 'none') return 'Straight to every address, without a proxy.';
  const set = proxyVariables(environment);
  if (set.length > 0) return `As the environment says (${set.join(', ')}).`;
  return system === null
    ? 'Straight: the environment names no proxy, and only the desktop can ask the operating system.'
    : 'As the operating system is set.';
}

function relevant({ proxy, certificateFile }: ReturnType<NetworkDeps['settings']>): unknown {
  return [proxy, certificateFile];
}

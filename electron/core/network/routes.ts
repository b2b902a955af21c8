import type { ProxySettings } from '../../../shared/contract/system.ts';
import { isBypassed, isOwnMachine } from '../http/bypass.ts';
import { HttpFault } from '../http/http-client.ts';
import type { Hop, ProxyCredentials, Routes } from '../http/way-out.ts';
import type { SystemProxy } from '../ports.ts';
import { proxyFromEnvironment, type Environment } from './environment.ts';
import { publicPart, type PacSource } from './pac/pac-source.ts';
import { proxyUrl, readProxyList } from './proxy-list.ts';

/** How long a proxy that could not be reached comes after the others. */
const coolingMs = 60_000;
/** How long an answer of a script or of the system holds for a host. */
const answerHoldsMs = 30_000;
const mostAnswers = 500;
const systemWaitMs = 15_000;

interface RoutesDeps {
  readonly settings: () => ProxySettings;
  readonly environment: Environment;
  /** What the operating system is set to; null where that cannot be asked. */
  readonly system: SystemProxy | null;
  readonly pac: PacSource;
  /** The sealed password, or null. */
  readonly password: () => Promise<string | null>;
  readonly now: () => number;
  /** Told of every failure, in a sentence. */
  readonly onFault: (message: string) => void;
}

/** Routes that can be told that the settings have changed. */
export interface RenewableRoutes extends Routes {
  renew(): void;
}

/** Decides which way an address goes, by the settings, the environment, the system or a script. */
export function createRoutes(deps: RoutesDeps): RenewableRoutes {
  const cooling = new Map<string, number>();
  const environmentCredentials = new Map<string, ProxyCredentials>();
  let generation = 0;

  const answers = createAnswers(deps.now);
  const bySystem = async (url: URL): Promise<readonly Hop[]> => {
    const told = proxyFromEnvironment(url, deps.environment);
    if (told.kind === 'direct') return [told];
    if (told.kind === 'proxy') {
      if (told.credentials) environmentCredentials.set(told.url, told.credentials);
      return [{ kind: 'proxy', url: told.url }];
    }
    const { system } = deps;
    if (system === null) return [{ kind: 'direct' }];
    return answers.of(url, () => askSystem(system, url));
  };
  const manually = (url: URL, proxy: ProxySettings): readonly Hop[] => {
    if (isBypassed(url, proxy.bypass)) return [{ kind: 'direct' }];
    const named = proxyUrl(proxy.url);
    if (named === null) throw new HttpFault('proxy-unreachable', 'The address of the proxy is not usable.');
    return [{ kind: 'proxy', url: named }];
  };
  const bySettings = async (url: URL): Promise<readonly Hop[]> => {
    const proxy = deps.settings();
    if (proxy.mode === 'system') return bySystem(url);
    if (proxy.mode === 'pac') return answers.of(url, () => deps.pac.find(url));
    return proxy.mode === 'manual' ? manually(url, proxy) : [{ kind: 'direct' }];
  };
  const isCooling = (hop: Hop): boolean => hop.kind === 'proxy' && (cooling.get(hop.url) ?? 0) > deps.now();

  return {
    find: async (url) => {
      if (isOwnMachine(url)) return [{ kind: 'direct' }];
      try {
        const hops = await bySettings(url);
        // All of them stay on the list: where every proxy failed a moment ago, trying is still better than not.
        return [...hops.filter((hop) => !isCooling(hop)), ...hops.filter(isCooling)];
      } catch (error) {
        if (error instanceof HttpFault) deps.onFault(error.message);
        throw error;
      }
    },
    credentials: async (url) => {
      const own = environmentCredentials.get(url);
      if (own) return own;
      const { user } = deps.settings();
      if (user === '') return null;
      const password = await deps.password();
      return password === null ? null : { user, password };
    },
    failed: (url) => {
      cooling.set(url, deps.now() + coolingMs);
      deps.onFault(`The proxy ${new URL(url).host} could not be reached.`);
    },
    generation: () => generation,
    renew: () => {
      generation += 1;
      cooling.clear();
      answers.clear();
      environmentCredentials.clear();
      deps.pac.renew();
    },
  };
}

/** What a script or the system answered, for a while: a download asks the same host many times a second. */
function createAnswers(now: () => number) {
  const held = new Map<string, { readonly hops: readonly Hop[]; readonly untilMs: number }>();
  let turn = 0;
  return {
    of: async (url: URL, ask: () => Promise<string>): Promise<readonly Hop[]> => {
      const known = held.get(url.origin);
      if (known && known.untilMs > now()) return known.hops;
      const mine = turn;
      const hops = readProxyList(await ask());
      if (hops.length === 0) {
        throw new HttpFault('proxy-unreachable', `No proxy that Rushes can use is named for ${url.host}.`);
      }
      if (held.size >= mostAnswers) held.clear();
      if (mine === turn) held.set(url.origin, { hops, untilMs: now() + answerHoldsMs });
      return hops;
    },
    clear: (): void => {
      turn += 1;
      held.clear();
    },
  };
}

/** The shell may be busy starting or ending, so it is not waited for without end. */
async function askSystem(system: SystemProxy, url: URL): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('it does not answer')), systemWaitMs);
  });
  try {
    return await Promise.race([system.resolve(publicPart(url)), late]);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new HttpFault('proxy-unreachable', `The system does not say which proxy to use: ${why}`);
  } finally {
    clearTimeout(timer);
  }
}

import type { NetworkHop, NetworkStatus, NetworkTest } from '../../../shared/contract/network.ts';
import type { Finding, ProxySettings } from '../../../shared/contract/system.ts';
import { HttpFault, type HttpClient } from '../http/http-client.ts';
import type { Hop } from '../http/way-out.ts';
import type { Network } from './network.ts';
import { testWay } from './test-way.ts';

/** A failure of longer ago is not how it stands now. */
const freshFaultMs = 10 * 60 * 1000;

/** What the doors may ask of the network. */
export interface NetworkArea {
  status(url?: string): Promise<NetworkStatus>;
  test(url: string, signal: AbortSignal | undefined): Promise<NetworkTest>;
  setProxyPassword(password: string | null): Promise<NetworkStatus>;
  /** The lines of the doctor. */
  findings(): Promise<Finding[]>;
}

interface CallsDeps {
  readonly network: Network;
  readonly http: HttpClient;
  readonly settings: () => ProxySettings;
  readonly now: () => number;
}

/** Builds what the doors ask of the way out. */
export function createNetworkCalls(deps: CallsDeps): NetworkArea {
  const { network, http } = deps;
  const status = async (url?: string): Promise<NetworkStatus> => {
    const { mode } = deps.settings();
    let hops: NetworkHop[] | null = null;
    let problem: string | null = null;
    if (url !== undefined) {
      try {
        hops = (await http.route(url)).map(toHop);
      } catch (error) {
        hops = [];
        problem = error instanceof HttpFault ? error.message : 'The address is not a URL.';
      }
    }
    return {
      mode,
      summary: network.summary(),
      hasPassword: await network.hasPassword(),
      hops,
      problem,
      certificates: network.trust.standing(),
      lastFault: network.lastFault(),
    };
  };
  return {
    status,
    test: (url, signal) => testWay(url, { ...deps, signal }),
    setProxyPassword: async (password) => {
      await network.setPassword(password);
      return status();
    },
    findings: async () => {
      const told = network.lastFault();
      const { trusted, added, file, problem, state } = network.trust.standing();
      const isFresh = told !== null && deps.now() - told.atMs < freshFaultMs;
      return [
        {
          name: 'Proxy',
          state: isFresh ? 'warning' : 'ok',
          value: network.summary(),
          ...(isFresh ? { hint: told.message } : {}),
        },
        {
          name: 'Certificates',
          state,
          value:
            file === ''
              ? `${trusted} authorities, none added`
              : `${trusted} authorities, ${added} added from ${file}`,
          ...(problem === null ? {} : { hint: problem }),
        },
      ];
    },
  };
}

function toHop(hop: Hop): NetworkHop {
  return hop.kind === 'direct' ? { kind: 'direct', url: null } : { kind: 'proxy', url: hop.url };
}

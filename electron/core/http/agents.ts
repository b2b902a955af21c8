import { Agent } from 'undici';
import { drop } from '../drop.ts';
import { createConnectors, type ConnectorsDeps } from './connectors.ts';
import type { AddressPolicy } from './http-client.ts';
import type { Hop } from './way-out.ts';

const keepAliveMs = 10_000;
const maxHeaderBytes = 32 * 1024;

/** Keeps the connections, apart by all that a kept one has been checked for. */
export function createAgents(deps: ConnectorsDeps) {
  // Kept-alive sockets have passed the check of one policy only, so each policy has connections of its own.
  const agents = new Map<string, Agent>();
  const retired = new Set<Agent>();
  const connectors = createConnectors(deps);
  let generation = '';

  /** After a change of the settings nothing goes over a connection of before; what runs on one may end. */
  const renew = (): void => {
    const current = `${deps.trust.generation()} ${deps.routes.generation()}`;
    if (generation === current) return;
    generation = current;
    connectors.forget();
    for (const agent of agents.values()) {
      retired.add(agent);
      drop(
        agent.close().finally(() => retired.delete(agent)),
        () => undefined,
      );
    }
    agents.clear();
  };

  return {
    /** The connections on one way under one policy. */
    on: (hop: Hop, protocol: string, policy: AddressPolicy): Agent => {
      renew();
      const way = hop.kind === 'direct' ? 'direct' : hop.url;
      const { insecureHttp, allowPrivate, loopbackHost = '' } = policy;
      const key = [way, protocol, insecureHttp, allowPrivate, loopbackHost].join(' ');
      const found = agents.get(key);
      if (found) return found;
      const agent = new Agent({
        allowH2: false,
        headersTimeout: 0,
        bodyTimeout: 0,
        maxHeaderSize: maxHeaderBytes,
        keepAliveTimeout: keepAliveMs,
        connect: connectors.along(hop, protocol, policy),
      });
      agents.set(key, agent);
      return agent;
    },
    signIns: connectors.signIns,
    /**
     * Tells, once a body has ended, whether its connection may have broken instead of having been closed: undici takes
     * a reset for the end of a body without a length. It does not say which connection it was, so any reset counts.
     */
    breakWatch: (headers: Readonly<Record<string, unknown>>): (() => boolean) => {
      const before = connectors.breaks();
      const isBounded = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
      return () => !isBounded && connectors.breaks() !== before;
    },
    close: async (): Promise<void> => {
      const ended = [...agents.values(), ...retired].map((agent) => agent.destroy());
      connectors.endAll();
      await Promise.all(ended);
      agents.clear();
    },
  };
}

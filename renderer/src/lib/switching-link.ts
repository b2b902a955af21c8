import { ORPCError, type ClientContext, type ClientLink } from '@orpc/client';

/** Where the page stands with the core. `refused` is final: the session of this browser tab has ended. */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'refused';

/** One connection. `end` makes its pending calls and streams fail. */
export interface Wire {
  readonly link: ClientLink<ClientContext>;
  /** False from the moment the other side is gone; calls may fail before anybody is told. */
  alive: () => boolean;
  end: () => void;
}

/** A link whose wire can be exchanged under the calls. */
export interface SwitchingLink {
  readonly link: ClientLink<ClientContext>;
  state: () => ConnectionState;
  subscribe: (listener: () => void) => () => void;
  open: (wire: Wire) => void;
  lose: (next: 'lost' | 'refused') => void;
}

function coreUnavailable(): ORPCError<'CORE_UNAVAILABLE', Record<string, never>> {
  return new ORPCError('CORE_UNAVAILABLE', { status: 503, message: 'The core is not connected.', data: {} });
}

/**
 * Creates a link that outlives its connections.
 *
 * Calls made before the first connection wait for it; calls that a lost connection leaves behind, and calls made
 * without one, fail with CORE_UNAVAILABLE.
 */
export function createSwitchingLink(): SwitchingLink {
  let state: ConnectionState = 'connecting';
  let wire: Wire | null = null;
  const listeners = new Set<() => void>();
  const settled = Promise.withResolvers<void>();

  const become = (next: ConnectionState): void => {
    state = next;
    settled.resolve();
    for (const listener of listeners) listener();
  };

  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    open: (next) => {
      const previous = wire;
      wire = next;
      previous?.end();
      become('open');
    },
    lose: (next) => {
      const previous = wire;
      wire = null;
      previous?.end();
      become(next);
    },
    link: {
      call: async (path, input, options) => {
        await (state === 'connecting' ? settled.promise : undefined);
        const mine = wire;
        if (mine === null) throw coreUnavailable();
        try {
          return await mine.link.call(path, input, options);
        } catch (error) {
          if ((wire !== mine || !mine.alive()) && !(error instanceof ORPCError)) throw coreUnavailable();
          throw error;
        }
      },
    },
  };
}

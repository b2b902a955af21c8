import { createContext, use, useSyncExternalStore, type ReactNode } from 'react';
import type { Connection } from './connect.ts';
import type { ConnectionState } from './switching-link.ts';

const ConnectionContext = createContext<Connection | null>(null);

/** Hands the connection to everything below. */
export function ConnectionProvider(props: { connection: Connection; children: ReactNode }): ReactNode {
  return <ConnectionContext value={props.connection}>{props.children}</ConnectionContext>;
}

/** The connection to the core: calls, query options, media addresses and the shell if there is one. */
export function useCore(): Connection {
  const connection = use(ConnectionContext);
  if (connection === null) throw new Error('useCore needs a ConnectionProvider above it');
  return connection;
}

/** Where the page stands with the core, following it. */
export function useConnectionState(): ConnectionState {
  const { state, subscribe } = useCore();
  return useSyncExternalStore(subscribe, state);
}

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { RPCHandler as PortHandler } from '@orpc/server/message-port';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { Core } from '../../../electron/core/create-core.ts';
import type { Log } from '../../../electron/core/ports.ts';
import { serve } from '../../../electron/hosts/serve/serve.ts';
import type { Contract } from '../../../shared/contract/contract.ts';
import { tempDir } from '../../support/temp.ts';

/** The core as any door's client calls it. */
export type CoreClient = ContractRouterClient<Contract>;

/** A way to the core, open. */
export interface Door {
  readonly client: CoreClient;
  /** Ends what the host of this door ends before, or together with, the core. */
  close(): Promise<void>;
}

export const quietLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Every way to the core, by name. */
export const doors: Readonly<Record<string, (core: Core) => Promise<Door>>> = {
  'a direct call': (core) => Promise.resolve({ client: core.client, close: () => Promise.resolve() }),
  'a message port': openPort,
  'a web socket': openSocket,
};

function openPort(core: Core): Promise<Door> {
  const { port1, port2 } = new MessageChannel();
  new PortHandler(core.router).upgrade(port1);
  port1.start();
  const client: CoreClient = createORPCClient(new PortLink({ port: port2 }));
  port2.start();
  const close = (): Promise<void> => {
    port1.close();
    return Promise.resolve();
  };
  onTestFinished(close);
  return Promise.resolve({ client, close });
}

async function openSocket(core: Core): Promise<Door> {
  const pageDir = tempDir();
  await writeFile(join(pageDir, 'index.html'), '<!doctype html><title>Rushes</title>');
  const served = await serve({ core, pageDir, port: 0, log: quietLog });
  const { origin, host } = new URL(served.url);
  const entered = await fetch(served.url, { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const socket = new WebSocket(`ws://${host}/rpc`, { headers: { cookie, origin } });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  // The package's socket has the browser's methods, under types of its own.
  const websocket = socket as unknown as globalThis.WebSocket;
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= served.close());
  onTestFinished(async () => {
    socket.terminate();
    await close();
  });
  return { client: createORPCClient(new SocketLink({ websocket })), close };
}

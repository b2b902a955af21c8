import { join } from 'node:path';
import { type MessagePortMain, utilityProcess } from 'electron';
import type { FromCore } from '../hosts/desktop/messages.ts';
import type { CoreProcess } from './core-supervisor.ts';

/** Starts the built core in a utility process. */
export function spawnCore(): CoreProcess<MessagePortMain> {
  const child = utilityProcess.fork(join(import.meta.dirname, 'utility.js'), [], {
    serviceName: 'Rushes core',
    stdio: 'inherit',
  });
  return {
    send: (message, port) => child.postMessage(message, port ? [port] : []),
    onMessage: (listener) => void child.on('message', (message: FromCore) => listener(message)),
    onExit: (listener) => void child.once('exit', listener),
    kill: () => void child.kill(),
  };
}

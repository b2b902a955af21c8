// Loaded by --import before the script of a utility process: gives it `process.parentPort`.
import { EventEmitter } from 'node:events';
import { registerHooks } from 'node:module';
import { createPortTable } from '../ports.mjs';

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' || specifier.startsWith('electron/')
      ? { url: import.meta.resolve('./electron.mjs'), format: 'module', shortCircuit: true }
      : next(specifier, context),
});

const post = (message) => process.connected && process.send(message);
const ports = createPortTable({ prefix: 'utility', post });
const parentPort = new EventEmitter();
let early = []; // messages that came before the script listens

const deliver = (message) =>
  parentPort.emit('message', { data: message.data, ports: message.ports.map((id) => ports.take(id)) });

parentPort.postMessage = (data) => post({ kind: 'message', data });
parentPort.start = () => {};
parentPort.pause = () => {};
parentPort.on('newListener', (name) => {
  if (name !== 'message' || early === null) return;
  const waiting = early;
  early = null;
  process.nextTick(() => waiting.forEach(deliver));
});

process.on('message', (message) => {
  if (ports.accept(message)) return;
  if (early) early.push(message);
  else deliver(message);
});
// The main process is gone, however it ended: nothing may stay behind.
process.on('disconnect', () => process.exit(0));

process.parentPort = parentPort;
process.type = 'utility';

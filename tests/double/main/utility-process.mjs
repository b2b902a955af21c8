import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import { createEvent, makeStrict, strict } from '../not-emulated.mjs';
import { createPortTable } from '../ports.mjs';

const ENTRY = import.meta.resolve('../utility/entry.mjs');

/** Electron's `utilityProcess`: a Node child process with `process.parentPort`. */
export function createUtilityProcess(app) {
  class UtilityProcess extends EventEmitter {
    #child;
    #ports;

    constructor(file, args, options) {
      super();
      const {
        env = process.env,
        cwd,
        execArgv = [],
        stdio = 'inherit',
        serviceName = 'Node Utility Process',
      } = options;
      this.#child = fork(file, args, {
        env,
        cwd,
        serialization: 'advanced',
        execArgv: ['--import', ENTRY, ...execArgv],
        stdio: Array.isArray(stdio) ? [...stdio, 'ipc'] : ['ignore', ...outputs(stdio), 'ipc'],
      });
      this.pid = undefined;
      this.stdout = this.#child.stdout;
      this.stderr = this.#child.stderr;
      this.#ports = createPortTable({ prefix: 'main', post: (message) => this.#post(message) });
      this.#listen(serviceName);
    }

    #post(message) {
      if (this.#child.connected) this.#child.send(message);
    }
    #listen(serviceName) {
      const end = () => this.#child.kill('SIGKILL');
      process.once('exit', end);
      this.#child.on('spawn', () => {
        this.pid = this.#child.pid;
        this.emit('spawn');
      });
      this.#child.on('error', (error) => console.error('double:', error));
      this.#child.on('message', (message) => {
        if (!this.#ports.accept(message)) this.emit('message', message.data);
      });
      this.#child.on('exit', (code, signal) => {
        process.off('exit', end);
        this.#ports.closeAll();
        this.pid = undefined;
        // Electron gives what waitpid gives: the number of the signal, if one ended the process.
        const exitCode = code ?? constants.signals[signal];
        this.emit('exit', exitCode);
        const reason = signal ? (signal === 'SIGTERM' ? 'killed' : 'crashed') : 'abnormal-exit';
        if (exitCode === 0) return;
        const details = {
          type: 'Utility',
          reason,
          exitCode,
          serviceName: 'node.mojom.NodeService',
          name: serviceName,
        };
        app.emit('child-process-gone', createEvent(), details);
      });
    }

    postMessage(data, transfer = []) {
      this.#ports.postWithPorts({ kind: 'message', data }, transfer);
    }
    kill() {
      return this.#child.kill();
    }
  }
  makeStrict(UtilityProcess);

  return strict('utilityProcess', {
    fork: (file, args = [], options = {}) =>
      Array.isArray(args) ? new UtilityProcess(file, args, options) : new UtilityProcess(file, [], args),
  });
}

const outputs = (stdio) => (stdio === 'pipe' ? ['pipe', 'pipe'] : [stdio, stdio]);

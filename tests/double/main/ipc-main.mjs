import { EventEmitter } from 'node:events';
import { makeStrict } from '../not-emulated.mjs';

/** Electron's `ipcMain`, and `ipc` of one webContents. */
export class IpcMain extends EventEmitter {
  #handlers = new Map();

  handle(channel, handler) {
    if (this.#handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    this.#handlers.set(channel, handler);
  }
  handleOnce(channel, handler) {
    this.handle(channel, (...args) => {
      this.removeHandler(channel);
      return handler(...args);
    });
  }
  removeHandler(channel) {
    this.#handlers.delete(channel);
  }
  /** The double's own: who answers an invocation of this channel. */
  doubleHandlerOf(channel) {
    return this.#handlers.get(channel);
  }
}
makeStrict(IpcMain);

import { EventEmitter } from 'node:events';
import { rm } from 'node:fs/promises';
import { makeStrict, strict } from '../not-emulated.mjs';

/** Electron's `shell`: nothing leaves the test; what would have been opened is recorded. */
export function createShell({ recorded }) {
  const open = (target) => void recorded.opened.push(target);
  return strict('shell', {
    openExternal: async (url) => open(url),
    openPath: async (path) => {
      open(path);
      return '';
    },
    showItemInFolder: open,
    trashItem: (path) => rm(path, { recursive: true }),
    beep() {},
  });
}

/** Electron's `clipboard`, its own and not the system's. */
export function createClipboard() {
  const held = new Map();
  const keep = (format) => (value) => void held.set(format, value);
  return strict('clipboard', {
    writeText: keep('text/plain'),
    readText: () => held.get('text/plain') ?? '',
    writeHTML: keep('text/html'),
    readHTML: () => held.get('text/html') ?? '',
    writeBuffer: (format, buffer) => void held.set(format, buffer),
    readBuffer: (format) => held.get(format) ?? Buffer.alloc(0),
    write: ({ text, html }) => {
      if (text !== undefined) held.set('text/plain', text);
      if (html !== undefined) held.set('text/html', html);
    },
    availableFormats: () => [...held.keys()],
    has: (format) => held.has(format),
    clear: () => held.clear(),
  });
}

/** Electron's `Notification`, recorded instead of shown. */
export function createNotificationClass({ recorded }) {
  class Notification extends EventEmitter {
    constructor(options = {}) {
      super();
      Object.assign(this, options);
    }
    static isSupported() {
      return true;
    }
    show() {
      recorded.notifications.push(this);
      this.emit('show');
    }
    close() {
      this.emit('close');
    }
  }
  makeStrict(Notification);
  return Notification;
}

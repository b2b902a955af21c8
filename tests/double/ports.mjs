import { EventEmitter } from 'node:events';
import { makeStrict } from './not-emulated.mjs';

/**
 * One end of a message channel, as Electron's MessagePortMain.
 *
 * An end is used in this process, or lent to a carrier that takes its messages to another one (a page, a utility
 * process). Either way its peer, the other end, notices nothing but messages and `close`.
 */
class MessagePortMain extends EventEmitter {
  // oxlint-disable-next-line no-unused-private-class-members -- set and used on the other end
  #peer = null;
  #carrier = null;
  #waiting = [];
  #started = false;
  #closed = false;
  #peerClosed = false;

  static pair() {
    const ends = [new MessagePortMain(), new MessagePortMain()];
    ends[0].#peer = ends[1];
    ends[1].#peer = ends[0];
    return ends;
  }

  postMessage(message, transfer = []) {
    if (transfer.length > 0) throw new Error('double: passing a port through a port is not emulated');
    if (this.#carrier) throw new Error('This port has been transferred.');
    if (!this.#closed) this.#peer.#deliver(structuredClone(message));
  }

  start() {
    if (this.#started) return;
    this.#started = true;
    for (const data of this.#waiting.splice(0)) this.#emitMessage(data);
    if (this.#peerClosed) this.#emitClose();
  }

  close() {
    if (this.#closed) return;
    this.#emitClose();
    this.#peer.#onPeerClosed();
  }

  /** Hands this end to a carrier `{ send, close }`; what comes back from over there goes into the returned inlet. */
  lend(carrier) {
    this.#carrier = carrier;
    for (const data of this.#waiting.splice(0)) carrier.send(data);
    if (this.#peerClosed) carrier.close();
    return {
      receive: (data) => this.#peer.#deliver(data),
      closed: () => {
        if (this.#closed) return;
        this.#closed = true;
        this.#peer.#onPeerClosed();
      },
    };
  }

  #deliver(data) {
    if (this.#closed) return;
    if (this.#carrier) this.#carrier.send(data);
    else if (this.#started) this.#emitMessage(data);
    else this.#waiting.push(data);
  }

  #onPeerClosed() {
    if (this.#closed) return;
    this.#peerClosed = true;
    if (this.#carrier) {
      this.#closed = true;
      this.#carrier.close();
    } else if (this.#started || this.#waiting.length === 0) this.#emitClose();
  }

  #emitMessage(data) {
    queueMicrotask(() => this.emit('message', { data, ports: [] }));
  }

  #emitClose() {
    if (this.#closed) return;
    this.#closed = true;
    queueMicrotask(() => this.emit('close'));
  }
}
makeStrict(MessagePortMain);

/** Two ports that belong together, as in Electron's main process. */
// oxlint-disable-next-line typescript/no-extraneous-class -- Electron's API is this class
export class MessageChannelMain {
  constructor() {
    [this.port1, this.port2] = MessagePortMain.pair();
  }
}

/**
 * The ports that live on the far side of one connection, by id.
 *
 * `post` sends a message over that connection; `prefix` keeps the ids of the two sides apart.
 */
export function createPortTable({ prefix, post }) {
  const inlets = new Map();
  let lastId = 0;

  const hold = (id, port) => {
    let alive = true;
    const inlet = port.lend({
      send: (data) => post({ kind: 'port-message', id, data }),
      close: () => {
        alive = false;
        inlets.delete(id);
        post({ kind: 'port-close', id });
      },
    });
    if (alive) inlets.set(id, inlet);
  };

  return {
    /** Posts a message together with ports, then lets their traffic follow: the far side must know the ids first. */
    postWithPorts(message, ports) {
      const named = ports.map((port) => [`${prefix}${++lastId}`, port]);
      post({ ...message, ports: named.map(([id]) => id) });
      for (const [id, port] of named) hold(id, port);
    },
    /** The near end of a port that the far side has sent. */
    take(id) {
      const { port1, port2 } = new MessageChannelMain();
      hold(id, port2);
      return port1;
    },
    /** Takes a message of this connection if it concerns a port; answers whether it did. */
    accept(message) {
      if (message.kind === 'port-message') inlets.get(message.id)?.receive(message.data);
      else if (message.kind === 'port-close') {
        inlets.get(message.id)?.closed();
        inlets.delete(message.id);
      } else return false;
      return true;
    },
    /** The far side is gone: every peer sees its port close. */
    closeAll() {
      const gone = [...inlets.values()];
      inlets.clear();
      for (const inlet of gone) inlet.closed();
    },
  };
}

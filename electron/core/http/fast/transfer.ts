import type { PieceHash } from '../../files/piece-hash.ts';
import { classifyFault } from '../classify-fault.ts';
import { createBodyWriter, type BodyWriter } from './body-writer.ts';
import type { Lane } from './lane.ts';
import { createLanePool, type LanePool } from './lane-pool.ts';
import type { BodyTaker, LaneEnd } from './lane-user.ts';
import { createLaneSockets } from './lane-socket.ts';
import type { FromTransfer, SaveFault, ToTransfer } from './messages.ts';

type Ask = Extract<ToTransfer, { kind: 'ask' }>;
type Save = Extract<ToTransfer, { kind: 'save' }>;
type Order = Exclude<ToTransfer, { kind: 'ping' | 'trust' | 'ask' }>;
type Tell = (message: FromTransfer) => void;

/** A body up to this long that nobody wants is read over; beyond, a new connection is cheaper. */
const mostReadOverBytes = 16 * 1024;
const tickMs = 50;

/** All transfers of the thread. */
export interface Transfer {
  receive(message: ToTransfer): void;
  close(): void;
}

/** Makes the transfers: what the main side has decided on is done here, and nothing is decided. */
export function createTransfer(deps: { tell: Tell; pieceHash: PieceHash; now: () => number }): Transfer {
  const sockets = createLaneSockets();
  const pool = createLanePool(sockets);
  const open = new Map<number, Exchange>();
  const tick = setInterval(() => {
    const now = deps.now();
    for (const one of open.values()) one.tellIfDue(now);
  }, tickMs);
  const order = (message: Order): void => {
    const exchange = open.get(message.id);
    if (exchange) return exchange.receive(message);
    // Whoever wants a body waits for its end, so it is told even when there is nothing any more.
    if (message.kind !== 'save' && message.kind !== 'read') return;
    const at = message.kind === 'save' ? message.start : 0;
    const fault = { of: 'line', kind: 'disconnected', message: 'The answer is gone.' } as const;
    deps.tell({ kind: 'ended', id: message.id, at, fault });
  };
  return {
    receive: (message) => {
      if (message.kind === 'ping') return deps.tell({ kind: 'alive' });
      if (message.kind === 'trust') return sockets.trust(message.generation, message.authorities);
      if (message.kind !== 'ask') return order(message);
      const onOver = (): void => void open.delete(message.id);
      open.set(message.id, new Exchange(message, { ...deps, pool, onOver }));
    },
    close: () => {
      clearInterval(tick);
      pool.close();
      open.clear();
    },
  };
}

interface ExchangeDeps {
  readonly pool: LanePool;
  readonly tell: Tell;
  readonly pieceHash: PieceHash;
  readonly onOver: () => void;
}

/** One request and its answer. */
class Exchange {
  readonly #ask: Ask;
  readonly #deps: ExchangeDeps;
  #lane: Lane | null = null;
  #isReused = false;
  #timer: NodeJS.Timeout | null = null;
  #connectTimer: NodeJS.Timeout | null = null;
  #writer: BodyWriter | null = null;
  /** The head is told, and nobody has said yet what is to become of the body. */
  #asksWhere = false;
  #isGiven = false;
  /** What has befallen the connection since. */
  #lostBefore: SaveFault | null = null;

  constructor(ask: Ask, deps: ExchangeDeps) {
    this.#ask = ask;
    this.#deps = deps;
    this.#timer = setTimeout(() => this.#onLate(), ask.headTimeoutMs);
    this.#send(false);
  }

  receive(message: Order): void {
    switch (message.kind) {
      case 'save':
        return this.#save(message);
      case 'read':
        return this.#read();
      case 'let-go':
        if (!this.#asksWhere) return;
        this.#over();
        if (!this.#lostBefore) this.#lane?.letGo(mostReadOverBytes);
        return;
      case 'stop':
        return this.#stop();
      case 'hold':
        return this.#lane?.hold();
      case 'go-on':
        return this.#lane?.goOn();
    }
  }

  tellIfDue(now: number): void {
    this.#writer?.tellIfDue(now);
  }

  #send(fresh: boolean): void {
    const { lane, isReused } = this.#deps.pool.take(this.#ask.target, fresh);
    this.#lane = lane;
    this.#isReused = isReused;
    lane.ask(this.#ask.text, this.#ask.idleTimeoutMs, {
      onHead: ({ status, headers, bodyBytes }) => {
        this.#clearTimers();
        this.#asksWhere = true;
        this.#deps.tell({ kind: 'head', id: this.#ask.id, status, headers, bodyBytes });
      },
      onDone: () => this.#ended(null),
      onEnd: (end) => this.#onEnd(end),
    });
    if (lane.isConnecting) this.#limitConnecting(lane);
  }

  /** A connection takes at most so long to come about, however long the answer may take. */
  #limitConnecting(lane: Lane): void {
    this.#connectTimer = setTimeout(() => {
      if (lane.isConnecting) this.#onLate();
    }, this.#ask.connectTimeoutMs);
  }

  #save(message: Save): void {
    if (!this.#asksWhere) return;
    this.#asksWhere = false;
    const { id } = message;
    this.#writer = createBodyWriter(message, {
      pieceHash: this.#deps.pieceHash,
      tell: (runs) => this.#deps.tell({ kind: 'wrote', id, runs }),
    });
    this.#give(this.#writer);
  }

  #read(): void {
    if (!this.#asksWhere) return;
    this.#asksWhere = false;
    const { id } = this.#ask;
    this.#give({
      write: (bytes) => {
        // A copy: the bytes are handed over, the buffer is not.
        this.#deps.tell({ kind: 'bytes', id, bytes: Uint8Array.from(bytes) });
      },
      isFull: () => false,
      isOneByOne: true,
    });
  }

  #give(taker: BodyTaker): void {
    this.#isGiven = true;
    if (this.#lostBefore) return this.#ended(this.#lostBefore);
    this.#lane?.give(taker);
  }

  #stop(): void {
    const lane = this.#lane;
    if (!this.#isGiven) {
      lane?.close();
      return this.#over();
    }
    lane?.stop();
    this.#ended({ of: 'line', kind: 'cancelled', message: 'The transfer was stopped.' });
  }

  #onLate(): void {
    this.#lane?.close();
    const { host } = this.#ask.target;
    const message = `${host} did not answer in time.`;
    this.#deps.tell({ kind: 'failed', id: this.#ask.id, fault: 'timeout', message });
    this.#over();
  }

  #onEnd(end: LaneEnd): void {
    const { id, target } = this.#ask;
    if (this.#isGiven) return this.#ended(faultOf(end, target.host));
    if (this.#asksWhere) {
      this.#lostBefore = faultOf(end, target.host);
      return;
    }
    // A kept connection that the server has just hung up, or on which something came that was no answer but the rest of
    // the last one: the request has not been answered, and asks for bytes only.
    const isUnanswered = end.kind === 'refused' || (end.kind === 'lost' && !end.answered);
    if (this.#isReused && isUnanswered) return this.#send(true);
    if (end.kind === 'unconnected') this.#deps.tell({ kind: 'unconnected', id });
    else if (end.kind === 'refused') this.#deps.tell({ kind: 'refused', id, why: end.why });
    else {
      const { kind, message } = classifyFault(end.kind === 'lost' ? end.error : null, target.host);
      this.#deps.tell({ kind: 'failed', id, fault: kind, message });
    }
    this.#over();
  }

  /** The last that is told of a body: how far it went, with all its runs before. */
  #ended(fault: SaveFault | null): void {
    this.#writer?.tell();
    this.#deps.tell({ kind: 'ended', id: this.#ask.id, at: this.#writer?.at() ?? 0, fault });
    this.#over();
  }

  #over(): void {
    this.#clearTimers();
    this.#deps.onOver();
  }

  #clearTimers(): void {
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#connectTimer) clearTimeout(this.#connectTimer);
  }
}

function faultOf(end: LaneEnd, host: string): SaveFault {
  if (end.kind === 'unwritten') return fileFault(end.error);
  if (end.kind === 'silent') return { of: 'line', kind: 'timeout', message: `${host} fell silent.` };
  const { kind, message } = classifyFault(end.kind === 'lost' ? end.error : null, host);
  return { of: 'line', kind, message };
}

function fileFault(error: unknown): SaveFault {
  const { code, errno } = error as NodeJS.ErrnoException;
  return { of: 'file', code: code ?? 'UNKNOWN', errno: errno ?? 0 };
}

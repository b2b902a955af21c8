import type { Socket } from 'node:net';
import type { LaneSockets } from './lane-socket.ts';
import type { LaneTarget } from './messages.ts';
import type { BodyTaker, LaneEnd, LaneUser } from './lane-user.ts';
import { parseResponseHead, type ParsedHead } from './response-head.ts';

const bufferBytes = 256 * 1024;
/** Less room than this in the buffer, and it is emptied before more is read. */
const roomBytes = 64 * 1024;
/** Interim answers (1xx) that are read over before a final one. */
const mostInterim = 8;
/** Silence is looked for this many times within the time that is allowed for it. */
const quietTicksAllowed = 4;

/** Who owns the connections. */
export interface LaneOwner {
  /** It may be given to the next. */
  onIdle(lane: Lane): void;
  onClosed(lane: Lane): void;
}

type Phase = 'connecting' | 'idle' | 'head' | 'held' | 'body' | 'rest' | 'closed';

/**
 * One connection, one request at a time. Bytes are taken where the system puts them: no stream, no copy, and written
 * before the next are read, so that memory is one buffer a connection however slow the disk is.
 */
export class Lane {
  readonly target: LaneTarget;
  readonly #socket: Socket;
  readonly #owner: LaneOwner;
  readonly #buffer = Buffer.allocUnsafeSlow(bufferBytes);
  #phase: Phase = 'connecting';
  #user: LaneUser | null = null;
  #text = '';
  #idleMs = 0;
  #from = 0;
  #fill = 0;
  #reads = 0;
  #interim = 0;
  #answered = false;
  #head: ParsedHead | null = null;
  #bodyLeft = 0;
  #taker: BodyTaker | null = null;
  #emptying: NodeJS.Immediate | null = null;
  #idleTimer: NodeJS.Timeout | null = null;
  #error: Error | null = null;

  constructor(target: LaneTarget, sockets: LaneSockets, owner: LaneOwner) {
    this.target = target;
    this.#owner = owner;
    const onread = {
      buffer: () => this.#nextRoom(),
      callback: (count: number) => this.#onRead(count),
    };
    this.#socket = sockets.open(target, onread, () => this.#onReady());
    this.#socket.on('error', (error) => (this.#error = error));
    this.#socket.on('end', () => this.#onGone());
    this.#socket.on('close', () => this.#onGone());
  }

  get isConnecting(): boolean {
    return this.#phase === 'connecting';
  }

  get isIdle(): boolean {
    return this.#phase === 'idle' && !this.#socket.destroyed;
  }

  /** Sends a request; of `idleMs` is how long a body may fall silent. */
  ask(text: string, idleMs: number, user: LaneUser): void {
    this.#user = user;
    this.#text = text;
    this.#idleMs = idleMs;
    this.#interim = 0;
    this.#answered = false;
    if (this.#phase === 'idle') this.#send();
  }

  /** The body goes to whom it is for. */
  give(taker: BodyTaker): void {
    this.#taker = taker;
    this.#phase = 'body';
    this.#watch();
    this.#socket.resume();
    this.#write();
  }

  /** The body is not wanted; a short one is read over so that the connection lives on. */
  letGo(mostBytes: number): void {
    if (this.#head?.bodyBytes == null || this.#head.bodyBytes > mostBytes) return this.close();
    this.#user = null;
    this.#phase = 'rest';
    this.#watch();
    this.#readOver();
    if (this.#phase === 'rest') this.#socket.resume();
  }

  hold(): void {
    if (this.#phase !== 'body') return;
    this.#unwatch();
    this.#socket.pause();
  }

  goOn(): void {
    if (this.#phase !== 'body') return;
    // Told so while it is not held, it goes on being silent for as long as it has been.
    if (!this.#idleTimer) this.#watch();
    this.#socket.resume();
  }

  /** Writes what has come and ends; nothing is told. */
  stop(): void {
    this.#user = null;
    this.#write();
    this.close();
  }

  close(): void {
    this.#phase = 'closed';
    this.#user = null;
    this.#unwatch();
    if (this.#emptying) clearImmediate(this.#emptying);
    this.#socket.destroy();
    this.#owner.onClosed(this);
  }

  #send(): void {
    this.#phase = 'head';
    this.#socket.write(this.#text, 'latin1');
    this.#socket.resume();
  }

  #onReady(): void {
    if (this.#phase !== 'connecting') return;
    this.#phase = 'idle';
    if (this.#user) this.#send();
    else this.#owner.onIdle(this);
  }

  /**
   * Where the next bytes go, which Node asks right after each read: so only here the buffer begins anew. TLS goes
   * round in circles when there is no room for what it has decrypted, wanted or not.
   */
  #nextRoom(): Uint8Array {
    if (this.#from === this.#fill || this.#phase === 'closed') {
      this.#from = 0;
      this.#fill = 0;
    } else if (bufferBytes - this.#fill < roomBytes) {
      // What is held back has come to lie at the end. Node keeps this room until after the next read, which would
      // find none and end the connection with ENOBUFS.
      this.#buffer.copyWithin(0, this.#from, this.#fill);
      this.#fill -= this.#from;
      this.#from = 0;
    }
    return this.#buffer.subarray(this.#fill);
  }

  /** Called with bytes in the buffer; false pauses the connection. */
  #onRead(count: number): boolean {
    this.#fill += count;
    this.#reads++;
    if (this.#phase === 'body') return this.#onBody();
    if (this.#phase === 'rest') return this.#readOver();
    if (this.#phase === 'head') return this.#onHeadBytes();
    // TLS hands over what it has decrypted already, told to stop or not.
    if (this.#phase === 'held') return false;
    // Nobody has asked for these.
    this.close();
    return false;
  }

  #onHeadBytes(): boolean {
    this.#answered = true;
    for (;;) {
      const verdict = parseResponseHead(this.#buffer.subarray(this.#from, this.#fill));
      if (verdict.kind === 'more') return true;
      if (verdict.kind === 'refused') return this.#end({ kind: 'refused', why: verdict.why });
      const { head } = verdict;
      this.#from += head.endsAt;
      if (head.status >= 200) return this.#onHead(head);
      // 101 changes the protocol; and a server that goes on promising an answer is left to the plain client.
      if (head.status === 101 || ++this.#interim > mostInterim) {
        return this.#end({ kind: 'refused', why: 'Interim answers without end.' });
      }
    }
  }

  #onHead(head: ParsedHead): boolean {
    this.#head = head;
    this.#bodyLeft = head.bodyBytes ?? 0;
    this.#phase = 'held';
    this.#user?.onHead(head);
    return false;
  }

  #onBody(): boolean {
    const isWhole = this.#fill - this.#from >= this.#bodyLeft;
    if (isWhole || bufferBytes - this.#fill < roomBytes) return this.#write();
    // Small reads are gathered until the system has no more, so that the file is written in larger ones.
    this.#emptying ??= setImmediate(() => {
      this.#emptying = null;
      this.#write();
    });
    return true;
  }

  /** Writes what is in the buffer; false when that was the last. */
  #write(): boolean {
    const taker = this.#taker;
    if (!taker || this.#phase !== 'body') return false;
    const length = Math.min(this.#fill - this.#from, this.#bodyLeft);
    try {
      if (length > 0) taker.write(this.#buffer.subarray(this.#from, this.#from + length));
    } catch (error) {
      return this.#end({ kind: 'unwritten', error });
    }
    this.#took(length);
    if (!taker.isFull() && this.#bodyLeft > 0) {
      if (taker.isOneByOne && length > 0) this.hold();
      return true;
    }
    this.#taker = null;
    return this.#done();
  }

  #readOver(): boolean {
    this.#took(Math.min(this.#fill - this.#from, this.#bodyLeft));
    return this.#bodyLeft > 0 || this.#done();
  }

  #took(length: number): void {
    this.#bodyLeft -= length;
    this.#from += length;
  }

  /** Bytes behind the body, or a body that is longer than its place: whatever comes next, it is no answer. */
  #done(): false {
    const user = this.#user;
    const isClean = this.#bodyLeft === 0 && this.#from === this.#fill && (this.#head?.keepsAlive ?? false);
    this.#user = null;
    this.#unwatch();
    if (isClean && !this.#socket.destroyed) {
      this.#phase = 'idle';
      // Read on: only so is it noticed that the server hangs up.
      this.#socket.resume();
    } else this.close();
    user?.onDone();
    if (this.isIdle) this.#owner.onIdle(this);
    return false;
  }

  #onGone(): void {
    if (this.#phase === 'closed') return;
    if (this.#phase === 'connecting') return void this.#end({ kind: 'unconnected', error: this.#error });
    // What has come before the end is kept, and may be all.
    if (this.#phase === 'body' && !this.#write() && !this.#user) return this.close();
    this.#end({ kind: 'lost', error: this.#error, answered: this.#answered });
  }

  #end(end: LaneEnd): false {
    const user = this.#user;
    this.close();
    user?.onEnd(end);
    return false;
  }

  #watch(): void {
    this.#unwatch();
    let seen = this.#reads;
    let quietTicks = 0;
    const timer = setInterval(() => {
      // A slow disk is not silence: what has come while it was busy is looked at before this counts.
      setImmediate(() => {
        if (this.#idleTimer !== timer) return;
        quietTicks = this.#reads === seen ? quietTicks + 1 : 0;
        seen = this.#reads;
        if (quietTicks >= quietTicksAllowed) this.#onSilence();
      });
    }, this.#idleMs / quietTicksAllowed);
    this.#idleTimer = timer;
  }

  #onSilence(): void {
    if (this.#phase === 'body' && !this.#write()) return;
    this.#end({ kind: 'silent' });
  }

  #unwatch(): void {
    if (this.#idleTimer) clearInterval(this.#idleTimer);
    this.#idleTimer = null;
  }
}

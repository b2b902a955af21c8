import { RestingFault } from '../outcome.ts';
import type { HostSlot, HostSlots, SlotEnd } from '../transfer-context.ts';
import type { Breaker } from './breaker.ts';
import { createHostState, type HostState } from './host-state.ts';

interface Waiter {
  readonly downloadId: string;
  readonly host: string;
  readonly grant: (slot: HostSlot) => void;
  readonly fail: (error: RestingFault) => void;
}

/** What the limits go by; the settings are asked anew at every use. */
export interface HostLimitsDeps {
  readonly perHost: () => number;
  readonly total: () => number;
  readonly breaker: Breaker;
  /** Monotonic, in milliseconds. */
  readonly now: () => number;
}

/**
 * Counts connections, per host and all together. A free slot goes to the download that has the fewest, so that one with
 * many connections does not starve the others.
 */
export class HostLimits {
  readonly #deps: HostLimitsDeps;
  readonly #hosts = new Map<string, HostState>();
  readonly #used = new Map<string, number>();
  readonly #waiters: Waiter[] = [];
  #total = 0;

  constructor(deps: HostLimitsDeps) {
    this.#deps = deps;
  }

  /** The slots of one download. */
  of(downloadId: string): HostSlots {
    return { take: (host, signal) => this.#take(downloadId, host, signal) };
  }

  /** Connections that a download has now. */
  inUse(downloadId: string): number {
    return this.#used.get(downloadId) ?? 0;
  }

  /** What a host is given at most now. */
  limitOf(host: string): number {
    return this.#stateOf(host).limit();
  }

  /** Lets those in whose turn it is, for whom time may have made room; what waits for a host that rests is told. */
  look(): void {
    for (;;) {
      const next = this.#next();
      if (!next) return;
      this.#waiters.splice(this.#waiters.indexOf(next), 1);
      const { breaker } = this.#deps;
      const restMs = breaker.restMs(next.host);
      if (restMs > 0) next.fail(new RestingFault(next.host, restMs, breaker.whyOf(next.host)));
      else next.grant(this.#slotOf(next.downloadId, next.host));
    }
  }

  #take(downloadId: string, host: string, signal: AbortSignal): Promise<HostSlot> {
    return new Promise<HostSlot>((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error);
      const leave = (): void => {
        const index = this.#waiters.indexOf(waiter);
        if (index >= 0) this.#waiters.splice(index, 1);
        reject(signal.reason as Error);
      };
      const settled = <T>(then: (value: T) => void) => {
        return (value: T): void => {
          signal.removeEventListener('abort', leave);
          then(value);
        };
      };
      const waiter: Waiter = { downloadId, host, grant: settled(resolve), fail: settled(reject) };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiters.push(waiter);
      this.look();
    });
  }

  #next(): Waiter | null {
    const open = this.#waiters.filter(({ host }) => this.#hasRoom(host));
    return open.reduce<Waiter | null>(
      (best, one) => (best && this.inUse(best.downloadId) <= this.inUse(one.downloadId) ? best : one),
      null,
    );
  }

  #hasRoom(host: string): boolean {
    const state = this.#stateOf(host);
    return this.#total < this.#deps.total() && state.inUse < state.limit();
  }

  #stateOf(host: string): HostState {
    const known = this.#hosts.get(host);
    if (known) return known;
    const state = createHostState({ most: this.#deps.perHost, now: this.#deps.now });
    this.#hosts.set(host, state);
    return state;
  }

  #slotOf(downloadId: string, host: string): HostSlot {
    this.#stateOf(host).inUse++;
    this.#count(downloadId, 1);
    let held = true;
    let serving = false;
    return {
      serves: () => {
        if (!held || serving) return;
        serving = true;
        this.#stateOf(host).served();
        this.look();
      },
      release: (how, retryAfterMs = null) => {
        if (!held) return;
        held = false;
        const state = this.#stateOf(host);
        if (serving) state.serving--;
        // A host that refuses one connection more while it serves others is not ill: it has a limit.
        const isIll = how === 'refused' && state.serving === 0;
        const { breaker } = this.#deps;
        if (isIll) breaker.failed(host, retryAfterMs);
        else if (how === 'distrusted') breaker.distrusted(host);
        else if (how === 'fine') breaker.succeeded(host);
        else breaker.undecided(host);
        this.#release(downloadId, host, how);
      },
    };
  }

  #release(downloadId: string, host: string, how: SlotEnd): void {
    const state = this.#stateOf(host);
    state.learn(how);
    state.inUse--;
    this.#count(downloadId, -1);
    if (state.isPlain()) this.#hosts.delete(host);
    this.look();
  }

  #count(downloadId: string, by: 1 | -1): void {
    const now = this.inUse(downloadId) + by;
    if (now > 0) this.#used.set(downloadId, now);
    else this.#used.delete(downloadId);
    this.#total += by;
  }
}

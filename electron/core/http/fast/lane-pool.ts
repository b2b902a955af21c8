import { Lane } from './lane.ts';
import type { LaneSockets } from './lane-socket.ts';
import type { LaneTarget } from './messages.ts';

/** How long a connection is kept without work. Servers hang up after 5 s at the earliest. */
const keepMs = 4_000;

/** Keeps connections that have nothing to do, apart by all that they were checked for. */
export interface LanePool {
  /** A kept connection, or a new one when there is none or when `fresh` is asked for. */
  take(target: LaneTarget, fresh: boolean): { readonly lane: Lane; readonly isReused: boolean };
  close(): void;
}

interface Kept {
  readonly lane: Lane;
  readonly timer: NodeJS.Timeout;
}

/** Makes a pool. */
export function createLanePool(sockets: LaneSockets): LanePool {
  const kept = new Map<string, Kept[]>();
  const lanes = new Set<Lane>();

  const keep = (lane: Lane): void => {
    const key = keyOf(lane.target);
    const timer = setTimeout(() => {
      forget(key, lane);
      lane.close();
    }, keepMs);
    kept.set(key, [...(kept.get(key) ?? []), { lane, timer }]);
  };
  const forget = (key: string, lane: Lane): void => {
    const rest = (kept.get(key) ?? []).filter((one) => one.lane !== lane);
    if (rest.length > 0) kept.set(key, rest);
    else kept.delete(key);
  };
  return {
    take: (target, fresh) => {
      const key = keyOf(target);
      const found = fresh ? undefined : (kept.get(key) ?? []).findLast((one) => one.lane.isIdle);
      if (found) {
        clearTimeout(found.timer);
        forget(key, found.lane);
        return { lane: found.lane, isReused: true };
      }
      const lane = new Lane(target, sockets, { onIdle: keep, onClosed: (one) => lanes.delete(one) });
      lanes.add(lane);
      return { lane, isReused: false };
    },
    close: () => {
      for (const { timer } of [...kept.values()].flat()) clearTimeout(timer);
      kept.clear();
      for (const lane of lanes) lane.close();
    },
  };
}

function keyOf({ host, port, secure, policy, trustGeneration }: LaneTarget): string {
  const { insecureHttp, allowPrivate, loopbackHost } = policy;
  return JSON.stringify([
    host,
    port,
    secure,
    trustGeneration,
    insecureHttp,
    allowPrivate,
    loopbackHost ?? '',
  ]);
}

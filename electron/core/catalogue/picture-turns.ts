/** What waits for its turn. */
interface Waiting {
  readonly group: string;
  readonly start: () => void;
  readonly giveUp: () => void;
}

/** Turns among fetches of one kind: few at once, and who came last comes first. */
export interface PictureTurns {
  /**
   * Does the work when its turn comes; null without having done it when nobody wants it any more, or when too many came
   * after it.
   */
  take<T>(group: string, work: () => Promise<T>, signal: AbortSignal): Promise<T | null>;
}

/**
 * Builds the turns. A list that is scrolled asks for hundreds of pictures, and whoever stopped looks at those that were
 * asked for last.
 */
export function createPictureTurns(limits: {
  /** How many of a group are at work at once. */
  readonly atOnce: number;
  /** How many wait, those of all groups together. */
  readonly mostWaiting: number;
}): PictureTurns {
  /** The latest at the end. */
  const waiting = new Set<Waiting>();
  const atWork = new Map<string, number>();

  const turn = async (group: string, signal: AbortSignal): Promise<boolean> => {
    if (signal.aborted) return false;
    const busy = atWork.get(group) ?? 0;
    if (busy < limits.atOnce) {
      atWork.set(group, busy + 1);
      return true;
    }
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const one: Waiting = { group, start: () => resolve(true), giveUp: () => resolve(false) };
    const onAbort = (): void => {
      if (waiting.delete(one)) one.giveUp();
    };
    waiting.add(one);
    signal.addEventListener('abort', onAbort);
    const [oldest] = waiting;
    if (oldest && waiting.size > limits.mostWaiting) {
      waiting.delete(oldest);
      oldest.giveUp();
    }
    return promise.finally(() => signal.removeEventListener('abort', onAbort));
  };
  /** Hands the turn on to the latest that waits, else gives it back. */
  const leave = (group: string): void => {
    const latest = [...waiting].findLast((one) => one.group === group);
    if (latest) {
      waiting.delete(latest);
      latest.start();
      return;
    }
    const busy = (atWork.get(group) ?? 1) - 1;
    if (busy > 0) atWork.set(group, busy);
    else atWork.delete(group);
  };

  return {
    take: async (group, work, signal) => {
      if (!(await turn(group, signal))) return null;
      try {
        return await work();
      } finally {
        leave(group);
      }
    },
  };
}

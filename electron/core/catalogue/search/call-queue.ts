/** A call that waits for its turn. */
export interface WaitingCall<C> {
  readonly id: number;
  /** Who asks: what the same asker asks later takes the place of what waits. Null never overtakes. */
  readonly asker: string | null;
  readonly call: C;
}

/** Calls in the order they came, in which a newer one of an asker overtakes one that has not begun. */
export function createCallQueue<C>(onOvertaken: (id: number) => void) {
  let waiting: WaitingCall<C>[] = [];
  const drop = (isDropped: (one: WaitingCall<C>) => boolean): void => {
    for (const one of waiting) if (isDropped(one)) onOvertaken(one.id);
    waiting = waiting.filter((one) => !isDropped(one));
  };
  return {
    add: (call: WaitingCall<C>): void => {
      drop(({ asker }) => asker !== null && asker === call.asker);
      waiting.push(call);
    },
    cancel: (id: number): void => drop((one) => one.id === id),
    take: (): WaitingCall<C> | undefined => waiting.shift(),
  };
}

import { useEffect, useEffectEvent, useState } from 'react';

interface Wish {
  /** The id to bring into sight, if any. */
  readonly id: string | undefined;
  /** Where it is now; -1 while it is not loaded. */
  readonly index: number;
  readonly activate: (index: number) => void;
  readonly scrollTo: (index: number) => void;
}

/** Brings an item into sight once, as soon as it is loaded; later moves do not drag the reader along. */
export function useReveal({ id, index, activate, scrollTo }: Wish): void {
  const [revealed, setRevealed] = useState<string | undefined>();
  if (index >= 0 && revealed !== id) {
    setRevealed(id);
    activate(index);
  }
  const scroll = useEffectEvent(() => {
    if (index >= 0) scrollTo(index);
  });
  useEffect(() => {
    if (revealed !== undefined) scroll();
  }, [revealed]);
}

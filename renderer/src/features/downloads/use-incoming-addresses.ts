import { useEffect, useEffectEvent, useState } from 'react';
import { webAddresses } from '../../lib/read-addresses.ts';
import { isTyping } from '../../ui/is-typing.ts';

/** What a drag or the clipboard carries: addresses as a browser hands them over, else plain text. */
function addressesOf(data: DataTransfer | null): readonly string[] {
  if (data === null) return [];
  const listed = webAddresses(data.getData('text/uri-list'));
  return listed.length > 0 ? listed : webAddresses(data.getData('text/plain'));
}

function mayCarry(data: DataTransfer | null): boolean {
  // What it says is readable only once it is dropped.
  return (
    data !== null && !data.types.includes('Files') && data.types.some((type) => type.startsWith('text/'))
  );
}

/** Hears of web addresses that are pasted anywhere but in a field, or dropped from outside; answers whether one hovers. */
export function useIncomingAddresses(onAddresses: (addresses: readonly string[]) => void): boolean {
  const [hovers, setHovers] = useState(false);
  const tell = useEffectEvent((addresses: readonly string[]) => {
    if (addresses.length > 0) onAddresses(addresses);
  });

  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    // Rows and links of the page itself are dragged too, and mean something else.
    let isOwn = false;
    const isFree = (): boolean => document.querySelector('[role="dialog"], [role="alertdialog"]') === null;
    const accept = (event: DragEvent): void => {
      if (isOwn || !isFree() || isTyping(event.target) || !mayCarry(event.dataTransfer)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
      setHovers(true);
    };
    const end = (): void => setHovers(false);
    const hear = <K extends keyof WindowEventMap>(kind: K, run: (event: WindowEventMap[K]) => void): void =>
      window.addEventListener(kind, run, { signal });
    hear('dragstart', () => {
      isOwn = true;
    });
    hear('dragend', () => {
      isOwn = false;
    });
    hear('dragenter', accept);
    hear('dragover', accept);
    hear('dragleave', (event) => {
      if (event.relatedTarget === null) end();
    });
    hear('drop', (event) => {
      end();
      if (isOwn || !isFree() || isTyping(event.target) || !mayCarry(event.dataTransfer)) return;
      event.preventDefault();
      tell(addressesOf(event.dataTransfer));
    });
    hear('paste', (event) => {
      if (isTyping(event.target) || !isFree()) return;
      const addresses = addressesOf(event.clipboardData);
      // The field that takes the focus now would be pasted into as well.
      if (addresses.length > 0) event.preventDefault();
      tell(addresses);
    });
    return () => leaving.abort();
  }, []);
  return hovers;
}

import { createContext, use, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

/** The place in the status bar that belongs to the screen. */
export const StatusSlotContext = createContext<HTMLElement | null>(null);

/** Puts the screen's own facts (items, selected, duration) into the status bar. */
export function StatusFacts(props: { children: ReactNode }): ReactNode {
  const slot = use(StatusSlotContext);
  return slot === null ? null : createPortal(props.children, slot);
}

import { useLayoutEffect, useRef, type RefObject } from 'react';

/** Air between what floats and what it keeps clear of, in CSS pixels. */
const airPx = 16;

/**
 * Tells the style sheets, as a variable of the page, how much room at the bottom an element that floats there takes.
 * What has the focus and is in sight stays so when the room is made.
 */
export function useRoom(variable: `--${string}`): RefObject<HTMLDivElement | null> {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const { style } = document.documentElement;
    const observer = new ResizeObserver(() => {
      const { offsetHeight } = element;
      const inSight = focusInSight();
      if (offsetHeight === 0) style.removeProperty(variable);
      else style.setProperty(variable, `${offsetHeight + airPx}px`);
      inSight?.scrollIntoView({ block: 'nearest' });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      style.removeProperty(variable);
    };
  }, [variable]);
  return ref;
}

/** The element that has the focus, unless it was scrolled away. */
function focusInSight(): Element | null {
  const { activeElement: focused, body } = document;
  if (focused === null || focused === body) return null;
  const { left, top, width, height } = focused.getBoundingClientRect();
  return document.elementsFromPoint(left + width / 2, top + height / 2).includes(focused) ? focused : null;
}

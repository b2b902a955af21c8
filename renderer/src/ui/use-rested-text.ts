import { useEffect, useRef, useState } from 'react';

const settleMs = 160;

/** A text that is reported once the typing rests. */
export function useRestedText(value: string, onChange: (value: string) => void) {
  const [text, setText] = useState(value);
  const [reported, setReported] = useState(value);
  // The address is the truth: Back changes the field too.
  if (value !== reported) {
    setReported(value);
    setText(value);
  }
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  useEffect(() => {
    if (text === reported) return undefined;
    const timer = setTimeout(() => {
      setReported(text);
      latest.current(text);
    }, settleMs);
    return () => clearTimeout(timer);
  }, [text, reported]);
  return [text, setText] as const;
}

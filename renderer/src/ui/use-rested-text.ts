import { useEffect, useRef, useState } from 'react';

const settleMs = 160;

/**
 * A text that is reported once the typing rests. `value` is the truth, and follows a report in its own time: what was
 * typed meanwhile stays, while a value from elsewhere takes the place of the text.
 */
export function useRestedText(value: string, onChange: (value: string) => void) {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  const [underWay, setUnderWay] = useState<readonly string[]>([]);
  if (value !== seen) {
    // One that came later may have overtaken those before it.
    const arrived = underWay.lastIndexOf(value);
    setSeen(value);
    setUnderWay(arrived === -1 ? [] : underWay.slice(arrived + 1));
    if (arrived === -1) setText(value);
  }
  const reported = underWay.at(-1) ?? value;
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  useEffect(() => {
    if (text === reported) return undefined;
    const timer = setTimeout(() => {
      // Back to what the value is, nothing is going to arrive.
      setUnderWay((before) => (text === value ? [] : [...before, text]));
      latest.current(text);
    }, settleMs);
    return () => clearTimeout(timer);
  }, [text, reported, value]);
  return [text, setText] as const;
}

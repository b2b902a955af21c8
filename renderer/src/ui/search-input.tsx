import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { IconButton } from './button.tsx';
import './search-input.css';

const settleMs = 160;

/** A text filter that reports once the typing rests. */
export function SearchInput(props: {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
}): ReactNode {
  const { value, onChange } = props;
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
  return (
    <div className="search-input">
      <Search size={15} aria-hidden />
      <input
        type="search"
        className="input"
        aria-label={props.label}
        placeholder={props.placeholder}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {text !== '' && (
        <IconButton small icon={X} label={`Clear ${props.label}`} onClick={() => setText('')} />
      )}
    </div>
  );
}

import { Search, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import './search-input.css';
import { useRestedText } from './use-rested-text.ts';

/** What a field that filters a list is given. */
export interface SearchInputProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The look of such a field; without `onClear` there is nothing to clear. */
export function SearchFrame(props: {
  label: string;
  onClear: (() => void) | null;
  children: ReactNode;
}): ReactNode {
  return (
    <div className="search-input">
      <Search size={15} aria-hidden />
      {props.children}
      {props.onClear !== null && (
        <IconButton small icon={X} label={`Clear ${props.label}`} onClick={props.onClear} />
      )}
    </div>
  );
}

/** A text filter that reports once the typing rests. */
export function SearchInput(props: SearchInputProps): ReactNode {
  const [text, setText] = useRestedText(props.value, props.onChange);
  return (
    <SearchFrame label={props.label} onClear={text === '' ? null : () => setText('')}>
      <input
        type="search"
        className="input"
        aria-label={props.label}
        placeholder={props.placeholder}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </SearchFrame>
  );
}

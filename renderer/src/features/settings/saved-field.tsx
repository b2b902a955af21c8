import { useState, type InputHTMLAttributes, type ReactNode } from 'react';
import { TextField } from '../../ui/field.tsx';

type Shown = Pick<
  InputHTMLAttributes<HTMLInputElement>,
  'placeholder' | 'className' | 'autoComplete' | 'maxLength'
>;

/** A line of text that is saved when it is left or on Enter. */
export function SavedField(
  props: Shown & {
    label: string;
    value: string;
    hint?: string;
    error?: string | null;
    onSave: (value: string) => void;
  },
): ReactNode {
  const { value, onSave, ...rest } = props;
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    setText(value);
  }
  return (
    <TextField
      {...rest}
      spellCheck={false}
      autoCapitalize="none"
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => {
        if (text.trim() !== value) onSave(text.trim());
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}

import type { ReactNode, Ref } from 'react';
import { TextField } from '../../ui/field.tsx';

/** The six digits of the e-mail, as one field, so that pasting and autofill work. */
export function CodeField(props: {
  value: string;
  onChange: (code: string) => void;
  error: string | null;
  ref?: Ref<HTMLInputElement>;
}): ReactNode {
  return (
    <TextField
      {...(props.ref !== undefined && { ref: props.ref })}
      label="Code"
      className="input-code"
      inputMode="numeric"
      autoComplete="one-time-code"
      spellCheck={false}
      value={props.value}
      error={props.error}
      // No maxLength: it would cut a pasted "123 456" before the space is dropped.
      onChange={(event) => props.onChange(event.target.value.replace(/\D/g, '').slice(0, 6))}
    />
  );
}

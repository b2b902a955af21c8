import type { ReactNode, Ref } from 'react';
import { TextField } from '../../ui/field.tsx';

interface CodeFieldProps {
  readonly value: string;
  readonly onChange: (code: string) => void;
  readonly error: string | null;
  readonly ref: Ref<HTMLInputElement>;
}

/** The six digits of the e-mail, as one field, so that pasting and autofill work. */
export function CodeField({ value, onChange, error, ref }: CodeFieldProps): ReactNode {
  return (
    <TextField
      ref={ref}
      label="Code"
      className="input-code"
      inputMode="numeric"
      autoComplete="one-time-code"
      spellCheck={false}
      value={value}
      error={error}
      // No maxLength: it would cut a pasted "123 456" before the space is dropped.
      onChange={(event) => onChange(event.target.value.replace(/\D/g, '').slice(0, 6))}
    />
  );
}

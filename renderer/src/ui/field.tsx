import { CircleAlert, Eye, EyeOff } from 'lucide-react';
import {
  useId,
  useState,
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type TextareaHTMLAttributes,
} from 'react';
import { IconButton } from './button.tsx';

interface FieldText {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | null;
}

interface FrameProps extends FieldText {
  readonly id: string;
  readonly children: ReactNode;
}

/** A label above a field, its error and its hint below. */
export function FieldFrame({ id, label, hint, error, children }: FrameProps): ReactNode {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
      {error ? (
        <p className="field-error" id={`${id}-error`}>
          <CircleAlert size={14} aria-hidden />
          {error}
        </p>
      ) : null}
      {hint ? (
        <p className="field-note" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}

/** What a field says of itself to a screen reader: its hint, its error, and that there is one. */
export function describedBy(id: string, text: FieldText) {
  const by = [text.error ? `${id}-error` : '', text.hint ? `${id}-hint` : ''].filter((part) => part !== '');
  return {
    ...(by.length > 0 && { 'aria-describedby': by.join(' ') }),
    ...(text.error ? { 'aria-invalid': true as const } : {}),
  };
}

/** A one-line field with its label, hint and error beside it. */
export function TextField(
  props: FieldText & InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> },
): ReactNode {
  const { label, hint, error, className = '', ...rest } = props;
  const id = useId();
  const text = { label, hint, ...(error !== undefined && { error }) };
  return (
    <FieldFrame id={id} {...text}>
      <input id={id} className={`input ${className}`} {...describedBy(id, text)} {...rest} />
    </FieldFrame>
  );
}

/** A password field that can show what is typed. */
export function PasswordField(
  props: FieldText & InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> },
): ReactNode {
  const { label, hint, error, ...rest } = props;
  const id = useId();
  const [shown, setShown] = useState(false);
  const text = { label, hint, ...(error !== undefined && { error }) };
  return (
    <FieldFrame id={id} {...text}>
      <div className="input-with-button">
        <input
          id={id}
          className="input"
          spellCheck={false}
          autoCapitalize="none"
          {...describedBy(id, text)}
          {...rest}
          type={shown ? 'text' : 'password'}
        />
        <IconButton
          small
          icon={shown ? EyeOff : Eye}
          label={shown ? 'Hide password' : 'Show password'}
          onClick={() => setShown(!shown)}
        />
      </div>
    </FieldFrame>
  );
}

/** A field for several lines. */
export function TextArea(
  props: FieldText & TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: Ref<HTMLTextAreaElement> },
): ReactNode {
  const { label, hint, error, className = '', ...rest } = props;
  const id = useId();
  const text = { label, hint, ...(error !== undefined && { error }) };
  return (
    <FieldFrame id={id} {...text}>
      <textarea id={id} className={`input ${className}`} {...describedBy(id, text)} {...rest} />
    </FieldFrame>
  );
}

/** One of a few fixed choices. */
export function SelectField<T extends string>(props: {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}): ReactNode {
  const id = useId();
  return (
    <FieldFrame id={id} label={props.label}>
      <select
        id={id}
        className="input"
        value={props.value}
        onChange={(event) => {
          const chosen = props.options.find((option) => option.value === event.target.value);
          if (chosen) props.onChange(chosen.value);
        }}
      >
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

/** A box to tick, with its words beside it. */
export function CheckField(props: {
  label: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
}): ReactNode {
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={props.checked}
        onChange={(event) => props.onChange(event.target.checked)}
      />
      <span>{props.label}</span>
    </label>
  );
}

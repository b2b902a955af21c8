import { CalendarDays } from 'lucide-react';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { momentText, readDay, readMoment } from '../lib/day-text.ts';
import { formatDay } from '../lib/format.ts';
import { fromLocalField, toLocalField } from '../lib/local-moment.ts';
import { IconButton } from './button.tsx';
import { describedBy, FieldFrame } from './field.tsx';

interface PickedProps {
  readonly label: string;
  readonly hint?: string;
  /** The kind of the browser's own field, whose calendar is opened by the button. */
  readonly kind: 'date' | 'datetime-local';
  /** As the browser's own field has it; empty for none. */
  readonly value: string;
  readonly show: (value: string) => string;
  /** Null for a text that means nothing. */
  readonly read: (text: string) => string | null;
  readonly placeholder: string;
  readonly problem: string;
  readonly onChange: (value: string) => void;
}

/**
 * A day or moment that is typed as Rushes writes it, or picked from a calendar. The browser's own field would show it
 * in the order of the browser's language, which need not be the reader's. Typed text is told on Enter or on leaving.
 */
function PickedField(props: PickedProps): ReactNode {
  const { label, hint, value, show, read } = props;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(show(value));
  const [seen, setSeen] = useState(value);
  const [wrong, setWrong] = useState(false);
  const take = (next: string): void => {
    setText(show(next));
    setWrong(false);
    if (next !== value) props.onChange(next);
  };
  if (seen !== value) {
    setSeen(value);
    setText(show(value));
    setWrong(false);
  }
  // A form is not sent with a day that nobody understood.
  useEffect(() => field.current?.setCustomValidity(wrong ? props.problem : ''));
  const said = { label, hint, error: wrong ? props.problem : null };
  const settle = (): boolean => {
    const next = text.trim() === '' ? '' : read(text);
    if (next === null) setWrong(true);
    else take(next);
    return next !== null;
  };
  return (
    <FieldFrame id={id} {...said}>
      <div className="input-with-button picked">
        <input
          id={id}
          ref={field}
          className="input"
          autoComplete="off"
          spellCheck={false}
          placeholder={props.placeholder}
          value={text}
          {...describedBy(id, said)}
          onChange={(event) => {
            const { value: typed } = event.target;
            setText(typed);
            // At once: if the complaint went only when the field is left, the button under the pointer would move away.
            if (typed.trim() === '' || read(typed) !== null) setWrong(false);
          }}
          onBlur={settle}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !settle()) event.preventDefault();
          }}
        />
        <IconButton
          small
          icon={CalendarDays}
          label={`Pick: ${label}`}
          onClick={() => picker.current?.showPicker()}
        />
        <input
          ref={picker}
          type={props.kind}
          className="picked-native"
          tabIndex={-1}
          aria-hidden
          max={props.kind === 'date' ? '9999-12-31' : '9999-12-31T23:59'}
          value={value}
          onChange={(event) => take(event.target.value)}
        />
      </div>
    </FieldFrame>
  );
}

const showDay = (day: string): string => (day === '' ? '' : formatDay(day));

/** A calendar day as `YYYY-MM-DD` text, which is never made a Date of. Null for none. */
export function DayField(props: {
  label: string;
  value: string;
  onChange: (day: string | null) => void;
  hint?: string;
}): ReactNode {
  return (
    <PickedField
      label={props.label}
      {...(props.hint !== undefined && { hint: props.hint })}
      kind="date"
      value={props.value}
      show={showDay}
      read={readDay}
      placeholder="e.g. 22 Nov 2026"
      problem="Enter a day such as 22 Nov 2026 or 22/11/2026."
      onChange={(day) => props.onChange(day === '' ? null : day)}
    />
  );
}

/** A moment by this machine's wall clock, in milliseconds. Null for none. */
export function MomentField(props: {
  label: string;
  value: number | null;
  onChange: (ms: number | null) => void;
}): ReactNode {
  return (
    <PickedField
      label={props.label}
      kind="datetime-local"
      value={props.value === null ? '' : toLocalField(props.value)}
      show={momentText}
      read={(text) => readMoment(text, toLocalField(Date.now()))}
      placeholder="e.g. 22 Nov 2026 18:00"
      problem="Enter a day and a time such as 22 Nov 2026 18:00, or a time alone."
      onChange={(moment) => props.onChange(fromLocalField(moment))}
    />
  );
}

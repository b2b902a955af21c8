import { ArrowUp, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { ScheduleWindow, SpeedProfile } from '../../../../shared/contract/system.ts';
import { readTime } from '../../lib/day-text.ts';
import { daysWords, minutesOf, weekDays } from '../../lib/week-plan.ts';
import { IconButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProfileField } from './profile-field.tsx';

interface EditorProps {
  readonly number: number;
  readonly window: ScheduleWindow;
  readonly profiles: readonly SpeedProfile[];
  readonly onChange: (window: ScheduleWindow) => void;
  readonly onRemove: () => void;
  /** Null for the first one. */
  readonly onUp: (() => void) | null;
}

/** One window of the week: its days, its hours and what holds in them. */
export function WindowEditor(props: EditorProps): ReactNode {
  const { number, window, profiles, onChange, onUp } = props;
  const over = minutesOf(window.to) <= minutesOf(window.from);
  return (
    <div className="window" role="group" aria-label={`Window ${number}`}>
      <div className="button-group window-days" role="group" aria-label={`Days: ${daysWords(window.days)}`}>
        {weekDays.map(({ day, short, name }) => {
          const on = window.days.includes(day);
          return (
            <button
              key={day}
              type="button"
              className="button button-small"
              aria-label={name}
              aria-pressed={on}
              // A window without a day would be none.
              disabled={on && window.days.length === 1}
              onClick={() =>
                onChange({
                  ...window,
                  days: on ? window.days.filter((one) => one !== day) : [...window.days, day],
                })
              }
            >
              {short}
            </button>
          );
        })}
      </div>
      <TimeField label="From" value={window.from} onChange={(from) => onChange({ ...window, from })} />
      <TimeField
        label={over ? 'To (next day)' : 'To'}
        value={window.to}
        onChange={(to) => onChange({ ...window, to })}
      />
      <ProfileField
        label="Speed"
        value={window.profile}
        profiles={profiles}
        onChange={(profile) => onChange({ ...window, profile })}
      />
      <div className="row window-verbs">
        {onUp !== null && <IconButton icon={ArrowUp} label={`Move window ${number} up`} onClick={onUp} />}
        <IconButton icon={Trash2} label={`Remove window ${number}`} onClick={props.onRemove} />
      </div>
    </div>
  );
}

/** A time of day on a clock of 24 hours, whatever the browser's language; it is saved when the field is left, so that half a time is never. */
function TimeField(props: { label: string; value: string; onChange: (time: string) => void }): ReactNode {
  const [text, setText] = useState(props.value);
  const [seen, setSeen] = useState(props.value);
  if (seen !== props.value) {
    setSeen(props.value);
    setText(props.value);
  }
  return (
    <TextField
      inputMode="numeric"
      placeholder="18:00"
      label={props.label}
      className="number"
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => {
        const time = readTime(text);
        setText(time ?? props.value);
        if (time !== null && time !== props.value) props.onChange(time);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}

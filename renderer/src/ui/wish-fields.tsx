import { useState, type ReactNode } from 'react';
import type { DownloadPriority } from '../../../shared/contract/downloads.ts';
import { usualDeadlines } from '../lib/local-moment.ts';
import { readRate, rateText } from '../lib/rate.ts';
import { downloadPriorities, priorityNames } from '../lib/vocabulary.ts';
import { Button } from './button.tsx';
import { TextField } from './field.tsx';
import { MomentField } from './picked-field.tsx';
import { useMinute } from './use-minute.ts';

/** What goes first where not all can run; null shows that several differ. */
export function PriorityField(props: {
  value: DownloadPriority | null;
  onChange: (priority: DownloadPriority) => void;
}): ReactNode {
  return (
    <div className="field">
      <span className="field-label" id="wish-priority">
        Priority
        {props.value === null && <span className="muted"> (mixed)</span>}
      </span>
      <div className="button-group" role="group" aria-labelledby="wish-priority">
        {downloadPriorities.map((priority) => (
          <button
            key={priority}
            type="button"
            className="button button-small"
            aria-pressed={props.value === priority}
            onClick={() => props.onChange(priority)}
          >
            {priorityNames[priority]}
          </button>
        ))}
      </div>
    </div>
  );
}

/** When a download is needed: typed, or one of the usual hours. A change is told once it is a whole date. */
export function DeadlineField(props: {
  value: number | null;
  onChange: (neededByMs: number | null) => void;
}): ReactNode {
  const { value, onChange } = props;
  const nowMs = useMinute();
  return (
    <div className="stack wish-deadline">
      <MomentField label="Needed by" value={value} onChange={onChange} />
      <div className="row row-wrap wish-choices">
        {usualDeadlines(nowMs).map((choice) => (
          <Button key={choice.label} small onClick={() => onChange(choice.ms)}>
            {choice.label}
          </Button>
        ))}
        <Button small variant="quiet" disabled={value === null} onClick={() => onChange(null)}>
          No deadline
        </Button>
      </div>
    </div>
  );
}

/** A speed in megabytes a second that is not to be passed; empty for none. A change is told on Enter or on leaving. */
export function RateField(props: {
  label: string;
  hint?: string;
  value: number | null;
  onChange: (bytesPerSecond: number | null) => void;
}): ReactNode {
  const { value, onChange } = props;
  const [text, setText] = useState(rateText(value));
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    setText(rateText(value));
  }
  const read = readRate(text);
  return (
    <TextField
      label={props.label}
      inputMode="decimal"
      placeholder="No limit"
      className="number"
      {...(props.hint !== undefined && { hint: props.hint })}
      error={'problem' in read ? read.problem : null}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => {
        if ('rate' in read && read.rate !== value) onChange(read.rate);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}

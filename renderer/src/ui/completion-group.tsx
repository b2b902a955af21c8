import type { ReactNode } from 'react';
import { formatCount } from '../lib/format.ts';
import type { Choice } from './use-choice.ts';
import type { Completions } from './use-completions.ts';
import './option-list.css';

/** The completions of a query as a group of a list under its field. */
export function CompletionGroup(props: { completions: Completions; choice: Choice }): ReactNode {
  const { title, options } = props.completions;
  if (options.length === 0) return null;
  return (
    <div role="group" aria-label={title}>
      <div className="option-group">{title}</div>
      {options.map(({ key, value, note, count }) => (
        <div key={key} {...props.choice.option(key)} className="option-row">
          <span className="truncate spacer" title={value}>
            {value}
          </span>
          {note !== null && <span className="field-note">{note}</span>}
          {count !== null && <span className="field-note number">{formatCount(count, 'asset')}</span>}
        </div>
      ))}
    </div>
  );
}

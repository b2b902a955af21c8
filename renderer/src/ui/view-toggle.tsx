import { LayoutGrid, Rows3 } from 'lucide-react';
import type { ReactNode } from 'react';

const choices = [
  { view: 'cards', label: 'Show as cards', icon: LayoutGrid },
  { view: 'table', label: 'Show as table', icon: Rows3 },
] as const;

/** Switches a list between cards and a table. */
export function ViewToggle(props: {
  view: 'cards' | 'table';
  onChange: (view: 'cards' | 'table') => void;
}): ReactNode {
  return (
    <div className="button-group" role="group" aria-label="View">
      {choices.map(({ view, label, icon: Icon }) => (
        <button
          key={view}
          type="button"
          className="button button-icon"
          aria-label={label}
          title={label}
          aria-pressed={props.view === view}
          onClick={() => props.onChange(view)}
        >
          <Icon size={16} aria-hidden />
        </button>
      ))}
    </div>
  );
}

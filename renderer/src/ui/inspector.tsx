import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import './inspector.css';

/** The column on the right; on a narrow window a sheet over the list that can be closed. */
export function Inspector(props: { label: string; onClose: () => void; children: ReactNode }): ReactNode {
  return (
    <aside className="inspector" aria-label={props.label}>
      <div className="inspector-close">
        <IconButton icon={X} label="Close inspector" onClick={props.onClose} />
      </div>
      {props.children}
    </aside>
  );
}

/** Keeps the column on a wide window, so that the first selection does not move the list. */
export function EmptyInspector(props: { hint: string }): ReactNode {
  return (
    <aside className="inspector inspector-empty" aria-label="Nothing selected">
      <p className="muted small">{props.hint}</p>
    </aside>
  );
}

/** A part of the inspector with its own heading. */
export function InspectorPart(props: { title: string; children: ReactNode }): ReactNode {
  return (
    <section className="inspector-part">
      <h3>{props.title}</h3>
      {props.children}
    </section>
  );
}

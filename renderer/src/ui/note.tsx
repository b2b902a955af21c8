import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useConnectionState } from '../lib/app-context.tsx';
import { describeError } from '../lib/errors.ts';

const icons = { info: Info, warn: TriangleAlert, bad: CircleAlert, ok: CircleCheck };

/** A few sentences that need to be seen, with room for a next step. */
export function Note(props: {
  tone: 'info' | 'warn' | 'bad' | 'ok';
  role?: 'alert' | 'status' | 'note';
  children: ReactNode;
}): ReactNode {
  const Icon = icons[props.tone];
  return (
    <div className={`note note-${props.tone}`} role={props.role ?? 'note'}>
      <Icon size={16} aria-hidden />
      <div className="note-body">{props.children}</div>
    </div>
  );
}

/** An error in words: why, what to do, and the technical detail folded away. */
export function ErrorNote(props: { error: unknown; children?: ReactNode }): ReactNode {
  const { title, whatToDo, detail, code } = describeError(props.error);
  const state = useConnectionState();
  // The banner above every screen tells it, and what to do at this door.
  if (code === 'CORE_UNAVAILABLE' && state !== 'open') return null;
  return (
    <Note tone="bad" role="alert">
      <p>
        <strong>{title}</strong> {whatToDo}
      </p>
      {props.children}
      <details>
        <summary>Technical detail</summary>
        <pre>{detail === null ? code : `${code}: ${detail}`}</pre>
      </details>
    </Note>
  );
}

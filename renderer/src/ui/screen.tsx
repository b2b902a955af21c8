import type { ReactNode } from 'react';
import './screen.css';

/** A screen with its heading, its actions and a body that scrolls or fills. */
export function Screen(props: {
  title: string;
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}): ReactNode {
  return (
    <div className="screen">
      <header className="screen-head">
        <div className="screen-title">
          <h1>{props.title}</h1>
          {props.note !== undefined && <p className="muted small">{props.note}</p>}
        </div>
        <div className="row row-wrap screen-actions">{props.actions}</div>
      </header>
      {props.children}
    </div>
  );
}

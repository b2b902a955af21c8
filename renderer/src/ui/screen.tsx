import { useRouter } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import './screen.css';

/** A screen with its heading, its actions and a body that scrolls or fills. */
export function Screen(props: {
  title: string;
  note?: ReactNode;
  /** For screens that one comes to from a list. */
  back?: boolean;
  actions?: ReactNode;
  children: ReactNode;
}): ReactNode {
  const router = useRouter();
  return (
    <div className="screen">
      <header className="screen-head">
        {props.back === true && (
          <IconButton icon={ArrowLeft} label="Back" onClick={() => router.history.back()} />
        )}
        <div className="screen-title">
          <h1>{props.title}</h1>
          {props.note !== undefined && <div className="muted small">{props.note}</div>}
        </div>
        <div className="row row-wrap screen-actions">{props.actions}</div>
      </header>
      {props.children}
    </div>
  );
}

import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** Says why there is nothing to see and what to do about it. */
export function EmptyState(props: { icon: LucideIcon; title: string; children?: ReactNode }): ReactNode {
  const Icon = props.icon;
  return (
    <div className="empty">
      <Icon size={32} strokeWidth={1.5} aria-hidden />
      <h2>{props.title}</h2>
      {props.children}
    </div>
  );
}

/** Shown while the first read is on its way. */
export function Loading(props: { label: string }): ReactNode {
  return (
    <div className="empty" role="status">
      <LoaderCircle size={24} className="spinner" aria-hidden />
      <p className="muted">{props.label}</p>
    </div>
  );
}

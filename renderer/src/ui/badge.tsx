import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** A short fact in a pill. The tone is never the only carrier of what it means. */
export function Badge(props: {
  tone?: 'plain' | 'ok' | 'warn' | 'bad' | 'info';
  icon?: LucideIcon;
  children: ReactNode;
}): ReactNode {
  const { tone = 'plain', icon: Icon } = props;
  return (
    <span className={tone === 'plain' ? 'badge' : `badge badge-${tone}`}>
      {Icon && <Icon size={12} aria-hidden />}
      {props.children}
    </span>
  );
}

import type { ReactNode } from 'react';
import type { Settings } from '../../../../shared/contract/system.ts';
import type { SettingsSection } from '../../lib/search-params.ts';

/** What every card of settings gets: what holds, and the way to change it. A change is saved at once. */
export interface CardProps {
  readonly settings: Settings;
  readonly onChange: (change: Partial<Settings>) => void;
}

/** A part of the settings that a link can lead to. */
export function SettingsCard(props: {
  section: SettingsSection;
  title: string;
  note?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}): ReactNode {
  const id = `settings-${props.section}`;
  return (
    <section className="card" aria-labelledby={id} data-section={props.section}>
      <div className="row">
        <h2 id={id} className="spacer" tabIndex={-1}>
          {props.title}
        </h2>
        {props.action}
      </div>
      {props.note !== undefined && <p className="muted small">{props.note}</p>}
      {props.children}
    </section>
  );
}

import type { ReactNode } from 'react';
import { CheckField, SelectField } from '../../ui/field.tsx';
import { SettingsCard, type CardProps } from './settings-card.tsx';

/** How Rushes looks and behaves on this machine. */
export function GeneralCard({ settings, onChange }: CardProps): ReactNode {
  return (
    <SettingsCard section="general" title="General">
      <div className="settings-row">
        <SelectField
          label="Theme"
          value={settings.theme}
          options={[
            { value: 'system', label: 'As the system' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
          onChange={(theme) => onChange({ theme })}
        />
      </div>
      <CheckField
        label="Keep the machine awake while something downloads (desktop window)"
        checked={settings.keepAwake}
        onChange={(keepAwake) => onChange({ keepAwake })}
      />
      <CheckField
        label="Say it in one notification when the queue has ended (desktop window)"
        checked={settings.notifyWhenDone}
        onChange={(notifyWhenDone) => onChange({ notifyWhenDone })}
      />
    </SettingsCard>
  );
}

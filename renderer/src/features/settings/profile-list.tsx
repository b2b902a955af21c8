import { Plus, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { SpeedProfile, Traffic } from '../../../../shared/contract/system.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { RateField } from '../../ui/wish-fields.tsx';
import { withoutProfile } from './without-profile.ts';

const mostProfiles = 20;

/** An id that no profile has yet. */
function freshId(profiles: readonly SpeedProfile[]): string {
  for (let number = profiles.length + 1; ; number++) {
    const id = `profile-${number}`;
    if (profiles.every((profile) => profile.id !== id)) return id;
  }
}

/** The speeds that can be chosen, by their names. */
export function ProfileList(props: {
  traffic: Traffic;
  onChange: (change: Partial<Traffic>) => void;
}): ReactNode {
  const { traffic, onChange } = props;
  const { profiles } = traffic;
  const set = (next: SpeedProfile): void =>
    onChange({ profiles: profiles.map((profile) => (profile.id === next.id ? next : profile)) });
  return (
    <div className="field" role="group" aria-label="Speeds">
      <span className="field-label">Speeds</span>
      <ul className="stack profiles">
        {profiles.map((profile) => (
          <li key={profile.id} className="profile">
            <NameField name={profile.name} onChange={(name) => set({ ...profile, name })} />
            <RateField
              label={`MB/s for ${profile.name}`}
              value={profile.bytesPerSecond}
              onChange={(bytesPerSecond) => set({ ...profile, bytesPerSecond })}
            />
            <IconButton
              icon={Trash2}
              label={`Remove the speed ${profile.name}`}
              disabled={profiles.length === 1}
              onClick={() => onChange(withoutProfile(traffic, profile.id))}
            />
          </li>
        ))}
      </ul>
      <div className="row">
        <Button
          small
          icon={Plus}
          disabled={profiles.length >= mostProfiles}
          onClick={() =>
            onChange({
              profiles: [
                ...profiles,
                { id: freshId(profiles), name: `Speed ${profiles.length + 1}`, bytesPerSecond: 5_000_000 },
              ],
            })
          }
        >
          Add a speed
        </Button>
      </div>
    </div>
  );
}

function NameField(props: { name: string; onChange: (name: string) => void }): ReactNode {
  const [text, setText] = useState(props.name);
  const [seen, setSeen] = useState(props.name);
  if (seen !== props.name) {
    setSeen(props.name);
    setText(props.name);
  }
  const name = text.trim();
  return (
    <TextField
      label="Name"
      maxLength={60}
      value={text}
      error={name === '' ? 'Enter a name.' : null}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => {
        if (name !== '' && name !== props.name) props.onChange(name);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}

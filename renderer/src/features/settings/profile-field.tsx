import type { ReactNode } from 'react';
import type { SpeedProfile } from '../../../../shared/contract/system.ts';
import { formatSpeed } from '../../lib/format.ts';
import { SelectField } from '../../ui/field.tsx';

/** A speed in words: `Never starve playout (2.50 MB/s)`. */
export function profileWords(profile: SpeedProfile): string {
  return profile.bytesPerSecond === null
    ? profile.name
    : `${profile.name} (${formatSpeed(profile.bytesPerSecond)})`;
}

/** Which speed holds, or that nothing runs. */
export function ProfileField(props: {
  label: string;
  value: string | null;
  profiles: readonly SpeedProfile[];
  onChange: (profile: string | null) => void;
}): ReactNode {
  return (
    <SelectField
      label={props.label}
      value={props.value ?? ''}
      options={[
        ...props.profiles.map((profile) => ({ value: profile.id, label: profileWords(profile) })),
        { value: '', label: 'Nothing runs' },
      ]}
      onChange={(value) => props.onChange(value === '' ? null : value)}
    />
  );
}

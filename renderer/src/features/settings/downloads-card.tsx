import { useState, type ReactNode } from 'react';
import { CheckField, SelectField, TextField } from '../../ui/field.tsx';
import { FolderForm } from './folder-form.tsx';
import { SettingsCard, type CardProps } from './settings-card.tsx';

/** A gigabyte in bytes, the unit in which disks are sold. */
const giga = 1_000_000_000;

function countField(props: {
  label: string;
  value: number;
  counts: readonly number[];
  onChange: (count: number) => void;
}): ReactNode {
  const counts = props.counts.includes(props.value) ? props.counts : [...props.counts, props.value];
  return (
    <SelectField
      label={props.label}
      value={String(props.value)}
      options={counts.map((count) => ({ value: String(count), label: String(count) }))}
      onChange={(count) => props.onChange(Number(count))}
    />
  );
}

function FreeSpaceField(props: {
  value: number | null;
  onChange: (bytes: number | null) => void;
}): ReactNode {
  const shown = props.value === null ? '' : String(Number((props.value / giga).toFixed(3)));
  const [text, setText] = useState(shown);
  const [seen, setSeen] = useState(shown);
  if (seen !== shown) {
    setSeen(shown);
    setText(shown);
  }
  const plain = text.trim().replace(',', '.');
  const wrong = plain !== '' && !/^\d+(\.\d+)?$/.test(plain);
  return (
    <TextField
      label="Leave free on the disk, in GB"
      inputMode="decimal"
      placeholder="As usual"
      hint="Empty: two gibibytes or a twentieth of the disk, whichever is more."
      error={wrong ? 'Enter a number of gigabytes, or nothing.' : null}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => {
        const bytes = plain === '' ? null : Math.round(Number(plain) * giga);
        if (!wrong && bytes !== props.value) props.onChange(bytes);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}

/** Where files go and how many are fetched at once. */
export function DownloadsCard({ settings, onChange }: CardProps): ReactNode {
  return (
    <SettingsCard section="downloads" title="Downloads">
      <FolderForm dir={settings.downloadDir} onSave={(downloadDir) => onChange({ downloadDir })} />
      <div className="settings-row">
        {countField({
          label: 'Parallel downloads',
          value: settings.parallelDownloads,
          counts: [1, 2, 3, 4, 6, 8, 12, 16],
          onChange: (parallelDownloads) => onChange({ parallelDownloads }),
        })}
        {countField({
          label: 'Connections a download',
          value: settings.connections,
          counts: [1, 2, 3, 4, 6, 8, 12, 16],
          onChange: (connections) => onChange({ connections }),
        })}
        {countField({
          label: 'At most to one host',
          value: settings.hostConnections,
          counts: [1, 2, 4, 6, 8, 12, 16, 24, 32],
          onChange: (hostConnections) => onChange({ hostConnections }),
        })}
        {countField({
          label: 'At most all together',
          value: settings.totalConnections,
          counts: [1, 4, 8, 16, 24, 32, 48, 64],
          onChange: (totalConnections) => onChange({ totalConnections }),
        })}
      </div>
      <div className="settings-row">
        <FreeSpaceField
          value={settings.keepFreeBytes}
          onChange={(keepFreeBytes) => onChange({ keepFreeBytes })}
        />
      </div>
      <CheckField
        label="Write a small file beside each download that says where it came from: source, hash, rights and credit line"
        checked={settings.sidecar}
        onChange={(sidecar) => onChange({ sidecar })}
      />
    </SettingsCard>
  );
}

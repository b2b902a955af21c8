import { useState, type ReactNode } from 'react';
import type { Settings } from '../../../../shared/contract/system.ts';
import { useCore } from '../../lib/app-context.tsx';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';

const counts = [1, 2, 3, 4, 6, 8, 12, 16].map((count) => ({ value: String(count), label: String(count) }));

function withCurrent(value: number): typeof counts {
  const current = { value: String(value), label: String(value) };
  return counts.some((count) => count.value === current.value) ? counts : [...counts, current];
}

/** Every setting; a change is saved at once. */
export function SettingsForm(props: {
  settings: Settings;
  onChange: (change: Partial<Settings>) => void;
}): ReactNode {
  const { settings, onChange } = props;
  const { shell } = useCore();
  const [dir, setDir] = useState(settings.downloadDir);
  const [seen, setSeen] = useState(settings.downloadDir);
  if (seen !== settings.downloadDir) {
    setSeen(settings.downloadDir);
    setDir(settings.downloadDir);
  }
  return (
    <section className="card" aria-labelledby="settings-general">
      <h2 id="settings-general">General</h2>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (dir.trim() !== '') onChange({ downloadDir: dir.trim() });
        }}
      >
        <TextField
          label="Download folder"
          className="mono"
          spellCheck={false}
          hint="New downloads go here; running ones stay where they are."
          value={dir}
          error={dir.trim() === '' ? 'Enter the path of a folder.' : null}
          onChange={(event) => setDir(event.target.value)}
        />
        <div className="row">
          {shell !== null && (
            <Button
              small
              onClick={() => {
                void shell.chooseFolder().then((chosen) => {
                  if (chosen !== null) onChange({ downloadDir: chosen });
                });
              }}
            >
              Choose…
            </Button>
          )}
          <Button small type="submit" disabled={dir.trim() === '' || dir.trim() === settings.downloadDir}>
            Save folder
          </Button>
        </div>
      </form>
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
        <SelectField
          label="Connections a download"
          value={String(settings.connections)}
          options={withCurrent(settings.connections)}
          onChange={(count) => onChange({ connections: Number(count) })}
        />
        <SelectField
          label="Downloads at the same time"
          value={String(settings.parallelDownloads)}
          options={withCurrent(settings.parallelDownloads)}
          onChange={(count) => onChange({ parallelDownloads: Number(count) })}
        />
      </div>
    </section>
  );
}

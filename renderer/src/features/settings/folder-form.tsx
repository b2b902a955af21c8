import { useState, type ReactNode } from 'react';
import { useCore } from '../../lib/app-context.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';

/** Where new downloads go. */
export function FolderForm(props: { dir: string; onSave: (dir: string) => void }): ReactNode {
  const { shell } = useCore();
  const [dir, setDir] = useState(props.dir);
  const [seen, setSeen] = useState(props.dir);
  if (seen !== props.dir) {
    setSeen(props.dir);
    setDir(props.dir);
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (dir.trim() !== '') props.onSave(dir.trim());
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
                if (chosen !== null) props.onSave(chosen);
              });
            }}
          >
            Choose…
          </Button>
        )}
        <Button small type="submit" disabled={dir.trim() === '' || dir.trim() === props.dir}>
          Save folder
        </Button>
      </div>
    </form>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FolderPlus } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import type { ScanSummary } from '../../../shared/contract/library.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import { useCore } from '../lib/app-context.tsx';
import { describeError } from '../lib/errors.ts';
import { Button } from './button.tsx';
import { TextField } from './field.tsx';

const wrongPath: Readonly<Partial<Record<ErrorCode, string>>> = {
  NOT_FOUND: 'There is no such folder on this machine. Check the path, and that its volume is connected.',
  USAGE: 'This is not a folder. Enter its whole path.',
};

/** Adds a folder to the library: by the system's own dialog in the window, by its path in a browser tab. */
export function AddFolderForm(props: { onAdded: (summary: ScanSummary) => void }): ReactNode {
  const { queries, shell } = useCore();
  const queryClient = useQueryClient();
  const field = useRef<HTMLInputElement>(null);
  const [path, setPath] = useState('');
  const [empty, setEmpty] = useState(false);
  const add = useMutation(
    queries.library.addRoot.mutationOptions({
      onSuccess: async (summary) => {
        setPath('');
        await queryClient.invalidateQueries({ queryKey: queries.library.key() });
        props.onAdded(summary);
      },
    }),
  );
  const failed = add.error === null ? null : describeError(add.error);
  const error = failed === null ? null : (wrongPath[failed.code] ?? `${failed.title} ${failed.whatToDo}`);
  const submit = (): void => {
    setEmpty(path.trim() === '');
    if (path.trim() === '') field.current?.focus();
    else add.mutate({ path: path.trim() }, { onError: () => field.current?.focus() });
  };

  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextField
        ref={field}
        label="Folder"
        placeholder="/Volumes/Footage"
        hint="The folder and everything below it is looked through; nothing in it is moved or changed."
        spellCheck={false}
        value={path}
        error={empty ? 'Enter the path of a folder.' : error}
        onChange={(event) => setPath(event.target.value)}
      />
      <div className="row">
        {shell !== null && (
          <Button
            onClick={() => {
              void shell.chooseFolder().then((chosen) => {
                if (chosen !== null) add.mutate({ path: chosen });
              });
            }}
          >
            Choose…
          </Button>
        )}
        <Button type="submit" icon={FolderPlus} disabled={add.isPending}>
          {add.isPending ? 'Looking through it…' : 'Add folder'}
        </Button>
      </div>
    </form>
  );
}

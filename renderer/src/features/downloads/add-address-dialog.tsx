import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useCore } from '../../lib/app-context.tsx';
import { describeError, errorCode } from '../../lib/errors.ts';
import { Button } from '../../ui/button.tsx';
import { AppDialog } from '../../ui/dialog.tsx';
import { CheckField, TextField } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useToasts } from '../../ui/toast.tsx';

const sha256Pattern = /^[0-9a-fA-F]{64}$/;

/** Downloads a file by its address, with what is known about it. */
export function AddAddressDialog(props: { isOpen: boolean; onClose: () => void }): ReactNode {
  return (
    <AppDialog title="Add a download by address" isOpen={props.isOpen} onClose={props.onClose}>
      <AddAddressForm onClose={props.onClose} />
    </AppDialog>
  );
}

function AddAddressForm({ onClose }: { onClose: () => void }): ReactNode {
  const { queries } = useCore();
  const queryClient = useQueryClient();
  const toasts = useToasts();
  const first = useRef<HTMLInputElement>(null);
  const [url, setUrl] = useState('');
  const [name, setName] = useState('');
  const [sha256, setSha256] = useState('');
  const [insecureHttp, setInsecureHttp] = useState(false);
  const [allowPrivate, setAllowPrivate] = useState(false);
  const [tried, setTried] = useState(false);
  const add = useMutation(
    queries.downloads.addUrl.mutationOptions({
      onSuccess: async (download) => {
        await queryClient.invalidateQueries({ queryKey: queries.downloads.key() });
        toasts.show({ text: `${download.fileName} added` });
        onClose();
      },
    }),
  );
  // The dialog was opened to type the address.
  useEffect(() => first.current?.focus(), []);
  const hashWrong = sha256.trim() !== '' && !sha256Pattern.test(sha256.trim());
  const refused = errorCode(add.error) === 'ADDRESS_REFUSED' ? describeError(add.error) : null;
  const urlError =
    tried && url.trim() === '' ? 'Enter an address.' : refused && `${refused.title} ${refused.whatToDo}`;
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (url.trim() === '' || hashWrong) return;
        add.mutate({
          url: url.trim(),
          ...(name.trim() !== '' && { name: name.trim() }),
          ...(sha256.trim() !== '' && { sha256: sha256.trim() }),
          ...(insecureHttp && { insecureHttp }),
          ...(allowPrivate && { allowPrivate }),
        });
      }}
    >
      <TextField
        label="Address of the file"
        type="url"
        ref={first}
        placeholder="https://"
        value={url}
        error={urlError}
        onChange={(event) => setUrl(event.target.value)}
      />
      <TextField
        label="File name (optional)"
        hint="Otherwise the name that the server gives."
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <TextField
        label="SHA-256 (optional)"
        hint="With it, the file counts as complete only when every byte is proven."
        className="mono"
        spellCheck={false}
        value={sha256}
        error={tried && hashWrong ? 'A SHA-256 has 64 hexadecimal digits.' : null}
        onChange={(event) => setSha256(event.target.value)}
      />
      {(refused !== null || insecureHttp || allowPrivate) && (
        <>
          <CheckField
            label="Allow http without encryption"
            checked={insecureHttp}
            onChange={setInsecureHttp}
          />
          <CheckField
            label="Allow an address in a private network"
            checked={allowPrivate}
            onChange={setAllowPrivate}
          />
        </>
      )}
      {add.error !== null && refused === null && <ErrorNote error={add.error} />}
      <div className="dialog-actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={add.isPending}>
          {add.isPending ? 'Adding…' : 'Download'}
        </Button>
      </div>
    </form>
  );
}

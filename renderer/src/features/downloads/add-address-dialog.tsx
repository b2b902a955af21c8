import { useEffect, useRef, useState, type ReactNode } from 'react';
import { describeError, errorCode } from '../../lib/errors.ts';
import { formatNumber } from '../../lib/format.ts';
import { splitAddresses } from '../../lib/read-addresses.ts';
import { Button } from '../../ui/button.tsx';
import { AppDialog } from '../../ui/dialog.tsx';
import { CheckField, TextArea, TextField } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useAddAddresses } from './add-addresses.ts';
import './incoming.css';

const sha256Pattern = /^[0-9a-fA-F]{64}$/;
/** Lines of the field at most; more are scrolled. */
const mostLines = 8;

/** Downloads files by their addresses, with what is known about them; null while it is closed. */
export function AddAddressDialog(props: {
  addresses: readonly string[] | null;
  onClose: () => void;
}): ReactNode {
  const { addresses, onClose } = props;
  return (
    <AppDialog title="Add downloads by address" isOpen={addresses !== null} onClose={onClose}>
      {addresses !== null && <AddAddressForm given={addresses} onClose={onClose} />}
    </AppDialog>
  );
}

function refusalWords(error: unknown, refused: number, of: number): string {
  const { title, whatToDo } = describeError(error);
  return `${of > 1 ? `${formatNumber(refused)} of ${formatNumber(of)} were refused. ` : ''}${title} ${whatToDo}`;
}

function AddAddressForm({ given, onClose }: { given: readonly string[]; onClose: () => void }): ReactNode {
  const first = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(given.join('\n'));
  const [name, setName] = useState('');
  const [sha256, setSha256] = useState('');
  const [insecureHttp, setInsecureHttp] = useState(false);
  const [allowPrivate, setAllowPrivate] = useState(false);
  const [tried, setTried] = useState(false);
  const urls = splitAddresses(text);
  const isOne = urls.length < 2;
  const add = useAddAddresses(({ refused }) => {
    // What was added leaves the field, so that a second try adds nothing twice.
    if (refused.length === 0) onClose();
    else setText(refused.join('\n'));
  });
  // The dialog was opened to type the address.
  useEffect(() => first.current?.focus(), []);
  const hashWrong = isOne && sha256.trim() !== '' && !sha256Pattern.test(sha256.trim());
  const result = add.data;
  const error = add.error ?? result?.error ?? null;
  const isRefused = result !== undefined && errorCode(error) === 'ADDRESS_REFUSED';
  const refusal =
    isRefused && refusalWords(error, result.refused.length, result.refused.length + result.added.length);
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (urls.length === 0 || hashWrong || add.isPending) return;
        add.mutate({
          urls,
          wish: {
            ...(isOne && name.trim() !== '' && { name: name.trim() }),
            ...(isOne && sha256.trim() !== '' && { sha256: sha256.trim() }),
            ...(insecureHttp && { insecureHttp }),
            ...(allowPrivate && { allowPrivate }),
          },
        });
      }}
    >
      <TextArea
        label={isOne ? 'Address of the file' : `Addresses of ${formatNumber(urls.length)} files`}
        hint="Several: one a line, with Shift and Enter between them."
        ref={first}
        className="mono add-addresses"
        rows={Math.min(mostLines, Math.max(1, text.split('\n').length))}
        wrap={isOne ? 'soft' : 'off'}
        spellCheck={false}
        autoCapitalize="none"
        placeholder="https://"
        value={text}
        error={tried && urls.length === 0 ? 'Enter an address.' : refusal || null}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          event.currentTarget.form?.requestSubmit();
        }}
      />
      {isOne && (
        <>
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
        </>
      )}
      {(isRefused || insecureHttp || allowPrivate) && (
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
      {error !== null && !isRefused && <ErrorNote error={error} />}
      <div className="dialog-actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={add.isPending}>
          {add.isPending ? 'Adding…' : isOne ? 'Download' : `Download ${formatNumber(urls.length)}`}
        </Button>
      </div>
    </form>
  );
}

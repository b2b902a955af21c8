import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useId, useRef, useState, type ReactNode } from 'react';
import type { Source } from '../../../shared/contract/sources.ts';
import { useCore } from '../lib/app-context.tsx';
import { describeError, errorCode } from '../lib/errors.ts';
import { withScheme } from '../lib/with-scheme.ts';
import { Button } from './button.tsx';
import { CheckField, TextField } from './field.tsx';
import { ErrorNote } from './note.tsx';

const besideTheField = new Set([
  'USAGE',
  'ADDRESS_REFUSED',
  'SOURCE_UNKNOWN_KIND',
  'NOT_FOUND',
  'NETWORK_UNAVAILABLE',
  'KEY_NEEDED',
]);

/** Adds a source by its address; what is wrong with the address is said beside it. */
export function AddSourceForm(props: { onAdded: (source: Source) => void }): ReactNode {
  const { queries } = useCore();
  const queryClient = useQueryClient();
  const field = useRef<HTMLInputElement>(null);
  const exceptions = useId();
  const [url, setUrl] = useState('');
  const [key, setKey] = useState('');
  const [empty, setEmpty] = useState(false);
  const [insecureHttp, setInsecureHttp] = useState(false);
  const [allowPrivate, setAllowPrivate] = useState(false);
  const add = useMutation(
    queries.sources.add.mutationOptions({
      onSuccess: async (source) => {
        await queryClient.invalidateQueries({ queryKey: queries.sources.key() });
        props.onAdded(source);
      },
    }),
  );
  const failed = add.error === null ? null : describeError(add.error);
  const beside =
    failed === null || !besideTheField.has(failed.code)
      ? null
      : failed.code === 'NETWORK_UNAVAILABLE'
        ? 'This address cannot be reached. Check its spelling, the connection and the proxy.'
        : `${failed.title} ${failed.whatToDo}`;

  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setEmpty(url.trim() === '');
        if (url.trim() === '') {
          field.current?.focus();
          return;
        }
        add.mutate(
          {
            url: withScheme(url.trim()),
            ...(key.trim() !== '' && { key: key.trim() }),
            ...(insecureHttp && { insecureHttp }),
            ...(allowPrivate && { allowPrivate }),
          },
          { onError: () => field.current?.focus() },
        );
      }}
    >
      <TextField
        ref={field}
        label="Address of the source, or a folder"
        inputMode="url"
        autoComplete="url"
        placeholder="https://portal.example"
        hint="A portal, a feed, a page or sitemap with videos, a DVIDS unit, an archive collection, an agency’s feed, or the folder that an agency’s software writes into."
        value={url}
        error={empty ? 'Enter an address.' : beside}
        onChange={(event) => setUrl(event.target.value)}
      />
      {(errorCode(add.error) === 'KEY_NEEDED' || key !== '') && (
        <TextField
          label="Your key for this source"
          autoComplete="off"
          spellCheck={false}
          value={key}
          hint="Rushes keeps it with your other secrets and sends it to this source only."
          onChange={(event) => setKey(event.target.value)}
        />
      )}
      {(errorCode(add.error) === 'ADDRESS_REFUSED' || insecureHttp || allowPrivate) && (
        <fieldset className="exceptions" aria-describedby={exceptions}>
          <legend className="field-label">Exceptions for this address</legend>
          <p className="field-note" id={exceptions}>
            Only for a source that you trust, inside your own network.
          </p>
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
        </fieldset>
      )}
      {add.error !== null && beside === null && <ErrorNote error={add.error} />}
      <div>
        <Button type="submit" variant="primary" icon={Plus} disabled={add.isPending}>
          {add.isPending ? 'Adding…' : 'Add source'}
        </Button>
      </div>
    </form>
  );
}

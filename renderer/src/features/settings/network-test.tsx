import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useCore } from '../../lib/app-context.tsx';
import { withScheme } from '../../lib/with-scheme.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { FindingList } from './finding-list.tsx';

/** Asks an address as a download would, and says step by step what works. */
export function NetworkTest(): ReactNode {
  const { queries } = useCore();
  const firstSource = useQuery(queries.sources.list.queryOptions()).data?.sources[0]?.url;
  const [typed, setTyped] = useState<string | null>(null);
  const url = typed ?? firstSource ?? 'https://example.com';
  const test = useMutation(queries.network.test.mutationOptions());
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (url.trim() !== '') test.mutate({ url: withScheme(url.trim()) });
      }}
    >
      <div className="network-test">
        <TextField
          label="Try an address"
          type="url"
          value={url}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button type="submit" disabled={test.isPending || url.trim() === ''}>
          {test.isPending ? 'Testing…' : 'Test'}
        </Button>
      </div>
      <div aria-live="polite" className="stack">
        {test.error !== null && <ErrorNote error={test.error} />}
        {test.data !== undefined && (
          <>
            <Note tone={test.data.ok ? 'ok' : 'bad'}>
              <p>
                <strong>
                  {test.data.ok ? 'This address can be reached.' : 'This address cannot be reached.'}
                </strong>
              </p>
            </Note>
            <FindingList label="Steps of the test" findings={test.data.steps} />
          </>
        )}
      </div>
    </form>
  );
}

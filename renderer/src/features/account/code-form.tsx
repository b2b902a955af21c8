import { useState, type ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { CodeClock } from './code-clock.tsx';
import { CodeField } from './code-field.tsx';
import { EmailField } from './email-field.tsx';
import { missingFields } from './field-errors.ts';
import type { AccountFlow } from './use-account-flow.ts';
import { useAccountForm } from './use-account-form.ts';

/** Proves the e-mail address with the code that was sent to it. */
export function CodeForm({ flow }: { flow: AccountFlow }): ReactNode {
  const { verify, resend, status } = flow.account;
  const [code, setCode] = useState('');
  const form = useAccountForm(verify.error);
  const known = status.data?.email ?? null;
  const email = known ?? flow.email.trim();
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!form.check(missingFields({ code, ...(known === null && { email }) }))) return;
        verify.mutate({ sourceId: flow.sourceId, email, code }, { onSuccess: flow.verified });
      }}
    >
      {known === null ? (
        <EmailField flow={flow} form={form} />
      ) : (
        <p>
          A code of six digits was sent to <strong>{known}</strong>.
        </p>
      )}
      {form.general !== null && <ErrorNote error={form.general} />}
      <CodeField
        {...form.bind('code')}
        value={code}
        onChange={(next) => {
          setCode(next);
          form.touched();
        }}
      />
      <CodeClock
        account={flow.account}
        onResend={() => {
          setCode('');
          form.touched();
          resend.mutate({ sourceId: flow.sourceId, email, purpose: 'register' });
        }}
      />
      <div className="row row-wrap">
        <Button type="submit" variant="primary" disabled={verify.isPending}>
          {verify.isPending ? 'Checking…' : 'Confirm code'}
        </Button>
        <Button variant="quiet" onClick={() => flow.go('register')}>
          Use another address
        </Button>
        <Button variant="quiet" onClick={() => flow.go('sign-in')}>
          Sign in
        </Button>
      </div>
    </form>
  );
}

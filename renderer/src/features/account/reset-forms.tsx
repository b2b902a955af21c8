import { useState, type ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { PasswordField } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { CodeClock } from './code-clock.tsx';
import { CodeField } from './code-field.tsx';
import { EmailField } from './email-field.tsx';
import { missingFields } from './field-errors.ts';
import { PasswordChecklist } from './password-fields.tsx';
import { newPasswordErrors } from './register-form.tsx';
import type { AccountFlow } from './use-account-flow.ts';
import { useAccountForm } from './use-account-form.ts';

/** Asks for a code that allows a new password. */
export function ForgotForm({ flow }: { flow: AccountFlow }): ReactNode {
  const { resetRequest } = flow.account;
  const form = useAccountForm(resetRequest.error);
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const email = flow.email.trim();
        if (!form.check(missingFields({ email }))) return;
        resetRequest.mutate({ sourceId: flow.sourceId, email }, { onSuccess: () => flow.go('new-password') });
      }}
    >
      <p className="muted">
        Enter the e-mail address of your account. A code to set a new password is sent to it.
      </p>
      {form.general !== null && <ErrorNote error={form.general} />}
      <EmailField flow={flow} form={form} />
      <div className="row row-wrap">
        <Button type="submit" variant="primary" disabled={resetRequest.isPending}>
          {resetRequest.isPending ? 'Sending…' : 'Send code'}
        </Button>
        <Button variant="quiet" onClick={() => flow.go('sign-in')}>
          Back to sign in
        </Button>
      </div>
    </form>
  );
}

/** Sets a new password with the code. */
export function NewPasswordForm({ flow }: { flow: AccountFlow }): ReactNode {
  const { resetConfirm, resend } = flow.account;
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const form = useAccountForm(resetConfirm.error);
  const email = (flow.email.trim() === '' ? flow.account.status.data?.email : flow.email.trim()) ?? '';
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!form.check(newPasswordErrors(missingFields({ code, password }), password, email))) return;
        resetConfirm.mutate(
          { sourceId: flow.sourceId, email, code, password },
          { onSuccess: () => flow.go('updated') },
        );
      }}
    >
      <p>
        If <strong>{email}</strong> has an account, a code of six digits was sent to it.
      </p>
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
          resend.mutate({ sourceId: flow.sourceId, email, purpose: 'reset' });
        }}
      />
      <PasswordField
        {...form.bind('password')}
        label="New password"
        autoComplete="new-password"
        value={password}
        onChange={(event) => {
          setPassword(event.target.value);
          form.touched();
        }}
      />
      <PasswordChecklist password={password} email={email} />
      <div className="row row-wrap">
        <Button type="submit" variant="primary" disabled={resetConfirm.isPending}>
          {resetConfirm.isPending ? 'Saving…' : 'Set new password'}
        </Button>
        <Button variant="quiet" onClick={() => flow.go('forgot')}>
          Use another address
        </Button>
      </div>
    </form>
  );
}

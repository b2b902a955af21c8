import { LogIn } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { errorCode } from '../../lib/errors.ts';
import { Button } from '../../ui/button.tsx';
import { PasswordField } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { EmailField } from './email-field.tsx';
import type { AccountFlow } from './use-account-flow.ts';
import { missingFields } from './field-errors.ts';
import { useAccountForm } from './use-account-form.ts';

/** Signs in with e-mail and password. */
export function SignInForm({ flow }: { flow: AccountFlow }): ReactNode {
  const { login } = flow.account;
  const [password, setPassword] = useState('');
  const form = useAccountForm(login.error);
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!form.check(missingFields({ email: flow.email, password }))) return;
        login.mutate(
          { sourceId: flow.sourceId, email: flow.email.trim(), password },
          { onSuccess: flow.signedIn },
        );
      }}
    >
      {form.general !== null && (
        <ErrorNote error={form.general}>
          {errorCode(form.general) === 'ACCOUNT_UNVERIFIED' && (
            <Button small onClick={() => flow.go('code')}>
              Enter the code
            </Button>
          )}
        </ErrorNote>
      )}
      <EmailField flow={flow} form={form} />
      <PasswordField
        {...form.bind('password')}
        label="Password"
        autoComplete="current-password"
        value={password}
        onChange={(event) => {
          setPassword(event.target.value);
          form.touched();
        }}
      />
      <div className="row row-wrap">
        <Button type="submit" variant="primary" icon={LogIn} disabled={login.isPending}>
          {login.isPending ? 'Signing in…' : 'Sign in'}
        </Button>
        <Button variant="quiet" onClick={() => flow.go('forgot')}>
          Forgotten password
        </Button>
      </div>
      <p className="small">
        No account yet?{' '}
        <button type="button" className="text-button" onClick={() => flow.go('register')}>
          Register
        </button>
      </p>
    </form>
  );
}

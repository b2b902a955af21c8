import { UserPlus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { checkPassword } from '../../../../shared/portal-api/password-rule.ts';
import { Button } from '../../ui/button.tsx';
import { CheckField, PasswordField } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { EmailField } from './email-field.tsx';
import { missingFields, type FieldErrors } from './field-errors.ts';
import { PasswordChecklist } from './password-fields.tsx';
import type { AccountFlow } from './use-account-flow.ts';
import { useAccountForm } from './use-account-form.ts';

/** What is wrong with a new account before the source is asked. */
export function newPasswordErrors(wrong: FieldErrors, password: string, email: string): FieldErrors {
  if (wrong.password !== undefined || checkPassword(password, email.trim()).length === 0) return wrong;
  return { ...wrong, password: 'The password does not meet every point below yet.' };
}

/** Registers with e-mail and a password that meets the rule. */
export function RegisterForm({ flow }: { flow: AccountFlow }): ReactNode {
  const { register } = flow.account;
  const [password, setPassword] = useState('');
  const [newsletter, setNewsletter] = useState(false);
  const form = useAccountForm(register.error);
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const email = flow.email.trim();
        if (!form.check(newPasswordErrors(missingFields({ email, password }), password, email))) return;
        register.mutate(
          { sourceId: flow.sourceId, email, password, newsletter },
          { onSuccess: (status) => flow.registered(status, password) },
        );
      }}
    >
      {form.general !== null && <ErrorNote error={form.general} />}
      <EmailField flow={flow} form={form} />
      <PasswordField
        {...form.bind('password')}
        label="Password"
        autoComplete="new-password"
        value={password}
        onChange={(event) => {
          setPassword(event.target.value);
          form.touched();
        }}
      />
      <PasswordChecklist password={password} email={flow.email} />
      <CheckField
        label="Send me the newsletter of this source"
        checked={newsletter}
        onChange={setNewsletter}
      />
      <div className="row row-wrap">
        <Button type="submit" variant="primary" icon={UserPlus} disabled={register.isPending}>
          {register.isPending ? 'Registering…' : 'Register'}
        </Button>
        <Button variant="quiet" onClick={() => flow.go('sign-in')}>
          I have an account
        </Button>
      </div>
    </form>
  );
}

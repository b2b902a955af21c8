import type { ReactNode } from 'react';
import { TextField } from '../../ui/field.tsx';
import type { AccountFlow } from './use-account-flow.ts';
import type { useAccountForm } from './use-account-form.ts';

/** The e-mail address of the account, which all the forms of a sign-in share. */
export function EmailField(props: {
  flow: AccountFlow;
  form: Pick<ReturnType<typeof useAccountForm>, 'bind' | 'touched'>;
}): ReactNode {
  const { flow, form } = props;
  return (
    <TextField
      {...form.bind('email')}
      label="E-mail"
      type="email"
      autoComplete="username"
      value={flow.email}
      onChange={(event) => {
        flow.setEmail(event.target.value);
        form.touched();
      }}
    />
  );
}

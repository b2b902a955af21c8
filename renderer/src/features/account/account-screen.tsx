import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useCore } from '../../lib/app-context.tsx';
import { Loading } from '../../ui/empty-state.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { Screen } from '../../ui/screen.tsx';
import './account.css';
import { SignedInPanel, UpdatedPanel, VerifiedPanel } from './account-panels.tsx';
import { CodeForm } from './code-form.tsx';
import { RegisterForm } from './register-form.tsx';
import { ForgotForm, NewPasswordForm } from './reset-forms.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { useAccountFlow } from './use-account-flow.ts';

const views = {
  'sign-in': { title: 'Sign in', Panel: SignInForm },
  register: { title: 'Register', Panel: RegisterForm },
  code: { title: 'Enter the code', Panel: CodeForm },
  forgot: { title: 'Forgotten password', Panel: ForgotForm },
  'new-password': { title: 'New password', Panel: NewPasswordForm },
  verified: { title: 'Verified', Panel: VerifiedPanel },
  updated: { title: 'Password updated', Panel: UpdatedPanel },
  'signed-in': { title: 'Account', Panel: SignedInPanel },
} as const;

/** One screen for everything about the account of a source. */
export function AccountScreen(): ReactNode {
  const { queries } = useCore();
  const flow = useAccountFlow();
  const { status } = flow.account;
  const source = useQuery(queries.sources.list.queryOptions()).data?.sources.find(
    (item) => item.id === flow.sourceId,
  );
  const { title, Panel } = views[flow.view];
  const { mailbox = null, reason = null } = status.data ?? {};
  return (
    <Screen title={title} {...(source !== undefined && { note: source.name })}>
      <div className="screen-body">
        <div className="account stack">
          {status.isPending && <Loading label="Asking for the account…" />}
          {status.error !== null && <ErrorNote error={status.error} />}
          {reason !== null && flow.view === 'sign-in' && (
            <Note tone="warn">
              <p>{reason}</p>
            </Note>
          )}
          {flow.hasBack && (flow.view === 'sign-in' || flow.view === 'register') && (
            <p className="muted small">
              Downloading from this source needs an account. Once you are signed in you are taken back to
              where you were{flow.hasWish ? ', and your download starts' : ''}.
            </p>
          )}
          {status.data !== undefined && <Panel key={flow.view} flow={flow} />}
          {mailbox !== null && flow.view !== 'signed-in' && (
            <Note tone="info">
              <p>
                This demo portal puts its mail into <code className="mono">{mailbox}</code>
              </p>
            </Note>
          )}
        </div>
      </div>
    </Screen>
  );
}

import { ArrowLeft, LogIn, LogOut } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { formatTime } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { CheckField } from '../../ui/field.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import type { AccountFlow } from './use-account-flow.ts';

function NewsletterSwitch({ flow }: { flow: AccountFlow }): ReactNode {
  const { newsletter, status } = flow.account;
  // What was asked for is shown at once; an answer, good or bad, puts the truth back.
  const [wanted, setWanted] = useState<boolean | null>(null);
  return (
    <>
      <CheckField
        label="Newsletter of this source"
        checked={wanted ?? status.data?.newsletter ?? false}
        onChange={(subscribed) => {
          setWanted(subscribed);
          newsletter.mutate({ sourceId: flow.sourceId, subscribed }, { onSettled: () => setWanted(null) });
        }}
      />
      {newsletter.error !== null && <ErrorNote error={newsletter.error} />}
    </>
  );
}

/** Right after the code was right. */
export function VerifiedPanel({ flow }: { flow: AccountFlow }): ReactNode {
  const signedIn = flow.account.status.data?.state === 'signed-in';
  return (
    <div className="stack">
      <Note tone="ok" role="status">
        <p>
          <strong>Your account is verified.</strong>{' '}
          {signedIn ? 'From now on you can download.' : 'Sign in, and from then on you can download.'}
        </p>
      </Note>
      {signedIn && <NewsletterSwitch flow={flow} />}
      <div className="row row-wrap">
        {signedIn ? (
          <Button variant="primary" icon={ArrowLeft} onClick={flow.leave}>
            Back to where you were
          </Button>
        ) : (
          <Button variant="primary" icon={LogIn} onClick={() => flow.go('sign-in')}>
            Sign in
          </Button>
        )}
      </div>
    </div>
  );
}

/** Right after a new password was set. */
export function UpdatedPanel({ flow }: { flow: AccountFlow }): ReactNode {
  return (
    <div className="stack">
      <Note tone="ok" role="status">
        <p>
          <strong>Your password has been updated.</strong> Sign in with the new one.
        </p>
      </Note>
      <div>
        <Button variant="primary" icon={LogIn} onClick={() => flow.go('sign-in')}>
          Sign in
        </Button>
      </div>
    </div>
  );
}

/** The account of somebody who is signed in. */
export function SignedInPanel({ flow }: { flow: AccountFlow }): ReactNode {
  const { status, logout } = flow.account;
  const data = status.data;
  return (
    <div className="stack">
      <dl className="facts">
        <dt>Signed in as</dt>
        <dd>{data?.email ?? 'unknown'}</dd>
        {typeof data?.sessionExpiresAtMs === 'number' && (
          <>
            <dt>Session until</dt>
            <dd>{formatTime(data.sessionExpiresAtMs)}</dd>
          </>
        )}
      </dl>
      <NewsletterSwitch flow={flow} />
      {logout.error !== null && <ErrorNote error={logout.error} />}
      <div className="row row-wrap">
        {flow.hasBack && (
          <Button variant="primary" icon={ArrowLeft} onClick={flow.leave}>
            Back to where you were
          </Button>
        )}
        <Button
          icon={LogOut}
          disabled={logout.isPending}
          onClick={() => logout.mutate({ sourceId: flow.sourceId }, { onSuccess: flow.signedOut })}
        >
          Sign out
        </Button>
      </div>
    </div>
  );
}

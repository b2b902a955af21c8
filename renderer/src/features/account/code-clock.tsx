import { Send } from 'lucide-react';
import type { ReactNode } from 'react';
import { describeError } from '../../lib/errors.ts';
import { formatDuration } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { useCountdown } from '../../ui/use-countdown.ts';
import type { Account } from './use-account.ts';

/** How long the code is still good, and a new one when it may be asked for. */
export function CodeClock(props: { account: Account; onResend: () => void }): ReactNode {
  const { status, resend } = props.account;
  const code = status.data?.code ?? null;
  // A status read some time ago has used up that much of its time.
  const since = (ms: number): number => ms - Math.max(0, Date.now() - status.dataUpdatedAt);
  const left = useCountdown(code, () => since(code?.remainingMs ?? 0));
  const wait = useCountdown(code, () => since(code?.resendInMs ?? 0));
  const waiting = code !== null && wait !== null && wait > 0;
  return (
    <div className="code-clock">
      <p className="small number" role="timer">
        {code === null || left === 0
          ? 'The code has expired. Send a new one.'
          : left !== null && `The code is valid for ${formatDuration(left * 1000)} more.`}
      </p>
      <Button small icon={Send} disabled={waiting || resend.isPending} onClick={props.onResend}>
        {waiting ? `Send new code (in ${wait} s)` : 'Send new code'}
      </Button>
      {resend.error !== null && (
        <p className="field-error" role="alert">
          {describeError(resend.error).title} {describeError(resend.error).whatToDo}
        </p>
      )}
      {resend.isSuccess && (
        <p className="small" role="status">
          A new code is on its way; the older one no longer works.
        </p>
      )}
    </div>
  );
}

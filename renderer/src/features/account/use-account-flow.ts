import { getRouteApi, useNavigate, useRouter } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { AccountStatus } from '../../../../shared/contract/account.ts';
import type { SourceId } from '../../../../shared/contract/values.ts';
import type { AccountView } from '../../lib/search-params.ts';
import { useDownloadStart } from '../../ui/download-start.tsx';
import { useAccount } from './use-account.ts';

const route = getRouteApi('/account/$sourceId');

function viewFor(
  status: AccountStatus | undefined,
  asked: AccountView | undefined,
): AccountView | 'signed-in' {
  if (status?.state === 'signed-in') return asked === 'verified' ? 'verified' : 'signed-in';
  if (asked !== undefined) return asked;
  if (status?.state === 'unverified' || status?.code?.purpose === 'register') return 'code';
  return status?.code?.purpose === 'reset' ? 'new-password' : 'sign-in';
}

/** The way through the account screen; the state stands in the address, so Back and Forward work. */
export function useAccountFlow() {
  const { sourceId: raw } = route.useParams();
  const sourceId = raw as SourceId;
  const { view: asked, back } = route.useSearch();
  const navigate = useNavigate();
  const router = useRouter();
  const downloads = useDownloadStart();
  const account = useAccount(sourceId);
  const [typed, setEmail] = useState<string | null>(null);
  // Kept until the code is confirmed, so that the account that was just made need not sign in by hand.
  const password = useRef<string | null>(null);
  const email = typed ?? account.status.data?.email ?? '';

  const go = (view: AccountView | undefined, replace = false): void => {
    void navigate({
      to: '/account/$sourceId',
      params: { sourceId },
      search: { ...(view !== undefined && { view }), ...(back !== undefined && { back }) },
      replace,
    });
  };
  const leave = (): void => {
    if (back === undefined) void navigate({ to: '/catalogue', search: {} });
    else router.history.push(back);
    downloads.resume();
  };

  return {
    account,
    sourceId,
    view: viewFor(account.status.data, asked),
    hasBack: back !== undefined,
    hasWish: downloads.hasWish(),
    email,
    setEmail,
    go,
    leave,
    signedIn: (): void => {
      if (back === undefined) go(undefined, true);
      else leave();
    },
    signedOut: (): void => {
      downloads.forget();
      go(undefined, true);
    },
    registered: (status: AccountStatus, chosen: string): void => {
      password.current = chosen;
      go(status.state === 'signed-in' ? 'verified' : 'code');
    },
    verified: (status: AccountStatus): void => {
      const secret = password.current;
      password.current = null;
      go('verified', true);
      if (status.state !== 'signed-in' && secret !== null)
        account.login.mutate({ sourceId, email: email.trim(), password: secret });
    },
  };
}

export type AccountFlow = ReturnType<typeof useAccountFlow>;

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AccountStatus } from '../../../../shared/contract/account.ts';
import type { SourceId } from '../../../../shared/contract/values.ts';
import { useCore } from '../../lib/app-context.tsx';

/** The account of one source and everything that can be done with it; each answer is the new status. */
export function useAccount(sourceId: SourceId) {
  const { queries } = useCore();
  const queryClient = useQueryClient();
  const account = queries.account;
  const key = account.status.queryKey({ input: { sourceId } });
  const status = useQuery({ ...account.status.queryOptions({ input: { sourceId } }), staleTime: 0 });
  const keep = {
    onSuccess: (next: AccountStatus) => {
      queryClient.setQueryData(key, next);
    },
  };
  return {
    status,
    register: useMutation({ ...account.register.mutationOptions(), ...keep }),
    verify: useMutation({ ...account.verify.mutationOptions(), ...keep }),
    resend: useMutation({ ...account.resend.mutationOptions(), ...keep }),
    login: useMutation({ ...account.login.mutationOptions(), ...keep }),
    logout: useMutation({ ...account.logout.mutationOptions(), ...keep }),
    resetRequest: useMutation({ ...account.resetRequest.mutationOptions(), ...keep }),
    resetConfirm: useMutation({ ...account.resetConfirm.mutationOptions(), ...keep }),
    newsletter: useMutation({ ...account.newsletter.mutationOptions(), ...keep }),
  };
}

export type Account = ReturnType<typeof useAccount>;

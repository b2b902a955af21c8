import type { AccountStatus } from '../../../shared/contract/account.ts';
import {
  codeSentSchema,
  passwordUpdatedSchema,
  verifiedSchema,
  type CodeSent,
} from '../../../shared/portal-api/account.ts';
import { portalPaths } from '../../../shared/portal-api/paths.ts';
import {
  assertPassword,
  checkEmail,
  noCode,
  plainCode,
  type AccountDeps,
  type AccountState,
} from './account-state.ts';

type Given<T> = { readonly [K in keyof T]: T[K] | undefined };

/** The verbs that go by an e-mailed code: making an account and setting a new password. */
export function createRegistration(
  deps: AccountDeps,
  state: AccountState,
  forgetSession: (sourceId: string) => Promise<void>,
) {
  const askForCode = (sourceId: string, path: string, body: unknown): Promise<CodeSent> =>
    deps.source(sourceId).client.call({ method: 'POST', path, body, answer: codeSentSchema });
  return {
    register: async (
      sourceId: string,
      given: { email: string; password: string } & Given<{ newsletter?: boolean }>,
    ): Promise<AccountStatus> => {
      const email = checkEmail(given.email);
      assertPassword(given.password, email);
      const body = { email, password: given.password, newsletter: given.newsletter ?? false };
      const sent = await askForCode(sourceId, portalPaths.register, body);
      return state.codeSent(sourceId, { email, purpose: 'register' }, sent);
    },
    verify: async (
      sourceId: string,
      given: { code: string } & Given<{ email?: string }>,
    ): Promise<AccountStatus> => {
      const email = state.emailOf(sourceId, given.email);
      const body = { email, code: plainCode(given.code) };
      const { client } = deps.source(sourceId);
      await client.call({ method: 'POST', path: portalPaths.verify, body, answer: verifiedSchema });
      // Whoever is signed in stays so: what was verified is another account, or the same one once more.
      if (state.find(sourceId).state === 'signed-in') return state.save(sourceId, noCode);
      return state.save(sourceId, { ...noCode, email, state: 'signed-out', reason: null });
    },
    resend: async (
      sourceId: string,
      given: Given<{ email?: string; purpose?: 'register' | 'reset' }>,
    ): Promise<AccountStatus> => {
      const email = state.emailOf(sourceId, given.email);
      const purpose = given.purpose ?? state.find(sourceId).codePurpose ?? 'register';
      const sent = await askForCode(sourceId, portalPaths.resend, { email, purpose });
      return state.codeSent(sourceId, { email, purpose }, sent);
    },
    resetRequest: async (sourceId: string, given: { email: string }): Promise<AccountStatus> => {
      const email = checkEmail(given.email);
      const sent = await askForCode(sourceId, portalPaths.resetRequest, { email });
      return state.codeSent(sourceId, { email, purpose: 'reset' }, sent);
    },
    resetConfirm: async (
      sourceId: string,
      given: { code: string; password: string } & Given<{ email?: string }>,
    ): Promise<AccountStatus> => {
      const email = state.emailOf(sourceId, given.email);
      assertPassword(given.password, email);
      const body = { email, code: plainCode(given.code), password: given.password };
      const { client } = deps.source(sourceId);
      await client.call({
        method: 'POST',
        path: portalPaths.resetConfirm,
        body,
        answer: passwordUpdatedSchema,
      });
      // The portal has ended every session of the account, this one included.
      await forgetSession(sourceId);
      return state.save(sourceId, {
        ...noCode,
        email,
        state: 'signed-out',
        sessionExpiresAtMs: null,
        reason: null,
      });
    },
  };
}

import type { AccountStatus } from '../../../shared/contract/account.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { loginAnswerSchema, newsletterAnswerSchema } from '../../../shared/portal-api/account.ts';
import { portalPaths } from '../../../shared/portal-api/paths.ts';
import { checkEmail, noCode, type AccountDeps, type AccountState } from './account-state.ts';

/** The verbs that begin, use and end a session. The token is kept in the secret store and nowhere else. */
export function createSession(deps: AccountDeps, state: AccountState) {
  const nameOf = (sourceId: string): string => `session:${sourceId}`;
  const token = (sourceId: string): Promise<string | null> => deps.secrets.get(nameOf(sourceId));
  const forget = (sourceId: string): Promise<void> => deps.secrets.delete(nameOf(sourceId));
  const ended = async (sourceId: string, was: string): Promise<void> => {
    // The answer may be about a session that a newer one has replaced while it was on its way.
    if ((await token(sourceId)) !== was) return;
    await forget(sourceId);
    const reason = 'The session has ended; sign in again.';
    state.save(sourceId, { state: 'signed-out', sessionExpiresAtMs: null, reason });
  };

  return {
    token,
    forget,
    /** The source said that the session of a token is over. What waits for it is kept. */
    ended,
    login: async (sourceId: string, given: { email: string; password: string }): Promise<AccountStatus> => {
      const email = checkEmail(given.email);
      const { client } = deps.source(sourceId);
      const body = { email, password: given.password };
      const answer = await client
        .call({ method: 'POST', path: portalPaths.login, body, answer: loginAnswerSchema })
        .catch((error: unknown) => {
          const unverified = error instanceof RushesError && error.code === 'ACCOUNT_UNVERIFIED';
          // Whoever is signed in stays so, whatever becomes of another account.
          if (unverified && state.find(sourceId).state !== 'signed-in')
            state.save(sourceId, { email, state: 'unverified' });
          throw error;
        });
      await deps.secrets.set(nameOf(sourceId), answer.token);
      const status = state.save(sourceId, {
        ...noCode,
        email: answer.account.email,
        state: 'signed-in',
        newsletter: answer.account.newsletter,
        sessionExpiresAtMs: answer.sessionExpiresAtMs,
        clockOffsetMs: answer.nowMs - deps.clock.now(),
        reason: null,
      });
      deps.onSignedIn(sourceId);
      return status;
    },
    logout: async (sourceId: string): Promise<AccountStatus> => {
      const { client } = deps.source(sourceId);
      const held = await token(sourceId);
      await forget(sourceId);
      const change = { ...noCode, state: 'signed-out', sessionExpiresAtMs: null, reason: null } as const;
      const status = state.save(sourceId, change);
      // The portal forgets the session too. Its being out of reach must not keep the user signed in here.
      if (held !== null) {
        await client
          .call({ method: 'POST', path: portalPaths.logout, token: held, answer: null })
          .catch(() => undefined);
      }
      return status;
    },
    newsletter: async (sourceId: string, given: { subscribed: boolean }): Promise<AccountStatus> => {
      const held = await token(sourceId);
      if (held === null) throw new RushesError('SIGN_IN_NEEDED', 'Sign in to change the newsletter.');
      const { client } = deps.source(sourceId);
      const answer = await client
        .call({
          method: 'PUT',
          path: portalPaths.newsletter,
          body: given,
          token: held,
          answer: newsletterAnswerSchema,
        })
        .catch(async (error: unknown) => {
          if (error instanceof RushesError && error.code === 'SIGN_IN_NEEDED') await ended(sourceId, held);
          throw error;
        });
      return state.save(sourceId, { newsletter: answer.newsletter });
    },
  };
}

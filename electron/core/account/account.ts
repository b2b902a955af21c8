import { createAccountState, type AccountDeps } from './account-state.ts';
import { createRegistration } from './registration.ts';
import { createSession } from './session.ts';

/** The user's accounts, one a source. Every verb answers where the user stands afterwards. */
export function createAccount(deps: AccountDeps) {
  const state = createAccountState(deps);
  const session = createSession(deps, state);
  const registration = createRegistration(deps, state, session.forget);
  return { status: state.status, ...registration, ...session };
}
export type AccountArea = ReturnType<typeof createAccount>;

import { createRoute } from '@hono/zod-openapi';
import {
  codeSentSchema,
  loginAnswerSchema,
  loginRequestSchema,
  newsletterAnswerSchema,
  newsletterRequestSchema,
  passwordUpdatedSchema,
  registerRequestSchema,
  resendRequestSchema,
  resetConfirmRequestSchema,
  resetRequestSchema,
  sessionAnswerSchema,
  verifiedSchema,
  verifyRequestSchema,
} from '../../../shared/portal-api/account.ts';
import { portalPaths } from '../../../shared/portal-api/paths.ts';
import type { Accounts } from '../account/accounts.ts';
import type { PortalApp } from './portal-env.ts';
import { bearerToken, jsonAnswer, jsonBody, refusal } from './route-answers.ts';

const tags = ['account'];
const security = [{ session: [] }];
const badRequest = { 400: refusal('BAD_REQUEST') };
const sessionEnded = { 401: refusal('SESSION_ENDED') };
const tooManyCodes = { 429: refusal('TOO_MANY_CODES') };
const codeSent = jsonAnswer('The same answer whether or not the address is known.', codeSentSchema);

/** Adds the routes that make, prove and mend an account. */
export function addAccountRoutes(app: PortalApp, accounts: Accounts): void {
  addRegistration(app, accounts);
  addReset(app, accounts);
  addSessions(app, accounts);
  addNewsletter(app, accounts);
}

function addRegistration(app: PortalApp, accounts: Accounts): void {
  const register = createRoute({
    method: 'post',
    path: portalPaths.register,
    tags,
    summary: 'Register an address; a code goes out by mail',
    request: { body: jsonBody(registerRequestSchema) },
    responses: { 202: codeSent, 422: refusal('PASSWORD_RULE'), ...badRequest, ...tooManyCodes },
  });
  app.openapi(register, async (c) => {
    const { email, password, newsletter } = c.req.valid('json');
    return c.json(await accounts.register({ email, password, newsletter: newsletter ?? false }), 202);
  });

  const verify = createRoute({
    method: 'post',
    path: portalPaths.verify,
    tags,
    summary: 'Prove an address with the code from the mail',
    request: { body: jsonBody(verifyRequestSchema) },
    responses: {
      200: jsonAnswer('The account may download from now on.', verifiedSchema),
      422: refusal('CODE_WRONG', 'CODE_EXPIRED'),
      ...badRequest,
    },
  });
  app.openapi(verify, (c) => {
    const { email, code } = c.req.valid('json');
    accounts.verify(email, code);
    return c.json({ state: 'verified' as const }, 200);
  });

  const resend = createRoute({
    method: 'post',
    path: portalPaths.resend,
    tags,
    summary: 'Send a new code; the older one is void',
    request: { body: jsonBody(resendRequestSchema) },
    responses: { 202: codeSent, ...badRequest, ...tooManyCodes },
  });
  app.openapi(resend, (c) => {
    const { email, purpose } = c.req.valid('json');
    return c.json(accounts.resend(email, purpose), 202);
  });
}

function addReset(app: PortalApp, accounts: Accounts): void {
  const request = createRoute({
    method: 'post',
    path: portalPaths.resetRequest,
    tags,
    summary: 'Ask for a code to choose a new password',
    request: { body: jsonBody(resetRequestSchema) },
    responses: { 202: codeSent, ...badRequest, ...tooManyCodes },
  });
  app.openapi(request, (c) => c.json(accounts.resend(c.req.valid('json').email, 'reset'), 202));

  const confirm = createRoute({
    method: 'post',
    path: portalPaths.resetConfirm,
    tags,
    summary: 'Choose a new password with a code; ends every session',
    request: { body: jsonBody(resetConfirmRequestSchema) },
    responses: {
      200: jsonAnswer('Sign in with the new password.', passwordUpdatedSchema),
      422: refusal('PASSWORD_RULE', 'CODE_WRONG', 'CODE_EXPIRED'),
      ...badRequest,
    },
  });
  app.openapi(confirm, async (c) => {
    await accounts.resetConfirm(c.req.valid('json'));
    return c.json({ state: 'password-updated' as const }, 200);
  });
}

function addSessions(app: PortalApp, accounts: Accounts): void {
  const login = createRoute({
    method: 'post',
    path: portalPaths.login,
    tags,
    summary: 'Open a session',
    request: { body: jsonBody(loginRequestSchema) },
    responses: {
      200: jsonAnswer('The token goes into the Authorization header.', loginAnswerSchema),
      401: refusal('CREDENTIALS_WRONG'),
      403: refusal('ACCOUNT_UNVERIFIED'),
      429: refusal('TOO_MANY_TRIES'),
      ...badRequest,
    },
  });
  app.openapi(login, async (c) => {
    const { email, password } = c.req.valid('json');
    return c.json(await accounts.login(email, password), 200);
  });

  const logout = createRoute({
    method: 'post',
    path: portalPaths.logout,
    tags,
    security,
    summary: 'End the session',
    responses: { 204: { description: 'The session has ended.' }, ...sessionEnded },
  });
  app.openapi(logout, (c) => {
    const token = bearerToken(c.req.header('authorization'));
    accounts.requireSession(token);
    if (token !== undefined) accounts.logout(token);
    return c.body(null, 204);
  });

  const session = createRoute({
    method: 'get',
    path: portalPaths.session,
    tags,
    security,
    summary: 'Tell whose session this is',
    responses: { 200: jsonAnswer('The session lives.', sessionAnswerSchema), ...sessionEnded },
  });
  app.openapi(session, (c) => {
    const found = accounts.requireSession(bearerToken(c.req.header('authorization')));
    return c.json(accounts.describeSession(found), 200);
  });
}

function addNewsletter(app: PortalApp, accounts: Accounts): void {
  const newsletter = createRoute({
    method: 'put',
    path: portalPaths.newsletter,
    tags,
    security,
    summary: 'Subscribe to the newsletter, or leave it',
    request: { body: jsonBody(newsletterRequestSchema) },
    responses: {
      200: jsonAnswer('As it stands now.', newsletterAnswerSchema),
      ...badRequest,
      ...sessionEnded,
    },
  });
  app.openapi(newsletter, (c) => {
    const found = accounts.requireSession(bearerToken(c.req.header('authorization')));
    const { subscribed } = c.req.valid('json');
    accounts.setNewsletter(found, subscribed);
    return c.json({ newsletter: subscribed }, 200);
  });
}

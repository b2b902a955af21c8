import * as z from 'zod';
import { call } from './base.ts';
import { sourceId, timeMs } from './values.ts';

const email = z.string().max(254);
const code = z.string().max(40);
const password = z.string().max(1024);

/** Where the user stands with a source that wants an account. */
export const accountStatus = z.object({
  sourceId,
  state: z.enum(['signed-out', 'unverified', 'signed-in']),
  email: z.string().nullable(),
  /** A code on its way: what it is for, when it ends by the server's clock, how long that is from now. */
  code: z
    .object({
      purpose: z.enum(['register', 'reset']),
      expiresAtMs: timeMs,
      remainingMs: z.number().int(),
      resendInMs: z.number().int(),
    })
    .nullable(),
  newsletter: z.boolean().nullable(),
  sessionExpiresAtMs: timeMs.nullable(),
  /** Why the user is signed out, when that was not their own doing. */
  reason: z.string().nullable(),
  /** The folder a demo portal puts its mail in; null where mail is really sent. */
  mailbox: z.string().nullable(),
});
export type AccountStatus = z.infer<typeof accountStatus>;

const of = z.object({ sourceId });

/** The calls of the account with a source; each answers where the user stands afterwards. */
export const account = {
  status: call.input(of).output(accountStatus),
  register: call
    .input(of.extend({ email, password, newsletter: z.boolean().optional() }))
    .output(accountStatus),
  verify: call.input(of.extend({ email: email.optional(), code })).output(accountStatus),
  resend: call
    .input(of.extend({ email: email.optional(), purpose: z.enum(['register', 'reset']).optional() }))
    .output(accountStatus),
  login: call.input(of.extend({ email, password })).output(accountStatus),
  logout: call.input(of).output(accountStatus),
  resetRequest: call.input(of.extend({ email })).output(accountStatus),
  resetConfirm: call.input(of.extend({ email: email.optional(), code, password })).output(accountStatus),
  newsletter: call.input(of.extend({ subscribed: z.boolean() })).output(accountStatus),
};

import { z } from 'zod';

/** An e-mail address; the portal compares addresses trimmed and in lower case. */
export const emailSchema = z.string().trim().max(254).pipe(z.email());

/** The six digits of a verification mail, as text because a leading zero counts. Spaces a person typed are dropped. */
export const codeSchema = z
  .string()
  .max(20)
  .transform((typed) => typed.replace(/\s+/g, ''))
  .pipe(z.string().regex(/^\d{6}$/));

/** What a code is for; a code never opens the other door. */
export const codePurposeSchema = z.enum(['register', 'reset']);
/** Parsed form of {@link codePurposeSchema}. */
export type CodePurpose = z.infer<typeof codePurposeSchema>;

// Far above the rule's maximum, so that the rule answers by name and this limit only stops abuse.
const passwordTextSchema = z.string().max(4096);

/** Body of `POST account/register`. */
export const registerRequestSchema = z.object({
  email: emailSchema,
  password: passwordTextSchema,
  newsletter: z.boolean().optional(),
});

/**
 * Answer of every request that may send a code; the same whether or not the address is known.
 *
 * `resendAfterMs` is how long the portal will refuse another code for this address: 0 means at once.
 */
export const codeSentSchema = z
  .object({
    state: z.literal('code-sent'),
    codeExpiresAtMs: z.number().int(),
    resendAfterMs: z.number().int().nonnegative(),
    nowMs: z.number().int(),
  })
  .meta({ id: 'CodeSent' });
/** Parsed form of {@link codeSentSchema}. */
export type CodeSent = z.infer<typeof codeSentSchema>;

/** Body of `POST account/verify`. */
export const verifyRequestSchema = z.object({ email: emailSchema, code: codeSchema });
/** Answer of `POST account/verify`. */
export const verifiedSchema = z.object({ state: z.literal('verified') });

/** Body of `POST account/resend`. */
export const resendRequestSchema = z.object({ email: emailSchema, purpose: codePurposeSchema });

/** Body of `POST account/login`. */
export const loginRequestSchema = z.object({ email: emailSchema, password: passwordTextSchema });

/** What the portal tells a signed-in person about the account. */
export const portalAccountSchema = z
  .object({ email: z.string(), verified: z.boolean(), newsletter: z.boolean() })
  .meta({ id: 'Account' });
/** Parsed form of {@link portalAccountSchema}. */
export type PortalAccount = z.infer<typeof portalAccountSchema>;

/** Answer of `POST account/login`; `token` goes into `Authorization: Bearer`. */
export const loginAnswerSchema = z
  .object({
    token: z.string(),
    sessionExpiresAtMs: z.number().int(),
    account: portalAccountSchema,
    nowMs: z.number().int(),
  })
  .meta({ id: 'LoginAnswer' });
/** Parsed form of {@link loginAnswerSchema}. */
export type LoginAnswer = z.infer<typeof loginAnswerSchema>;

/** Answer of `GET account/session`. */
export const sessionAnswerSchema = loginAnswerSchema.omit({ token: true }).meta({ id: 'SessionAnswer' });
/** Parsed form of {@link sessionAnswerSchema}. */
export type SessionAnswer = z.infer<typeof sessionAnswerSchema>;

/** Body of `POST account/reset-request`. */
export const resetRequestSchema = z.object({ email: emailSchema });
/** Body of `POST account/reset-confirm`. */
export const resetConfirmRequestSchema = z.object({
  email: emailSchema,
  code: codeSchema,
  password: passwordTextSchema,
});
/** Answer of `POST account/reset-confirm`; the person signs in again with the new password. */
export const passwordUpdatedSchema = z.object({ state: z.literal('password-updated') });

/** Body of `PUT account/newsletter`. */
export const newsletterRequestSchema = z.object({ subscribed: z.boolean() });
/** Answer of `PUT account/newsletter`. */
export const newsletterAnswerSchema = z.object({ newsletter: z.boolean() });

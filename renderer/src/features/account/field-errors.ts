import { describeError } from '../../lib/errors.ts';

/** The fields of the account forms, in the order in which they stand. */
export type AccountField = 'email' | 'code' | 'password';

/** Messages beside fields; a form without entries has nothing to complain about. */
export type FieldErrors = Partial<Record<AccountField, string>>;

/** What can be said about the fields before asking the source. */
export function missingFields(values: Partial<Record<AccountField, string>>): FieldErrors {
  const errors: FieldErrors = {};
  if (values.email !== undefined && !/^[^\s@]+@[^\s@]+$/.test(values.email.trim()))
    errors.email =
      values.email.trim() === '' ? 'Enter your e-mail address.' : 'This is not an e-mail address.';
  if (values.code !== undefined && !/^\d{6}$/.test(values.code))
    errors.code = 'Enter the six digits from the e-mail.';
  if (values.password === '') errors.password = 'Enter a password.';
  return errors;
}

/** Which field an answer of the source is about, if it is about one. */
export function answeredField(error: unknown): FieldErrors {
  const { code, title, whatToDo } = describeError(error);
  const words = `${title} ${whatToDo}`;
  // Of what is typed freely only the address can be refused as such.
  if (code === 'USAGE') return { email: title };
  if (code === 'CREDENTIALS_WRONG') return { password: words };
  if (code === 'PASSWORD_RULE') return { password: words };
  if (code === 'CODE_WRONG' || code === 'CODE_EXPIRED') return { code: words };
  return {};
}

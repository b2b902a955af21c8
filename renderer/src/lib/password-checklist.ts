import type { PasswordFailure } from '../../../shared/portal-api/errors.ts';
import { checkPassword, passwordRule } from '../../../shared/portal-api/password-rule.ts';

/** One point of the password rule and whether it is met. */
export interface ChecklistItem {
  readonly failure: PasswordFailure;
  readonly text: string;
  readonly met: boolean;
}

const always: readonly [PasswordFailure, string][] = [
  ['too-short', `At least ${passwordRule.minLength} characters`],
  ['no-upper', 'An upper case letter'],
  ['no-lower', 'A lower case letter'],
  ['no-digit', 'A number'],
  ['no-symbol', 'A symbol'],
  ['white-space', 'No spaces'],
];

// Rarely broken, so they appear only when they are.
const whenBroken: readonly [PasswordFailure, string][] = [
  ['too-long', `At most ${passwordRule.maxLength} characters`],
  ['too-common', 'Not one of the passwords everybody uses'],
  ['contains-email', 'Not your e-mail name'],
];

/** The password rule point by point, as a person watches it while typing. */
export function passwordChecklist(password: string, email: string): readonly ChecklistItem[] {
  const failures = new Set(checkPassword(password, email.trim() === '' ? undefined : email.trim()));
  const items = always.map(([failure, text]) => ({
    failure,
    text,
    // An empty field meets nothing yet, not even "no spaces".
    met: password !== '' && !failures.has(failure),
  }));
  const broken = whenBroken
    .filter(([failure]) => failures.has(failure))
    .map(([failure, text]) => ({ failure, text, met: false }));
  return [...items, ...broken];
}

import type { PasswordFailure } from './errors.ts';

/** The one policy object: lengths are counted in code points, so that an accented letter or an emoji counts as one. */
export const passwordRule = {
  minLength: 12,
  maxLength: 256,
  text: 'The password must be at least 12 characters long, without spaces, and include upper and lower case letters, numbers and symbols.',
} as const;

/**
 * Frequent passwords in folded form (lower case, usual substitutions undone, everything but letters dropped).
 *
 * Only entries that can be dressed up to meet the rest of the rule matter here, such as `Password1234!`.
 */
const commonFolded: ReadonlySet<string> = new Set([
  'password',
  'passwordpassword',
  'passwort',
  'motdepasse',
  'welcome',
  'welcometo',
  'letmein',
  'letmeinplease',
  'qwerty',
  'qwertyuiop',
  'qwertzuiop',
  'azertyuiop',
  'qwertyqwerty',
  'asdfghjkl',
  'iloveyou',
  'administrator',
  'admin',
  'changeme',
  'changemenow',
  'trustno',
  'football',
  'baseball',
  'sunshine',
  'princess',
  'dragon',
  'monkey',
  'superman',
  'batman',
  'starwars',
  'abcdef',
  'abcdefgh',
  'abcdefghijkl',
  'secret',
  'newsroom',
  'summer',
  'winter',
  'spring',
  'autumn',
]);

const substitutions: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** Mailbox names shorter than this are ignored: every third password would hold "jo". */
const shortestLocalPart = 4;

/**
 * Names every point of the password rule that a password fails; an empty list means that it is accepted.
 *
 * Nothing is trimmed or normalised: the password is judged exactly as it will be sent.
 * `email` is optional; with it, a password that holds the part before the `@` fails too.
 */
export function checkPassword(password: string, email?: string): PasswordFailure[] {
  const length = Array.from(password).length;
  const failures: PasswordFailure[] = [];
  if (length < passwordRule.minLength) failures.push('too-short');
  if (length > passwordRule.maxLength) failures.push('too-long');
  if (/\s/u.test(password)) failures.push('white-space');
  if (!/\p{Lu}/u.test(password)) failures.push('no-upper');
  if (!/\p{Ll}/u.test(password)) failures.push('no-lower');
  if (!/\p{Nd}/u.test(password)) failures.push('no-digit');
  if (!/[^\p{L}\p{M}\p{N}\s]/u.test(password)) failures.push('no-symbol');
  if (isCommon(password)) failures.push('too-common');
  if (email !== undefined && containsLocalPart(password, email)) failures.push('contains-email');
  return failures;
}

function isCommon(password: string): boolean {
  const lower = password.toLowerCase();
  const plain = lower.replace(/[^a-z]/g, '');
  // Tail digits and symbols are decoration (Password1234!), so they go before substitutions are undone (P@ssw0rd).
  const undressed = lower.replace(/^[^a-z@$]+|[^a-z@$]+$/g, '');
  const folded = undressed.replace(/[013457@$!]/g, (sign) => substitutions[sign] ?? sign);
  return commonFolded.has(plain) || commonFolded.has(folded.replace(/[^a-z]/g, ''));
}

function containsLocalPart(password: string, email: string): boolean {
  const at = email.lastIndexOf('@');
  const localPart = (at < 0 ? email : email.slice(0, at)).toLowerCase();
  return Array.from(localPart).length >= shortestLocalPart && password.toLowerCase().includes(localPart);
}

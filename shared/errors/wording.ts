import type { ErrorCode } from './codes.ts';

/** What a person reads for an error code: why it failed, and what they can do about it. */
export interface Wording {
  readonly reason: string;
  readonly todo: string;
}

const words: Readonly<Record<ErrorCode, Wording>> = {
  USAGE: {
    reason: 'Something in the request is not right.',
    todo: 'Check what was entered and try again.',
  },
  NOT_FOUND: {
    reason: 'It is no longer there.',
    todo: 'Go back to the list; it may have been removed meanwhile.',
  },
  CONFLICT: {
    reason: 'It clashes with something that is already there.',
    todo: 'Read the list again and repeat the change.',
  },
  SIGN_IN_NEEDED: {
    reason: 'This source wants you to be signed in.',
    todo: 'Sign in and try again; nothing that was downloaded so far is lost.',
  },
  CREDENTIALS_WRONG: {
    reason: 'The e-mail address and the password do not belong together.',
    todo: 'Check both, or ask for a new password.',
  },
  ACCOUNT_UNVERIFIED: {
    reason: 'The account has not been verified yet.',
    todo: 'Enter the code from the e-mail, or send a new one.',
  },
  CODE_WRONG: {
    reason: 'That is not the right code.',
    todo: 'Use the six digits of the newest e-mail.',
  },
  CODE_EXPIRED: {
    reason: 'The code has expired.',
    todo: 'Send a new code and enter that one.',
  },
  PASSWORD_RULE: {
    reason: 'The password does not meet the rule of this source.',
    todo: 'Choose one that meets every point of the list.',
  },
  TOO_MANY_TRIES: {
    reason: 'There were too many tries in a short time.',
    todo: 'Wait a moment, then try again.',
  },
  NOT_RELEASED: {
    reason: 'The source has not released this yet.',
    todo: 'Sync again later: it may be announced, withheld or under embargo.',
  },
  WITHDRAWN: {
    reason: 'The source has withdrawn this.',
    todo: 'Ask the source before using copies that you already hold.',
  },
  SOURCE_UNAVAILABLE: {
    reason: 'The source does not answer as it should.',
    todo: 'Try again later; what is already in the catalogue stays usable.',
  },
  SOURCE_CHANGED: {
    reason: 'The source answers, but no longer in the shape that Rushes knows.',
    todo: 'Look at the details: the address may have moved, or a newer Rushes may know the new shape.',
  },
  KEY_NEEDED: {
    reason: 'This source wants a key of your own, or refuses the one it was given.',
    todo: 'Get a key from the source and enter it in the settings of the source.',
  },
  SOURCE_UNKNOWN_KIND: {
    reason: 'This address is not a source that Rushes knows.',
    todo: 'Check the address, or ask the source for the address of its portal.',
  },
  NETWORK_UNAVAILABLE: {
    reason: 'There is no connection to the network.',
    todo: 'Check the connection and the proxy, then try again.',
  },
  ADDRESS_REFUSED: {
    reason: 'Rushes does not open this kind of address.',
    todo: 'Use an https address on a public host, or allow the exception on purpose.',
  },
  DISK_FULL: {
    reason: 'The disk is full.',
    todo: 'Free some space or choose another folder, then resume.',
  },
  DISK_ERROR: {
    reason: 'The file or folder could not be read or written.',
    todo: 'Check that the folder exists, is connected and may be written to.',
  },
  INTEGRITY: {
    reason: 'The bytes on the disk are not the ones that were promised.',
    todo: 'Download it again; if it happens twice, tell the source.',
  },
  HOME_IN_USE: {
    reason: 'Another Rushes already works on this library.',
    todo: 'Close the other one first, or use another home folder.',
  },
  DATABASE_NEWER: {
    reason: 'The library was written by a newer Rushes.',
    todo: 'Update Rushes on this machine.',
  },
  DATABASE_DAMAGED: {
    reason: 'The database is damaged.',
    todo: 'Close Rushes and put a backup of the file in its place; a damaged one is left as it is.',
  },
  MEDIA_FAILED: {
    reason: 'The file could not be read as video.',
    todo: 'Open it in another player to see whether the file itself is broken.',
  },
  CORE_UNAVAILABLE: {
    reason: 'The part of Rushes that does the work is not answering.',
    todo: 'Wait a moment: it is started again by itself. Nothing is lost.',
  },
  CANCELLED: {
    reason: 'It was cancelled.',
    todo: 'Start it again when you want it.',
  },
  INTERNAL: {
    reason: 'Something went wrong inside Rushes.',
    todo: 'Try again; if it stays, report it with the technical detail.',
  },
};

/** Words for an error code, the same at every door. */
export function wording(code: ErrorCode): Wording {
  return words[code];
}

import type { CodePurpose } from '../../../shared/portal-api/account.ts';

/** A mail without its address. */
export interface MailText {
  readonly subject: string;
  readonly text: string;
}

const purposeLines: Readonly<Record<CodePurpose, { subject: string; why: string; ignore: string }>> = {
  register: {
    subject: 'Your verification code',
    why: 'Enter this code to verify your account:',
    ignore: 'If you did not register, ignore this mail: without the code nothing happens.',
  },
  reset: {
    subject: 'Your code for a new password',
    why: 'Enter this code to choose a new password:',
    ignore: 'If you did not ask for it, ignore this mail: your password stays as it is.',
  },
};

/** The mail that carries a code; the code stands on a line of its own. */
export function codeMail(portalName: string, purpose: CodePurpose, code: string): MailText {
  const lines = purposeLines[purpose];
  return {
    subject: `${lines.subject} (${portalName})`,
    text: [
      lines.why,
      '',
      `    ${code}`,
      '',
      'The code is valid for 30 minutes and works once. A newer code replaces it.',
      lines.ignore,
      '',
      portalName,
    ].join('\n'),
  };
}

/** The mail for somebody who registers an address that already has a verified account. */
export function alreadyRegisteredMail(portalName: string): MailText {
  return {
    subject: `You already have an account (${portalName})`,
    text: [
      'Somebody tried to register this address. You already have an account: sign in with it,',
      'or ask for a new password if you have forgotten the old one.',
      '',
      'If it was not you, nothing needs to be done: your account has not changed.',
      '',
      portalName,
    ].join('\n'),
  };
}

/** The notice after a changed password. */
export function passwordChangedMail(portalName: string): MailText {
  return {
    subject: `Your password was changed (${portalName})`,
    text: [
      'The password of your account has been changed and every session was ended.',
      'If this was not you, ask for a new password at once and tell the desk.',
      '',
      portalName,
    ].join('\n'),
  };
}

import type { Session } from 'electron';
import type { Answers } from '../hosts/desktop/exchange.ts';
import type { ShellQuestions } from '../hosts/desktop/messages.ts';

/** Answers the core what the operating system is set to: only Chromium knows that on every platform. */
export function createProxyAnswers(
  session: Pick<Session, 'resolveProxy'>,
): Answers<Pick<ShellQuestions, 'resolveProxy'>> {
  return {
    resolveProxy: (url) => session.resolveProxy(url),
  };
}

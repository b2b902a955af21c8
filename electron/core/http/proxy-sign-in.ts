import { HttpFault } from './http-client.ts';
import type { ProxyCredentials } from './way-out.ts';

/** The header value of Basic authentication (RFC 7617), in UTF-8. */
export function basicValue({ user, password }: ProxyCredentials): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}

/** Whether a proxy that asks for a sign-in takes Basic. An absent header is taken for a yes: some proxies forget it. */
export function offersBasic(challenges: readonly string[]): boolean {
  return challenges.length === 0 || schemes(challenges).includes('basic');
}

/** Why a proxy cannot be signed in to, in words. */
export function signInFault(
  host: string,
  asked: { readonly headers: readonly string[]; readonly signedIn: boolean },
): HttpFault {
  if (!offersBasic(asked.headers)) {
    const names = schemes(asked.headers).join(', ');
    return new HttpFault(
      'proxy-sign-in',
      `The proxy ${host} wants a sign-in of the kind ${names}, which Rushes does not support: Windows sign-ins (Negotiate, NTLM) need a proxy with Basic or an exception for this machine.`,
    );
  }
  return new HttpFault(
    'proxy-sign-in',
    asked.signedIn
      ? `The proxy ${host} does not accept the user name and password.`
      : `The proxy ${host} wants a user name and a password.`,
  );
}

/** The names of the schemes in challenges, which may share a header: a name is a word with no `=` behind it. */
function schemes(challenges: readonly string[]): string[] {
  const names = challenges.flatMap((one) =>
    one.split(',').flatMap((part) => /^\s*([\w-]+)(?:\s+(?!=)|\s*$)/.exec(part)?.[1]?.toLowerCase() ?? []),
  );
  return [...new Set(names)];
}

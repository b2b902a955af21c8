import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Why a request may not pass. */
export type Refusal = 'wrong-host' | 'no-session' | 'wrong-origin';

/**
 * Who may come in by the browser's door: whoever opens an address first that was given out, and from then on only that
 * browser. A page of another origin, or another name that resolves to this machine, is turned away.
 */
export function createSessionGate(port: () => number) {
  let token: string | null = null;
  const sessions: string[] = [];
  // Cookies know no ports: each door has a name of its own, or the second would put out the first.
  const cookieName = (): string => `rushes-session-${port()}`;
  const hosts = (): string[] => [`127.0.0.1:${port()}`, `localhost:${port()}`];
  const cookies = (request: IncomingMessage): string[] => (request.headers.cookie ?? '').split(/;\s*/);

  return {
    /** A new address; its token works once, and one given out before and never opened works no more. */
    newAddress: (): string => {
      token = randomBytes(24).toString('base64url');
      return `http://127.0.0.1:${port()}/?token=${token}`;
    },
    /** Spends the token; the cookie to set, or null when it was wrong or used already. */
    enter: (given: string): string | null => {
      if (token === null || !same(given, token)) return null;
      token = null;
      const session = randomBytes(32).toString('base64url');
      sessions.push(session);
      return `${cookieName()}=${session}; HttpOnly; SameSite=Strict; Path=/`;
    },
    check: (request: IncomingMessage): Refusal | null => {
      if (!hosts().includes(request.headers.host ?? '')) return 'wrong-host';
      const { origin } = request.headers;
      if (origin !== undefined && !hosts().some((host) => origin === `http://${host}`)) return 'wrong-origin';
      const isKnown = (cookie: string): boolean =>
        sessions.some((session) => same(cookie, `${cookieName()}=${session}`));
      return cookies(request).some(isKnown) ? null : 'no-session';
    },
  };
}
export type SessionGate = ReturnType<typeof createSessionGate>;

function same(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

import type { PeerCertificate } from 'node:tls';
import { HttpFault } from './http-client.ts';

/** What this machine's clock is held against. */
export interface ClockFacts {
  /** UTC milliseconds by this machine. */
  readonly nowMs: number;
  /** How far this machine is ahead of what servers said of the time, in milliseconds; null while none has said. */
  readonly aheadMs: number | null;
}

/** A certificate as the words need it. */
export type SeenCertificate = Pick<PeerCertificate, 'valid_from' | 'valid_to' | 'subjectaltname' | 'issuer'>;

/** A clock off by less is not why a certificate does not hold. */
const noticeableMs = 60 * 60 * 1000;
const unknownIssuer =
  /^(UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_VERIFY_LEAF|SELF_SIGNED_|DEPTH_ZERO_SELF_SIGNED)/;

/** Says in words what is wrong with a certificate: expired, not begun, for another name, from somebody unknown. */
export function certificateFault(
  code: string,
  seen: { readonly host: string; readonly certificate: SeenCertificate | null; readonly clock: ClockFacts },
): HttpFault {
  const { host, certificate, clock } = seen;
  const kind = isClockLikely(code, certificate, clock) ? 'clock' : 'certificate';
  const more = kind === 'clock' ? ` This machine believes that it is ${day(clock.nowMs)} (UTC).` : '';
  return new HttpFault(kind, `${sentence(code, host, certificate)}${more} (${code})`);
}

/**
 * Whether the clock of this machine, and not the certificate, is at fault.
 *
 * Where servers have told the time, that decides. Else a certificate that has not begun speaks against the clock, as
 * nobody puts one in place before its day; one that has expired does not, as that happens every week.
 */
function isClockLikely(code: string, certificate: SeenCertificate | null, clock: ClockFacts): boolean {
  if (code !== 'CERT_NOT_YET_VALID' && code !== 'CERT_HAS_EXPIRED') return false;
  if (clock.aheadMs === null) return code === 'CERT_NOT_YET_VALID';
  if (Math.abs(clock.aheadMs) < noticeableMs || !certificate) return false;
  const realMs = clock.nowMs - clock.aheadMs;
  return realMs >= Date.parse(certificate.valid_from) && realMs <= Date.parse(certificate.valid_to);
}

function sentence(code: string, host: string, certificate: SeenCertificate | null): string {
  const own = certificate ? `The certificate of ${host}` : `A certificate of ${host}`;
  if (code === 'CERT_HAS_EXPIRED') {
    const since = certificate ? Date.parse(certificate.valid_to) : Number.NaN;
    return since < Date.now() ? `${own} expired on ${day(since)}.` : `A certificate of ${host} has expired.`;
  }
  if (code === 'CERT_NOT_YET_VALID') {
    const from = certificate ? Date.parse(certificate.valid_from) : Number.NaN;
    return Number.isNaN(from) ? `${own} is not valid yet.` : `${own} is valid from ${day(from)} on only.`;
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const names = plain((certificate?.subjectaltname ?? '').replaceAll(/(DNS|IP Address):/g, ''));
    return `${own} was issued for ${names === '' ? 'another name' : names} and not for ${host}.`;
  }
  if (unknownIssuer.test(code)) {
    const issuer = plain(first(certificate?.issuer?.O) || first(certificate?.issuer?.CN));
    const by = issuer === '' ? 'somebody' : `"${issuer}"`;
    return `${own} was issued by ${by} whom this machine does not know: where a proxy inspects TLS, its certificate has to be added in the settings under Network.`;
  }
  return `${own} is not to be trusted.`;
}

function day(ms: number): string {
  return Number.isFinite(ms) ? new Date(ms).toISOString().slice(0, 10) : 'an unknown day';
}

function first(value: unknown): string {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === 'string' ? one : '';
}

/** A server wrote it, so it is short and has no characters that move others about. */
function plain(text: string): string {
  return text
    .replaceAll(/[^\p{L}\p{N} .,:*'()&-]/gu, '')
    .slice(0, 120)
    .trim();
}

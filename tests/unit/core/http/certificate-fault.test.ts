import { expect, it } from 'vitest';
import { certificateFault, type SeenCertificate } from '../../../../electron/core/http/certificate-fault.ts';

const nowMs = Date.UTC(2026, 5, 15);
const hour = 60 * 60 * 1000;
const day = 24 * hour;

/** A certificate that holds for a year from January 2026 unless told. */
function aCertificate(more: Partial<Record<keyof SeenCertificate, unknown>> = {}): SeenCertificate {
  return {
    valid_from: 'Jan  1 00:00:00 2026 GMT',
    valid_to: 'Jan  1 00:00:00 2027 GMT',
    subjectaltname: 'DNS:files.test',
    issuer: { CN: 'Authority 1', O: 'Authority Ltd' },
    ...more,
  } as SeenCertificate;
}

const fault = (code: string, aheadMs: number | null, certificate: SeenCertificate | null = aCertificate()) =>
  certificateFault(code, { host: 'files.test', certificate, clock: { nowMs, aheadMs } });

it.each([
  ['CERT_NOT_YET_VALID', null, 'clock'],
  ['CERT_NOT_YET_VALID', 0, 'certificate'],
  ['CERT_NOT_YET_VALID', -30 * day, 'clock'],
  ['CERT_NOT_YET_VALID', -900 * day, 'certificate'],
  ['CERT_HAS_EXPIRED', null, 'certificate'],
  ['CERT_HAS_EXPIRED', 10 * 60_000, 'certificate'],
  ['CERT_HAS_EXPIRED', 30 * day, 'clock'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 30 * day, 'certificate'],
])('%s with a clock %s ms ahead is the fault of the %s', (code, aheadMs, kind) => {
  expect(fault(code, aheadMs).kind).toBe(kind);
});

it('names what is wrong even where the certificate could not be seen', () => {
  for (const code of [
    'CERT_HAS_EXPIRED',
    'CERT_NOT_YET_VALID',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'CERT_REVOKED',
  ]) {
    expect(fault(code, 0, null).message).toMatch(/^A certificate of files\.test .+\. \([A-Z_]+\)$/);
  }
});

it('takes no tricks from the names in a certificate', () => {
  const issuer = { O: `Ev\u202eil<img src=x>\n${'x'.repeat(500)}` };
  const { message } = fault('SELF_SIGNED_CERT_IN_CHAIN', 0, aCertificate({ issuer }));
  expect(message).toContain('issued by "Evilimg srcx');
  expect(message.length).toBeLessThan(400);
  expect(fault('DEPTH_ZERO_SELF_SIGNED_CERT', 0, aCertificate({ issuer: undefined })).message).toContain(
    'issued by somebody',
  );
});

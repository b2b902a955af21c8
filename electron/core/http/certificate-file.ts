import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { isAbsolute } from 'node:path';

/** A store of all the authorities of the world has some 200 kB. */
const mostBytes = 4 * 1024 * 1024;
const block = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED )?CERTIFICATE-----/g;

/** The certificates of a file as PEM texts, or one sentence on why there are none. */
export type CertificateFile =
  | { readonly ok: true; readonly certificates: readonly string[]; readonly expired: boolean }
  | { readonly ok: false; readonly why: string };

/** Reads a file of certificates: PEM, as many as there are, or a single one in DER as Windows exports it. */
export function readCertificateFile(path: string, nowMs = Date.now()): CertificateFile {
  if (!isAbsolute(path)) return { ok: false, why: 'The certificate file must be given by its full path.' };
  let bytes: Buffer;
  try {
    const found = statSync(path);
    // A device may have no end, and a pipe may never say anything.
    if (!found.isFile()) return { ok: false, why: `${path} is not a file.` };
    if (found.size > mostBytes)
      return { ok: false, why: `${path} is too large to be a file of certificates.` };
    bytes = readFileSync(path);
  } catch (error) {
    const { code = 'no reason given' } = error as NodeJS.ErrnoException;
    return { ok: false, why: `The certificate file ${path} cannot be read (${code}).` };
  }
  const text = bytes.toString('latin1');
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) {
    return { ok: false, why: `${path} holds a private key: give a file with certificates only.` };
  }
  const found = text.match(block);
  try {
    const parsed = (found ?? [bytes]).map((one) => new X509Certificate(one));
    return {
      ok: true,
      certificates: parsed.map(String),
      expired: parsed.some(({ validTo }) => Date.parse(validTo) < nowMs),
    };
  } catch {
    return { ok: false, why: `${path} is not a file of PEM certificates.` };
  }
}

import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import type { Log } from '../ports.ts';
import { readCertificateFile } from './certificate-file.ts';

/** How many certificates are trusted, and what is the matter with the added ones. */
export interface TrustStanding {
  readonly trusted: number;
  /** Those of the added file. */
  readonly added: number;
  /** The added file; empty for none. */
  readonly file: string;
  /** Why the added file or the system's store could not be used, or what is odd about it; null when all is well. */
  readonly problem: string | null;
  /** `problem` where certificates are missing that were meant to be there. */
  readonly state: 'ok' | 'warning' | 'problem';
}

/** The authorities whose certificates are believed. */
export interface Trust {
  /** For connections of this process: TLS 1.2 or later. */
  context(): SecureContext;
  /** The same as PEM texts, for a thread that makes a context of its own. */
  authorities(): readonly string[];
  /** Rises with every renewal: connections made before are not used again. */
  generation(): number;
  /** Reads everything again at the next use. */
  renew(): void;
  standing(): TrustStanding;
}

/** What trust is made of. `certificates` (PEM) and those of the file are believed beside Node's and the system's. */
export interface TrustDeps {
  readonly log: Log;
  readonly certificates?: readonly string[];
  /** The full path of a file with more certificates; empty for none. */
  readonly certificateFile?: () => string;
}

interface Gathered {
  readonly authorities: readonly string[];
  readonly context: SecureContext;
  readonly standing: TrustStanding;
}

/** Builds the trust; read once and late, as parsing some hundred certificates takes longer than a connection does. */
export function createTrust(deps: TrustDeps): Trust {
  let gathered: Gathered | null = null;
  let generation = 0;
  const current = (): Gathered => (gathered ??= gather(deps));
  return {
    context: () => current().context,
    authorities: () => current().authorities,
    generation: () => generation,
    renew: () => {
      gathered = null;
      generation += 1;
    },
    standing: () => current().standing,
  };
}

function gather(deps: TrustDeps): Gathered {
  const problems: string[] = [];
  const all = new Set(getCACertificates('default'));
  try {
    for (const certificate of getCACertificates('system')) all.add(certificate);
  } catch (error) {
    problems.push("The operating system's certificates cannot be read.");
    deps.log.warn("The operating system's certificates cannot be read.", { error: String(error) });
  }
  const file = deps.certificateFile?.() ?? '';
  const read = file === '' ? null : readCertificateFile(file);
  const added = read?.ok ? read.certificates : [];
  if (read && !read.ok) {
    problems.push(read.why);
    deps.log.warn('The added certificates cannot be used.', { file, why: read.why });
  }
  const isLacking = problems.length > 0;
  if (read?.ok && read.expired) problems.push(`A certificate in ${file} has expired.`);
  for (const certificate of [...(deps.certificates ?? []), ...added]) all.add(certificate);
  const authorities = [...all];
  return {
    authorities,
    context: createSecureContext({ ca: authorities, minVersion: 'TLSv1.2' }),
    standing: {
      trusted: authorities.length,
      added: added.length,
      file,
      state: isLacking ? 'problem' : problems.length === 0 ? 'ok' : 'warning',
      problem: problems.length === 0 ? null : problems.join(' '),
    },
  };
}

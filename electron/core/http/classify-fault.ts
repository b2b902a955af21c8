import { networkInterfaces } from 'node:os';
import { HttpFault, type HttpFaultKind } from './http-client.ts';

/** The `code` of the error with which a refused look-up ends a connection. */
export const refusedAddressCode = 'ERR_ADDRESS_REFUSED';

const unreachable = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
]);
const timeouts = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);
const protocolFaults = new Set([
  'UND_ERR_HEADERS_OVERFLOW',
  'UND_ERR_INVALID_ARG',
  'UND_ERR_NOT_SUPPORTED',
  'UND_ERR_RES_EXCEEDED_MAX_SIZE',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'EPROTO',
]);
// OpenSSL's names for a chain that does not hold, and Node's for a name that is not in the certificate.
const certificate =
  /^(CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|ERR_TLS_CERT_)/;

/** OpenSSL's or Node's name for what is wrong with a certificate; null when the error is of another kind. */
export function certificateCode(error: unknown): string | null {
  const code = codeOf(error);
  return certificate.test(code) ? code : null;
}

/** Whether a failure is that of a machine without any network but its own loopback. */
export function hasNoNetwork(error: unknown): boolean {
  if (!/^(ENETUNREACH|ENETDOWN|ENOTFOUND|EAI_AGAIN)$/.test(codeOf(error))) return false;
  return Object.values(networkInterfaces()).every((all = []) => all.every(({ internal }) => internal));
}

/**
 * Turns whatever the socket, TLS or the HTTP parser threw into one of the closed kinds, without its text: that may
 * hold a URL.
 */
export function classifyFault(error: unknown, host: string): HttpFault {
  if (error instanceof HttpFault) return error;
  const code = codeOf(error);
  const kind = hasNoNetwork(error) ? 'offline' : kindOf(code);
  return new HttpFault(kind, `${sentences[kind].replace('%', host)}${code === '' ? '' : ` (${code})`}`);
}

const sentences: Readonly<Record<HttpFaultKind, string>> = {
  'refused-address': '% leads to an address that is not allowed.',
  unreachable: '% cannot be reached.',
  disconnected: '% broke the connection off.',
  timeout: '% did not answer in time.',
  certificate: 'The certificate of % is not to be trusted.',
  protocol: '% does not speak proper HTTP.',
  'bad-content': '% sent something unusable.',
  cancelled: 'The request to % was cancelled.',
  'proxy-sign-in': 'The proxy on the way to % wants a sign-in.',
  'proxy-unreachable': 'The proxy on the way to % cannot be reached.',
  offline: 'This machine has no network, so % cannot be reached.',
  clock: 'The certificate of % does not hold by the clock of this machine.',
};

function kindOf(code: string): HttpFaultKind {
  if (code === refusedAddressCode) return 'refused-address';
  if (unreachable.has(code)) return 'unreachable';
  if (timeouts.has(code)) return 'timeout';
  if (certificate.test(code)) return 'certificate';
  // The parser's word for a chunked body that was cut: the line's fault, not the protocol's.
  if (code === 'HPE_INVALID_EOF_STATE') return 'disconnected';
  if (protocolFaults.has(code) || code.startsWith('HPE_') || code.startsWith('ERR_SSL_')) return 'protocol';
  return 'disconnected';
}

/** With several addresses tried Node throws an AggregateError whose first member tells most. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const first = error instanceof AggregateError ? error.errors[0] : undefined;
  if (first !== undefined) return codeOf(first);
  const { code, cause, name } = error as { code?: unknown; cause?: unknown; name?: unknown };
  if (typeof code === 'string') return code;
  // undici gives its parser's errors a name but mostly no code.
  if (name === 'HTTPParserError') return 'HPE_INVALID';
  return cause === undefined ? '' : codeOf(cause);
}

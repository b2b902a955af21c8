import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** A key with its certificate, both PEM, as `node:tls` takes them. */
export interface Identity {
  readonly key: string;
  readonly cert: string;
}

/** What a certificate is to say. Times in UTC milliseconds; from yesterday until tomorrow unless told. */
export interface WantedCertificate {
  /** Host names and IPv4 addresses; the first is its common name too. */
  readonly names: readonly string[];
  readonly fromMs?: number;
  readonly untilMs?: number;
}

/** A certificate authority of this test's own. */
export interface Authority {
  /** Its certificate, PEM: what a client has to trust. */
  readonly cert: string;
  issue(wanted: WantedCertificate): Identity;
}

const dayMs = 24 * 60 * 60 * 1000;
const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'));

/** Makes an authority whose certificates are made on the spot: nothing secret is kept, and no program is needed. */
export function makeAuthority(name = 'Rushes test authority'): Authority {
  const keys = newKeys();
  const now = Date.now();
  const validity = { fromMs: now - 3650 * dayMs, untilMs: now + 3650 * dayMs };
  const issuer = { name, key: keys.privateKey };
  const extensions = [
    extension('2.5.29.19', sequence(der(0x01, Buffer.from([0xff])))),
    extension('2.5.29.15', der(0x03, Buffer.from([1, 0b0000_0110]))),
  ];
  return {
    cert: certificate({ subject: name, issuer, publicKey: keys.publicKey, extensions, ...validity }),
    issue: ({ names, fromMs = now - dayMs, untilMs = now + dayMs }) => {
      const own = newKeys();
      const cert = certificate({
        subject: names[0] ?? '',
        issuer,
        publicKey: own.publicKey,
        fromMs,
        untilMs,
        extensions: [
          extension('2.5.29.19', sequence()),
          extension('2.5.29.15', der(0x03, Buffer.from([7, 0b1000_0000]))),
          extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'))),
          extension('2.5.29.17', sequence(...names.map(alternativeName))),
        ],
      });
      return { cert, key: own.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
    },
  };
}

function newKeys(): { publicKey: KeyObject; privateKey: KeyObject } {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

interface Draft {
  readonly subject: string;
  readonly issuer: { readonly name: string; readonly key: KeyObject };
  readonly publicKey: KeyObject;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly extensions: readonly Buffer[];
}

/** An X.509 certificate of version 3 (RFC 5280, section 4.1), PEM. */
function certificate(draft: Draft): string {
  const spki = draft.publicKey.export({ type: 'spki', format: 'der' });
  const serial = Buffer.concat([Buffer.from([1]), randomBytes(15)]);
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    ecdsaWithSha256,
    nameOf(draft.issuer.name),
    sequence(time(draft.fromMs), time(draft.untilMs)),
    nameOf(draft.subject),
    spki,
    der(0xa3, sequence(...draft.extensions, keyIdentifier(spki))),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', body, draft.issuer.key)]);
  const whole = sequence(body, ecdsaWithSha256, der(0x03, signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function der(tag: number, content: Buffer): Buffer {
  const size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, Math.floor(size / 256), size % 256];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const digits = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) {
      digits.unshift(128 + (left % 128));
    }
    bytes.push(...digits);
  }
  return der(0x06, Buffer.from(bytes));
}

function nameOf(commonName: string): Buffer {
  return sequence(der(0x31, sequence(oid('2.5.4.3'), der(0x0c, Buffer.from(commonName)))));
}

/** UTCTime has two digits for the year, so from 2050 on it is GeneralizedTime. */
function time(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  return Number(digits.slice(0, 4)) < 2050
    ? der(0x17, Buffer.from(digits.slice(2)))
    : der(0x18, Buffer.from(digits));
}

/** Critical, but for the two that need not be. */
function extension(id: string, value: Buffer): Buffer {
  const critical = id === '2.5.29.17' || id === '2.5.29.14' ? [] : [der(0x01, Buffer.from([0xff]))];
  return sequence(oid(id), ...critical, der(0x04, value));
}

function keyIdentifier(spki: Buffer): Buffer {
  return extension('2.5.29.14', der(0x04, createHash('sha1').update(spki).digest()));
}

function alternativeName(name: string): Buffer {
  return isIPv4(name)
    ? der(0x87, Buffer.from(name.split('.').map(Number)))
    : der(0x82, Buffer.from(name, 'latin1'));
}

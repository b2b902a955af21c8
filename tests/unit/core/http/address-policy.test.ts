import { describe, expect, it } from 'vitest';
import {
  checkUrl,
  classifyAddress,
  refusalOfAddress,
} from '../../../../electron/core/http/address-policy.ts';
import type { AddressPolicy } from '../../../../electron/core/http/http-client.ts';

const strict: AddressPolicy = { insecureHttp: false, allowPrivate: false };
const loose: AddressPolicy = { insecureHttp: true, allowPrivate: true };
const ownPortal: AddressPolicy = { ...strict, loopbackHost: '127.0.0.1' };

it.each([
  ['8.8.8.8', 'public'],
  ['172.15.255.255', 'public'],
  ['172.32.0.0', 'public'],
  ['2606:4700::1111', 'public'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['0.0.0.0', 'loopback'],
  ['::1', 'loopback'],
  ['::', 'loopback'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['::ffff:7f00:1', 'loopback'],
  ['0:0:0:0:0:ffff:7f00:0001', 'loopback'],
  ['64:ff9b::7f00:1', 'loopback'],
  ['2002:7f00:1::', 'loopback'],
  ['169.254.169.254', 'link-local'],
  ['fe80::1', 'link-local'],
  ['fe80::1%eth0', 'link-local'],
  ['::ffff:169.254.169.254', 'link-local'],
  ['10.1.2.3', 'private'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.168.1.1', 'private'],
  ['100.64.0.1', 'private'],
  ['100.127.255.255', 'private'],
  ['fd00::1', 'private'],
  ['fc00::1', 'private'],
  ['::ffff:10.0.0.1', 'private'],
  ['64:ff9b::a00:1', 'private'],
  ['2002:c0a8:101::1', 'private'],
  ['224.0.0.1', 'reserved'],
  ['255.255.255.255', 'reserved'],
  ['ff02::1', 'reserved'],
  ['not an address', 'reserved'],
])('%s is %s', (address, kind) => {
  expect(classifyAddress(address)).toBe(kind);
});

describe('an address as it is written', () => {
  it.each(['https://example.org/a', 'https://example.org:8443/a?b=c', 'https://1.1.1.1/'])(
    'may be %s',
    (url) => {
      expect(checkUrl(url, strict)).toMatchObject({ ok: true });
    },
  );

  it.each([
    'http://example.org/',
    'http://1.1.1.1/',
    'https://user@example.org/',
    'https://user:secret@example.org/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'ftp://example.org/',
    'data:text/plain,x',
    'javascript:alert(1)',
    'nonsense',
    '',
  ])('may not be %s', (url) => {
    const verdict = checkUrl(url, strict);
    expect(verdict.ok).toBe(false);
    expect(JSON.stringify(verdict)).not.toContain('secret');
  });

  it('may be anything but a credential when all is allowed', () => {
    expect(checkUrl('http://127.0.0.1:80/', loose).ok).toBe(true);
    expect(checkUrl('http://10.0.0.1/', loose).ok).toBe(true);
    expect(checkUrl('http://a:b@10.0.0.1/', loose).ok).toBe(false);
  });

  it('may be plain http on loopback for the own host only', () => {
    expect(checkUrl('http://127.0.0.1:9/', ownPortal).ok).toBe(true);
    expect(checkUrl('http://127.0.0.2:9/', ownPortal).ok).toBe(false);
    expect(checkUrl('http://example.org/', ownPortal).ok).toBe(false);
    expect(checkUrl('http://[::1]:9/', { ...strict, loopbackHost: '::1' }).ok).toBe(true);
  });
});

describe('an address that a name leads to', () => {
  const way = { hostname: 'portal.test', protocol: 'https:' };

  it('is refused when it is not public', () => {
    expect(refusalOfAddress('192.168.0.1', { ...way, policy: strict })).toContain('private');
    expect(refusalOfAddress('93.184.216.34', { ...way, policy: strict })).toBeNull();
    expect(refusalOfAddress('192.168.0.1', { ...way, policy: { ...strict, allowPrivate: true } })).toBeNull();
  });

  it('must be loopback when the own host is asked over plain http', () => {
    const policy = { ...strict, loopbackHost: 'portal.test' };
    const plain = { ...way, protocol: 'http:', policy };
    expect(refusalOfAddress('127.0.0.1', plain)).toBeNull();
    expect(refusalOfAddress('93.184.216.34', plain)).toContain('plain http');
    expect(refusalOfAddress('10.0.0.1', { ...way, policy })).toContain('private');
  });
});

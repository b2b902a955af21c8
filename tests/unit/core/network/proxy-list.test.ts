import { describe, expect, it } from 'vitest';
import { proxyFromEnvironment } from '../../../../electron/core/network/environment.ts';
import {
  proxyUrl,
  proxyUrlCredentials,
  readProxyList,
} from '../../../../electron/core/network/proxy-list.ts';

const direct = { kind: 'direct' } as const;
const proxy = (url: string) => ({ kind: 'proxy', url }) as const;

describe('what a script or the system answers', () => {
  it.each([
    ['DIRECT', [direct]],
    ['PROXY a.house:8080', [proxy('http://a.house:8080')]],
    ['proxy a:1;  HTTPS b:443 ;DIRECT;', [proxy('http://a:1'), proxy('https://b'), direct]],
    ['HTTP a:1', [proxy('http://a:1')]],
    ['SOCKS a:1; SOCKS5 b:2; SOCKS4 c:3', []],
    ['PROXY [fd00::1]:3128', [proxy('http://[fd00::1]:3128')]],
    ['PROXY', []],
    ['', []],
    ['<html>', []],
  ])('"%s" is read', (text, hops) => {
    expect(readProxyList(text)).toEqual(hops);
  });
});

it.each([
  ['proxy.house:3128', 'http://proxy.house:3128', null],
  ['http://proxy.house:3128/', 'http://proxy.house:3128', null],
  ['https://me:s%3Acret@proxy.house:3128', 'https://proxy.house:3128', { user: 'me', password: 's:cret' }],
  ['http://me@proxy.house', 'http://proxy.house', { user: 'me', password: '' }],
  ['socks5://proxy.house:1080', null, null],
  ['', null, null],
  ['http://', null, null],
])('the address "%s" is the proxy %s', (text, url, credentials) => {
  expect(proxyUrl(text)).toBe(url);
  expect(proxyUrlCredentials(text)).toEqual(credentials);
});

describe('the environment', () => {
  const ask = (url: string, environment: Record<string, string>) =>
    proxyFromEnvironment(new URL(url), environment);

  it('names a proxy for each kind of address, lower case first', () => {
    const environment = { HTTP_PROXY: 'a:1', https_proxy: 'b:2', HTTPS_PROXY: 'c:3', ALL_PROXY: 'd:4' };
    expect(ask('http://x.test/', environment)).toMatchObject({ url: 'http://a:1' });
    expect(ask('https://x.test/', environment)).toMatchObject({ url: 'http://b:2' });
    expect(ask('https://x.test/', { all_proxy: 'd:4' })).toMatchObject({ url: 'http://d:4' });
  });

  it('is silent without one, and goes straight where NO_PROXY says so', () => {
    expect(ask('https://x.test/', {})).toEqual({ kind: 'silent' });
    expect(ask('https://x.test/', { NO_PROXY: '*' })).toEqual({ kind: 'silent' });
    expect(ask('https://x.test/', { HTTPS_PROXY: 'b:2', no_proxy: '.test' })).toEqual(direct);
    expect(ask('https://x.test/', { HTTPS_PROXY: 'socks5://b:2' })).toEqual({ kind: 'silent' });
  });
});

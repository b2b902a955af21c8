import { describe, expect, it } from 'vitest';
import { readExternalAddress } from '../../../electron/main/external-address.ts';

describe('readExternalAddress', () => {
  it('takes https addresses', () => {
    expect(readExternalAddress('https://example.com/a?b=c#d')?.href).toBe('https://example.com/a?b=c#d');
  });

  it.each([
    '',
    'example.com',
    'http://example.com/',
    'HTTP://example.com/',
    'file:///etc/passwd',
    'file://server/share',
    'smb://server/share',
    'javascript:alert(1)',
    'data:text/html,x',
    'ms-msdt:/id',
    'search-ms:query=x',
    'rushes://clip/1',
    'app://rushes/',
    'https://',
    'https://user@example.com/',
    'https://user:password@example.com/',
    'https://example.com@evil.example/',
    'https://exam\nple.com/',
    'java\tscript:alert(1)',
    ' https://example.com/',
    'https://example.com/\0',
    `https://example.com/${'a'.repeat(2048)}`,
  ])('refuses %j', (text) => {
    expect(readExternalAddress(text)).toBeNull();
  });
});

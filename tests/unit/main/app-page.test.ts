import { describe, expect, it } from 'vitest';
import { answerPage, findPageFile } from '../../../electron/main/app-page.ts';

const file = (text: string, contentType: string) => ({ bytes: new TextEncoder().encode(text), contentType });
const files = new Map([
  ['/index.html', file('<!doctype html>', 'text/html; charset=utf-8')],
  ['/assets/a.js', file('1', 'text/javascript; charset=utf-8')],
]);
const ask = (url: string, method = 'GET'): Response => answerPage(new Request(url, { method }), files);

describe('the application’s page', () => {
  it('is its first file at the root', async () => {
    expect(await ask('app://rushes/').text()).toBe('<!doctype html>');
    expect(await ask('app://rushes/index.html').text()).toBe('<!doctype html>');
    expect(await ask('app://rushes/assets/a.js').text()).toBe('1');
  });

  it('answers HEAD without a body and nothing but GET and HEAD', async () => {
    expect(await ask('app://rushes/', 'HEAD').text()).toBe('');
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      expect(ask('app://rushes/', method).status).toBe(405);
  });

  it.each([
    'app://rushes/assets',
    'app://rushes/assets/',
    'app://rushes/../package.json',
    'app://rushes/..%2fpackage.json',
    'app://rushes/%2e%2e/package.json',
    'app://rushes/%252e%252e/package.json',
    'app://rushes/..%5cpackage.json',
    'app://rushes/..\\package.json',
    'app://rushes/assets/a.js%00.html',
    'app://rushes/assets/\0a.js',
    'app://rushes/assets/a%2ejs',
    'app://rushes/assets%2fa.js',
    'app://rushes//assets/a.js',
    'app://rushes/assets/a.js/',
    'app://rushes/assets/a.js.map',
    'app://rushes/assets/A.JS',
    'app://rushes/assets/a.js::$DATA',
    'app://rushes/C:/Windows/win.ini',
    'app://rushes//server/share',
    'app://rushes/etc/passwd',
    'app://rushes/constructor',
    'app://rushes/__proto__',
    'app://rushes.evil/index.html',
    'app://evil/index.html',
    'app://rushes:8080/index.html',
    'app://user@rushes/index.html',
    'app:///index.html',
    'file:///index.html',
    'https://rushes/index.html',
    '',
  ])('has nothing at %j', (url) => {
    expect(findPageFile(url, files)).toBeNull();
  });

  it('comes with a policy that allows its own files, pictures and video, and nothing else', () => {
    const headers = ask('app://rushes/').headers;
    const policy = Object.fromEntries(
      (headers.get('content-security-policy') ?? '').split('; ').map((rule) => {
        const [name = '', ...values] = rule.split(' ');
        return [name, values.join(' ')];
      }),
    );
    expect(policy).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self' blob: rushes-media:",
      'media-src': "'self' blob: rushes-media:",
      'connect-src': "'self'",
      'font-src': "'self'",
      'object-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
      'require-trusted-types-for': "'script'",
    });
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(ask('app://rushes/none').headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});

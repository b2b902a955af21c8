import { describe, expect, it } from 'vitest';
import { createAppOrigin, mediaPathname } from '../../../electron/main/app-origin.ts';
import { senderProblem } from '../../../electron/main/sender.ts';

const built = createAppOrigin(undefined);
const dev = createAppOrigin('http://localhost:5173/');

const strangers = [
  '',
  'about:blank',
  'about:srcdoc',
  'app:',
  'app://',
  'app:///',
  'app:rushes',
  'app://rushes.evil/',
  'app://evil.rushes/',
  'app://rushes@evil/',
  'app://evil@rushes/',
  'app://rushes:81/',
  'app://rushes:pw@rushes/',
  'app://RUSHES/',
  'app://rushes%2eevil/',
  'app://other/rushes',
  'apps://rushes/',
  'blob:app://rushes/1',
  'chrome://version',
  'data:text/html,app://rushes/',
  'devtools://devtools/x',
  'file:///app/rushes',
  'file://rushes/',
  'ftp://rushes/',
  'http://rushes/',
  'https://rushes/',
  'https://app.rushes/',
  'javascript:app://rushes/',
  'not an address',
  'rushes-media://local/clip/1',
  'view-source:app://rushes/',
  'ws://rushes/',
];

describe('the page’s origin', () => {
  it.each(strangers)('does not take %j for its own', (url) => {
    expect(built.isPage(url)).toBe(false);
  });

  it.each(['app://rushes/', 'app://rushes', 'app://rushes/index.html#/library', 'APP://rushes/x'])(
    'knows %j as its own',
    (url) => {
      expect(built.isPage(url)).toBe(true);
    },
  );

  it('is the development server where there is one, and then only that', () => {
    expect(dev.pageUrl).toBe('http://localhost:5173/');
    expect(dev.isPage('http://localhost:5173/#/library')).toBe(true);
    expect(dev.isPage('http://localhost:5174/')).toBe(false);
    expect(dev.isPage('http://localhost.evil:5173/')).toBe(false);
    expect(dev.isPage('app://rushes/')).toBe(false);
  });
});

describe('what the page may request', () => {
  it.each(['app://rushes/a.js', 'rushes-media://local/clip/1', 'blob:app://rushes/1', 'data:image/png,'])(
    'includes %s',
    (url) => {
      expect(built.mayRequest(url)).toBe(true);
    },
  );

  it.each([
    'http://127.0.0.1/',
    'https://a.example/',
    'ws://a/',
    'wss://a/',
    'file:///etc/passwd',
    'ftp://a/',
    'x',
  ])('does not include %s', (url) => {
    expect(built.mayRequest(url)).toBe(false);
    expect(dev.mayRequest(url)).toBe(false);
  });

  it('includes the development server with its socket, where there is one', () => {
    expect(dev.mayRequest('http://localhost:5173/@vite/client')).toBe(true);
    expect(dev.mayRequest('ws://localhost:5173/?token=1')).toBe(true);
    expect(dev.mayRequest('http://localhost:5174/')).toBe(false);
    expect(built.mayRequest('http://localhost:5173/')).toBe(false);
  });
});

describe('mediaPathname', () => {
  it('reads the path of a media address', () => {
    expect(mediaPathname('rushes-media://local/clip/0192')).toBe('/clip/0192');
  });

  it.each([
    'rushes-media://other/clip/1',
    'rushes-media://local@x/clip/1',
    'rushes-media://u@local/clip/1',
    'rushes-media://local:1/clip/1',
    'rushes-media://local/clip/1?x',
    'app://local/clip/1',
    'file:///clip/1',
    'x',
  ])('refuses %s', (url) => {
    expect(mediaPathname(url)).toBeNull();
  });
});

describe('senderProblem', () => {
  const page = { url: 'app://rushes/', isMainFrame: true, isOurWindow: true };

  it('hears the page in the main frame of the window', () => {
    expect(senderProblem(page, built)).toBeNull();
  });

  it.each([
    { ...page, isOurWindow: false },
    { ...page, isMainFrame: false },
    { ...page, url: undefined },
    ...strangers.map((url) => ({ ...page, url })),
  ])('refuses %j', (sender) => {
    expect(senderProblem(sender, built)).not.toBeNull();
  });
});

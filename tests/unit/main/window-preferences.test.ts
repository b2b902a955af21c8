import { describe, expect, it } from 'vitest';
import { describeMenu } from '../../../electron/main/menu-template.ts';
import { windowPreferences } from '../../../electron/main/window-preferences.ts';

describe('the window’s preferences', () => {
  it('are exactly these', () => {
    expect(windowPreferences({ preload: '/p.cjs', version: '1.2.3', isPackaged: true })).toEqual({
      preload: '/p.cjs',
      additionalArguments: ['--rushes-version=1.2.3'],
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
    });
  });

  it('allow developer tools in a checkout only', () => {
    expect(windowPreferences({ preload: '', version: '', isPackaged: false }).devTools).toBe(true);
  });
});

describe('the menu', () => {
  const text = (isPackaged: boolean, platform: NodeJS.Platform = 'linux'): string =>
    JSON.stringify(describeMenu({ platform, isPackaged, openLogs: () => undefined }));

  it('offers reloading and developer tools in a checkout only', () => {
    expect(text(false)).toContain('toggleDevTools');
    expect(text(true)).not.toMatch(/toggleDevTools|reload/i);
  });

  it('offers to quit where the platform expects it', () => {
    expect(text(true)).toContain('"quit"');
    expect(text(true, 'darwin')).not.toContain('"quit"');
    expect(text(true, 'darwin')).toContain('"appMenu"');
  });
});

import type { WebPreferences } from 'electron';

/** Every preference of the window's page that matters for security, said aloud even where it is the default. */
export function windowPreferences(given: {
  readonly preload: string;
  readonly version: string;
  readonly isPackaged: boolean;
}): WebPreferences {
  return {
    preload: given.preload,
    additionalArguments: [`--rushes-version=${given.version}`],
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
    devTools: !given.isPackaged,
  };
}

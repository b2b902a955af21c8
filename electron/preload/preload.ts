import { contextBridge, ipcRenderer } from 'electron';

const versionArgument = '--rushes-version=';

// The page gets the port itself and nothing of the event that brought it.
ipcRenderer.on('rushes:port', (event) => window.postMessage('rushes:port', window.origin, event.ports));

contextBridge.exposeInMainWorld('rushesShell', {
  door: 'desktop',
  version:
    process.argv.find((argument) => argument.startsWith(versionArgument))?.slice(versionArgument.length) ??
    '',
  platform: process.platform,
  requestPort: (): void => {
    void ipcRenderer.invoke('rushes:request-port');
  },
  chooseFolder: (): Promise<string | null> => ipcRenderer.invoke('rushes:choose-folder'),
  revealClip: (clipId: string): Promise<void> => ipcRenderer.invoke('rushes:reveal-clip', clipId),
  openExternal: (url: string): Promise<void> => ipcRenderer.invoke('rushes:open-external', url),
  setTheme: (theme: string): void => {
    void ipcRenderer.invoke('rushes:set-theme', theme);
  },
});

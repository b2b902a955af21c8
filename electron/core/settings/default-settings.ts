import type { Settings } from '../../../shared/contract/system.ts';

/** What holds until the user says otherwise. */
export function defaultSettings(downloadDir: string): Settings {
  return {
    downloadDir,
    theme: 'system',
    density: 'comfortable',
    historySort: { by: 'finished', order: 'down' },
    connections: 4,
    parallelDownloads: 3,
    hostConnections: 8,
    totalConnections: 16,
    traffic: {
      profiles: [
        { id: 'full', name: 'Full speed', bytesPerSecond: null },
        { id: 'playout', name: 'Never starve playout', bytesPerSecond: 2_500_000 },
      ],
      outside: 'full',
      windows: [],
    },
    keepFreeBytes: null,
    folderTemplate: '',
    nameTemplate: '{original}',
    sidecar: true,
    proxy: { mode: 'system', url: '', bypass: '', pacUrl: '', user: '' },
    certificateFile: '',
    keepAwake: true,
    notifyWhenDone: true,
  };
}

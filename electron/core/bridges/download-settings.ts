import type { DownloadSettings } from '../downloads/downloads.ts';
import type { SettingsArea } from '../settings/settings.ts';

/** What the downloads go by, asked of the settings at every use. */
export function createDownloadSettings({ get }: Pick<SettingsArea, 'get'>): DownloadSettings {
  return {
    connections: () => get().connections,
    parallelDownloads: () => get().parallelDownloads,
    downloadDir: () => get().downloadDir,
    hostConnections: () => get().hostConnections,
    totalConnections: () => get().totalConnections,
    keepFreeBytes: () => get().keepFreeBytes,
    traffic: () => get().traffic,
  };
}

import { isAbsolute } from 'node:path';
import { settingsShape, type Settings } from '../../../shared/contract/system.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { Notify } from '../ports.ts';
import { createSettingsRepo } from './settings-repo.ts';
import type { Connection } from '../storage/open-database.ts';

/** What the user has chosen, over the defaults. */
export interface SettingsArea {
  get(): Settings;
  set(change: { readonly [K in keyof Settings]?: Settings[K] | undefined }): Settings;
}

export function createSettings(deps: {
  db: Connection;
  notify: Notify;
  defaults: Settings;
  onChange: () => void;
}): SettingsArea {
  const repo = createSettingsRepo(deps.db);
  const get = (): Settings => {
    const stored = repo.all();
    const merged = { ...deps.defaults, ...stored };
    const parsed = settingsShape.safeParse(merged);
    return parsed.success ? parsed.data : deps.defaults;
  };
  return {
    get,
    set: (change) => {
      if (change.downloadDir !== undefined && !isAbsolute(change.downloadDir)) {
        throw new RushesError('USAGE', 'The download folder must be a full path.');
      }
      repo.put(change);
      deps.notify('setting');
      deps.onChange();
      return get();
    },
  };
}

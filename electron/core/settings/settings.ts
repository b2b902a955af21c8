import { isAbsolute } from 'node:path';
import { settingsShape, type Settings } from '../../../shared/contract/system.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { Notify } from '../ports.ts';
import { createSettingsRepo } from './settings-repo.ts';
import type { Connection } from '../storage/open-database.ts';

const change = settingsShape.partial();

/** What the user has chosen, over the defaults. */
export interface SettingsArea {
  get(): Settings;
  set(change: { readonly [K in keyof Settings]?: Settings[K] | undefined }): Settings;
}

/** Builds the settings over user.db. */
export function createSettings(deps: {
  db: Connection;
  notify: Notify;
  defaults: Settings;
  onChange: () => void;
}): SettingsArea {
  const repo = createSettingsRepo(deps.db);
  const get = (): Settings => {
    const known: Record<string, unknown> = { ...deps.defaults };
    // A value of another version that makes no sense here costs itself and not what else was chosen.
    for (const [key, value] of Object.entries(repo.all()))
      if (value !== undefined && change.safeParse({ [key]: value }).success) known[key] = value;
    return settingsShape.parse(known);
  };
  return {
    get,
    set: (wanted) => {
      if (wanted.downloadDir !== undefined && !isAbsolute(wanted.downloadDir)) {
        throw new RushesError('USAGE', 'The download folder must be a full path.');
      }
      repo.put(wanted);
      deps.notify('setting');
      deps.onChange();
      return get();
    },
  };
}

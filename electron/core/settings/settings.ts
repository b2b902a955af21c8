import { isAbsolute } from 'node:path';
import { settingsShape, type Settings } from '../../../shared/contract/system.ts';
import { parseTemplate } from '../../../shared/domain/name-template.ts';
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
  /** Refuses what cannot work, with one sentence. */
  check: (change: { readonly [K in keyof Settings]?: Settings[K] | undefined }) => void;
  onChange: () => void;
}): SettingsArea {
  const repo = createSettingsRepo(deps.db);
  /** Read once: this process is the only one on the home, and some ask with every chunk of a download. */
  let kept: Settings | null = null;
  const read = (): Settings => {
    const known: Record<string, unknown> = { ...deps.defaults };
    // A value of another version that makes no sense here costs itself and not what else was chosen.
    for (const [key, value] of Object.entries(repo.all()))
      if (value !== undefined && change.safeParse({ [key]: value }).success) known[key] = value;
    return settingsShape.parse(known);
  };
  const get = (): Settings => (kept ??= read());
  return {
    get,
    set: (wanted) => {
      if (wanted.downloadDir !== undefined && !isAbsolute(wanted.downloadDir)) {
        throw new RushesError('USAGE', 'The download folder must be a full path.');
      }
      refuseTemplates(wanted);
      deps.check(wanted);
      repo.put(wanted);
      kept = null;
      deps.notify('setting');
      deps.onChange();
      return get();
    },
  };
}

/** A template that cannot be understood is said where it is typed, not at the next download. */
function refuseTemplates(wanted: {
  readonly folderTemplate?: string | undefined;
  readonly nameTemplate?: string | undefined;
}): void {
  const folder = parseTemplate(wanted.folderTemplate ?? '', 'folder');
  if (!folder.ok) throw new RushesError('USAGE', `The folders: ${folder.problem.message}`);
  const name = parseTemplate(wanted.nameTemplate ?? '', 'name');
  if (!name.ok) throw new RushesError('USAGE', `The file name: ${name.problem.message}`);
}

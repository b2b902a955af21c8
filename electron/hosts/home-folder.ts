import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The folder of a profile: what was given, RUSHES_HOME, else the platform's place for application data. */
export function homeFolder(given: string | undefined, env: NodeJS.ProcessEnv = process.env): string {
  const wanted = given ?? env['RUSHES_HOME'];
  if (wanted) return resolve(wanted);
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Rushes');
  if (process.platform === 'win32')
    return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Rushes');
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'rushes');
}

/** Where downloads go until the user says otherwise. */
export function defaultDownloadFolder(): string {
  return join(homedir(), process.platform === 'darwin' ? 'Movies' : 'Videos', 'Rushes');
}

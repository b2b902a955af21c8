import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packages = join(dirname(fileURLToPath(import.meta.url)), '..', 'node_modules');
const folder = join(packages, 'electron');

/** Where the reason is kept why Electron could not be downloaded. */
export const ELECTRON_FAILURE = join(packages, '.cache', 'rushes-electron-failed');

/** The Electron executable of this checkout; null where it could not be downloaded. */
export function electronBinary() {
  const pathFile = join(folder, 'path.txt'); // written by Electron's install script, last of all
  if (!existsSync(pathFile)) return null;
  const binary = join(folder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(binary) ? binary : null;
}

/** Why there is no Electron executable, in a few words. */
export function electronFailure() {
  const reason = existsSync(ELECTRON_FAILURE)
    ? readFileSync(ELECTRON_FAILURE, 'utf8').trim()
    : 'not installed';
  return reason.replace(/^TypeError: /, '');
}

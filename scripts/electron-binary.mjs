import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'node_modules', 'electron');

/** The Electron executable of this checkout; null where it could not be downloaded. */
export function electronBinary() {
  const pathFile = join(folder, 'path.txt'); // written by Electron's install script, last of all
  if (!existsSync(pathFile)) return null;
  const binary = join(folder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(binary) ? binary : null;
}

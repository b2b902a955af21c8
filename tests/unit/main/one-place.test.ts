import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const electron = resolve(import.meta.dirname, '../../../electron');
const sources = readdirSync(electron, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(join(electron, name), 'utf8') }));
const filesWith = (pattern: RegExp): string[] =>
  sources
    .filter(({ text }) => pattern.test(text))
    .map(({ name }) => name)
    .toSorted();

/** The packages and files that a module pulls in as soon as it is loaded. */
function loadedBy(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  for (const [, what = ''] of text.matchAll(/^(?:import|export)(?! type)[^;]*? from '([^']+)';/gms)) {
    if (what.startsWith('.')) loadedBy(resolve(dirname(file), what), seen);
    else seen.add(what);
  }
  return seen;
}

describe('what the shell does in one place only', () => {
  it('makes windows', () => {
    expect(filesWith(/new BrowserWindow\(/)).toEqual(['main/window.ts']);
  });

  it('receives messages from the page', () => {
    expect(filesWith(/ipcMain/)).toEqual(['main/ipc.ts']);
  });

  it('opens addresses in the browser', () => {
    expect(filesWith(/shell\.openExternal\(/)).toEqual(['main/ipc.ts']);
  });

  it('knows Electron', () => {
    const places = filesWith(/from 'electron(\/\w+)?'/).map((name) => name.split('/')[0]);
    expect(new Set(places)).toEqual(new Set(['main', 'preload']));
  });
});

describe('the shell’s own process', () => {
  it('loads no database and nothing of the core but the serving of files', () => {
    const loaded = [...loadedBy(join(electron, 'main/main.ts'))];
    expect(loaded).not.toContain('better-sqlite3');
    expect(
      loaded
        .filter((file) => file.startsWith(join(electron, 'core')))
        .map((file) => relative(electron, file))
        .toSorted(),
    ).toEqual(['core/media/media-response.ts', 'core/media/range-header.ts']);
  });
});

describe('the preload script', () => {
  it('knows the channels by the names that the shell gave them', () => {
    const named = (file: string): string[] => {
      const text = readFileSync(join(electron, file), 'utf8');
      return [...new Set([...text.matchAll(/'(rushes:[a-z-]+)'/g)].map(([, name = '']) => name))].toSorted();
    };
    expect(named('preload/preload.ts')).toEqual(named('main/channels.ts'));
  });
});

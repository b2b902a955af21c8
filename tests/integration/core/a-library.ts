import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClipRow } from '../../../shared/contract/library.ts';
import { tempDir } from '../../support/temp.ts';
import { startCore, type TestCore } from './test-core.ts';

/** Files that are video by name alone: their content is their identity, and no test needs a picture of them. */
export function put(dir: string, name: string, content = name): string {
  const path = join(dir, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  rest(path);
  return path;
}

/** Makes a file look finished: nobody has written to it for an hour. */
export function rest(path: string, agoMs = 3_600_000): void {
  const at = (Date.now() - agoMs) / 1000;
  utimesSync(path, at, at);
}

/** A core that watches a folder of its own, filled and looked through once. */
export async function aLibrary(fill: (dir: string) => void = () => undefined) {
  const dir = join(tempDir(), 'footage');
  mkdirSync(dir);
  fill(dir);
  const core = await startCore();
  const first = await core.client.library.addRoot({ path: dir });
  const root = first.roots[0];
  if (!root) throw new Error('no root');
  const scan = () => core.client.library.scan({ rootId: root.id });
  return { dir, core, first, root, scan };
}

/** All clips, by file name. */
export const clipsOf = async (core: TestCore): Promise<ClipRow[]> =>
  (await core.client.library.list({ limit: 500 })).items.toSorted((a, b) =>
    a.fileName.localeCompare(b.fileName),
  );
/** The clip of a file name. */
export const byName = async (core: TestCore, name: string): Promise<ClipRow> => {
  const found = (await clipsOf(core)).find(({ fileName }) => fileName === name);
  if (!found) throw new Error(`no clip ${name}`);
  return found;
};

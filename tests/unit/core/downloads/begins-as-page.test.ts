import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { beginsAsPage } from '../../../../electron/core/downloads/begins-as-page.ts';
import { tempDir } from '../../../support/temp.ts';

it.each<[string, boolean]>([
  ['<!DOCTYPE html><html>', true],
  ['\uFEFF\n <HTML lang="de">', true],
  ['<!-- a portal --><head>', true],
  ['<?xml version="1.0"?><fcpxml>', false],
  ['\0\0\0\x18ftypmp42', false],
  ['', false],
])('%j', async (text, expected) => {
  const path = join(tempDir(), 'a.part');
  writeFileSync(path, text);
  expect(await beginsAsPage(path)).toBe(expected);
});

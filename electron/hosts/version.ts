import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** The version in package.json, which lies two folders up from the hosts in a checkout and in a build alike. */
export function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

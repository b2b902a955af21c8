import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { KindRig } from './kind-rig.ts';

/** Every rig of the folder, so that a new kind is tested the day its rig is there. */
export async function allRigs(): Promise<KindRig[]> {
  const dir = join(import.meta.dirname, 'rigs');
  const rigs: KindRig[] = [];
  for (const file of readdirSync(dir)
    .filter((name) => name.endsWith('-rig.ts'))
    .toSorted()) {
    const module = (await import(join(dir, file))) as Record<string, unknown>;
    for (const value of Object.values(module)) if (isRig(value)) rigs.push(value);
  }
  return rigs;
}

function isRig(value: unknown): value is KindRig {
  return typeof value === 'object' && value !== null && 'kind' in value && 'play' in value;
}

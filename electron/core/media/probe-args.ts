import { inputGuard, runGuard } from './input-guard.ts';

/** Arguments that make ffprobe describe a file as JSON. `url` is a `file:` address. */
export function probeArgs(url: string): string[] {
  return [...runGuard(), ...inputGuard('file'), '-of', 'json', '-show_format', '-show_streams', '-i', url];
}

import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { MediaTools } from '../ports.ts';
import { readToolVersion } from './ffmpeg.ts';

/** One tool as found: where, which, and why this one. `path` is null when there is none. */
export interface FoundTool {
  readonly path: string | null;
  readonly version: string | null;
  readonly origin: 'resources' | 'package' | 'none';
  /** For the doctor: one sentence on how the choice came about. */
  readonly why: string;
}

/** The tools to run, with what the doctor shows of them. */
export interface FoundMediaTools extends MediaTools {
  readonly ffmpeg: FoundTool;
  readonly ffprobe: FoundTool;
}

type ToolName = 'ffmpeg' | 'ffprobe';

/**
 * Finds ffmpeg and ffprobe: first in `<resources>/bin` of a packaged application, then in the installer packages.
 *
 * Never from PATH, an environment variable or a setting: whoever can choose the program that opens every file owns the machine.
 */
export async function findMediaTools(
  options: { readonly resourcesDir?: string } = {},
): Promise<FoundMediaTools> {
  const [ffmpeg, ffprobe] = await Promise.all([
    findTool('ffmpeg', options.resourcesDir),
    findTool('ffprobe', options.resourcesDir),
  ]);
  return { ffmpegPath: ffmpeg.path, ffprobePath: ffprobe.path, ffmpeg, ffprobe };
}

async function findTool(name: ToolName, resourcesDir: string | undefined): Promise<FoundTool> {
  const tried: string[] = [];
  if (resourcesDir !== undefined) {
    const path = join(resourcesDir, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
    if (await runnable(path)) return described(path, 'resources', 'shipped with the application');
    tried.push(`${path} is not there or not executable`);
  }
  const packaged = packagePath(name);
  if (packaged.path !== null && (await runnable(packaged.path))) {
    return described(packaged.path, 'package', `from the package ${packaged.from}`);
  }
  tried.push(packaged.path === null ? packaged.problem : `${packaged.path} is not executable`);
  return { path: null, version: null, origin: 'none', why: tried.join('; ') };
}

async function described(path: string, origin: 'resources' | 'package', why: string): Promise<FoundTool> {
  return { path, version: await readToolVersion(path), origin, why };
}

async function runnable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

type PackagePath =
  | { readonly path: string; readonly from: string }
  | { readonly path: null; readonly problem: string };

function packagePath(name: ToolName): PackagePath {
  const from = `@${name}-installer/${name}`;
  try {
    const found: unknown = createRequire(import.meta.url)(from);
    const path = typeof found === 'object' && found !== null && 'path' in found ? found.path : null;
    if (typeof path !== 'string') return { path: null, problem: `${from} names no path` };
    // A program cannot be run out of the archive; the packager leaves it beside.
    return { path: path.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked'), from };
  } catch (error) {
    // The package throws plain text where it has no build for the platform.
    const said = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return { path: null, problem: `${from}: ${said}` };
  }
}

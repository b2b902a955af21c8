import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { captionFile, mediaArguments, outputFile, pictureFile } from './media-arguments.ts';
import type { MediaRecipe, OutputKind } from './media-recipe.ts';

/** Raised when the same recipe is to give other bytes, so that older caches are not taken. */
const recipeVersion = 1;
const errorTailCharacters = 2000;
/** No asset takes this long, so an unfinished folder of this age belongs to a program that was killed. */
const abandonedAfterMs = 60 * 60_000;

const madeFileSchema = z.object({ name: z.string(), sizeBytes: z.number().int(), sha256: z.string() });
const manifestSchema = z.object({ files: z.array(madeFileSchema) });

/** One file in the cache. */
export interface MadeFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** The media of one asset. */
export interface MadeMedia {
  readonly outputs: ReadonlyMap<OutputKind, MadeFile>;
  readonly picture: MadeFile;
}

/** Makes media by ffmpeg, or finds it in the cache. */
export interface MediaMaker {
  /** Rejects with the signal's reason when the start is given up. */
  make(recipe: MediaRecipe): Promise<MadeMedia>;
}

/** What a maker needs. */
export interface MediaMakerDeps {
  readonly cacheDir: string;
  readonly ffmpegPath: string;
  readonly fontPath: string;
  readonly signal: AbortSignal;
}

/** Keeps each recipe's files in a folder named by the recipe's hash; a folder is complete or not there. */
export function createMediaMaker(deps: MediaMakerDeps): MediaMaker {
  return {
    async make(recipe) {
      deps.signal.throwIfAborted();
      const folder = join(deps.cacheDir, recipeKey(recipe));
      const kept = await readManifest(folder);
      if (kept !== undefined) return describe(recipe, folder, kept);
      return describe(recipe, folder, await makeFolder(deps, recipe, folder));
    },
  };
}

/** Removes what killed programs left unfinished in a cache; the work of programs that still run stays. */
export async function sweepMediaCache(cacheDir: string, nowMs: number): Promise<void> {
  const unfinished = (await readdir(cacheDir)).filter((name) => name.endsWith('.tmp'));
  for (const name of unfinished) {
    const folder = join(cacheDir, name);
    const changedMs = await stat(folder).then(
      (found) => found.mtimeMs,
      // Its program finished it in this moment.
      () => nowMs,
    );
    if (nowMs - changedMs > abandonedAfterMs) await rm(folder, { recursive: true, force: true });
  }
}

function recipeKey(recipe: MediaRecipe): string {
  return createHash('sha256')
    .update(JSON.stringify([recipeVersion, recipe]))
    .digest('hex')
    .slice(0, 24);
}

type Manifest = z.infer<typeof manifestSchema>;

/** Answers the manifest of a complete folder; sizes are compared, hashes were proven when the folder was made. */
async function readManifest(folder: string): Promise<Manifest | undefined> {
  try {
    const manifest = manifestSchema.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));
    const sizes = await Promise.all(
      manifest.files.map(async (file) => (await stat(join(folder, file.name))).size),
    );
    return manifest.files.every((file, index) => file.sizeBytes === sizes[index]) ? manifest : undefined;
  } catch {
    return undefined;
  }
}

async function makeFolder(deps: MediaMakerDeps, recipe: MediaRecipe, folder: string): Promise<Manifest> {
  const work = `${folder}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
  await mkdir(work, { recursive: true });
  try {
    await writeFile(join(work, captionFile), recipe.caption);
    await runFfmpeg({ ...deps, folder: work, args: mediaArguments(recipe, deps.fontPath) });
    const names = [...recipe.outputs.map(outputFile), pictureFile];
    const files: Manifest['files'] = [];
    for (const name of names) files.push({ name, ...(await measure(join(work, name))) });
    const manifest = { files };
    await writeFile(join(work, 'manifest.json'), JSON.stringify(manifest, undefined, 2));
    return await publish(work, folder, manifest);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Moves a finished folder into its place; when another process was faster, its folder is taken. */
async function publish(work: string, folder: string, manifest: Manifest): Promise<Manifest> {
  try {
    await rename(work, folder);
    return manifest;
  } catch {
    const other = await readManifest(folder);
    if (other !== undefined) return other;
    // What lies there is damaged: its manifest or a size does not fit.
    await rm(folder, { recursive: true, force: true });
    await rename(work, folder);
    return manifest;
  }
}

function runFfmpeg(job: {
  ffmpegPath: string;
  args: string[];
  folder: string;
  signal: AbortSignal;
}): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(job.ffmpegPath, job.args, {
      cwd: job.folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      signal: job.signal,
      killSignal: 'SIGKILL',
      windowsHide: true,
    });
    let tail = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      tail = (tail + text).slice(-errorTailCharacters);
    });
    // An abort is told as an error at once; the folder may be removed only after the process is gone.
    let failure: Error | undefined;
    child.on('error', (error) => {
      failure = error;
    });
    child.on('close', (code) => {
      if (failure === undefined && code === 0) resolve();
      else reject(failure ?? new Error(`ffmpeg ended with ${code}: ${tail.trim()}`));
    });
  });
}

async function measure(path: string): Promise<{ sizeBytes: number; sha256: string }> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return { sizeBytes: (await stat(path)).size, sha256: hash.digest('hex') };
}

function describe(recipe: MediaRecipe, folder: string, manifest: Manifest): MadeMedia {
  const find = (name: string): MadeFile => {
    const file = manifest.files.find((candidate) => candidate.name === name);
    if (file === undefined) throw new Error(`the media cache lacks ${name} in ${folder}`);
    return { path: join(folder, file.name), sizeBytes: file.sizeBytes, sha256: file.sha256 };
  };
  const outputs = new Map(recipe.outputs.map((kind) => [kind, find(outputFile(kind))] as const));
  return { outputs, picture: find(pictureFile) };
}

import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import * as z from 'zod';
import type { Log } from '../ports.ts';
import { jpegSize } from './jpeg-size.ts';
import { makePoster, type PictureTask } from './make-poster.ts';
import { makeStrip } from './make-strip.ts';
import { MediaFault } from './media-fault.ts';
import type { FfmpegRunner } from './media-job.ts';
import { probeFile } from './probe.ts';
import type { Probe } from './read-probe.ts';
import { refuseText } from './text-guard.ts';
import { replaceFile } from '../files/replace-file.ts';

/** Raised whenever pictures would come out differently: those of another version are made anew. */
export const pictureRecipe = 1;

/** A file to make pictures of. */
export interface PictureRequest {
  /** Content identity: pictures are kept under it, wherever the file lies. Letters, digits, `-` and `_`. */
  readonly fingerprint: string;
  readonly path: string;
  /** What is known of the length; null lets the probe say. */
  readonly durationMs: number | null;
  /** Frames in the filmstrip, 20 unless told; short clips get fewer. */
  readonly stripFrames?: number | undefined;
  /** A probe made before, to save making another. */
  readonly probe?: Probe | undefined;
}

/** The pictures of a file. Paths are null when there are none, and `reason` then says why. */
export interface Pictures {
  readonly posterPath: string | null;
  readonly posterAtMs: number | null;
  readonly stripPath: string | null;
  readonly stripFrames: number;
  readonly reason: string | null;
}

/** Makes posters and filmstrips and keeps them by content. */
export interface PictureMaker {
  /** Makes what is not there yet. A file without a picture is no failure; a broken or refused one is a MediaFault. */
  make(request: PictureRequest, signal?: AbortSignal): Promise<Pictures>;
}

/** `dir` is where pictures are kept; it can be deleted at any time. */
export function createPictures(deps: { dir: string; runner: FfmpegRunner; log: Log }): PictureMaker {
  return {
    async make(request, signal) {
      const place = placeOf(deps.dir, request.fingerprint);
      const wanted = Math.min(60, Math.max(1, Math.round(request.stripFrames ?? 20)));
      const kept = await readKept(place, wanted);
      if (kept !== null) return kept;
      if (!isAbsolute(request.path)) throw new MediaFault('refused', 'the path is not absolute');
      await refuseText(request.path);
      const probe = request.probe ?? (await probeFile(deps.runner, request.path, signal));
      if (probe.video === null) return { ...nothing, reason: 'the file holds no picture' };
      const task: PictureTask = {
        path: request.path,
        shape: probe.video,
        durationMs: probe.durationMs ?? request.durationMs,
        signal,
      };
      return makeBoth({ runner: deps.runner, log: deps.log, place }, task, wanted);
    },
  };
}

const nothing: Pictures = {
  posterPath: null,
  posterAtMs: null,
  stripPath: null,
  stripFrames: 0,
  reason: null,
};

interface Place {
  readonly poster: string;
  readonly strip: string;
  readonly facts: string;
}

function placeOf(dir: string, fingerprint: string): Place {
  if (!/^[A-Za-z0-9_-]{4,128}$/.test(fingerprint)) throw new MediaFault('refused', 'not a fingerprint');
  // The kind of the fingerprint (`x1-`) is the same for all and would put them into one folder.
  const shard = fingerprint.replace(/^x\d+-/, '').slice(0, 2);
  const folder = join(dir, shard, `${fingerprint}-${pictureRecipe}`);
  return {
    poster: join(folder, 'poster.jpg'),
    strip: join(folder, 'strip.jpg'),
    facts: join(folder, 'made.json'),
  };
}

/** What cannot be read off the pictures themselves. Written last: pictures without it do not count as made. */
const madeFacts = z.object({
  posterAtMs: z.number(),
  wanted: z.number().int(),
  stripFrames: z.number().int(),
  hasStrip: z.boolean(),
});

async function readKept(place: Place, wanted: number): Promise<Pictures | null> {
  const text = await readFile(place.facts, 'utf8').catch(() => null);
  if (text === null) return null;
  const facts = madeFacts.safeParse(parse(text));
  if (!facts.success || facts.data.wanted !== wanted) return null;
  const { posterAtMs, stripFrames, hasStrip } = facts.data;
  const [poster, strip] = await Promise.all([isJpeg(place.poster), isJpeg(place.strip)]);
  if (!poster || (hasStrip && !strip)) return null;
  return {
    posterPath: place.poster,
    posterAtMs,
    stripPath: hasStrip ? place.strip : null,
    stripFrames,
    reason: null,
  };
}

async function makeBoth(
  deps: { runner: FfmpegRunner; log: Log; place: Place },
  task: PictureTask,
  wanted: number,
): Promise<Pictures> {
  const { runner, log, place } = deps;
  const poster = await makePoster(runner, task);
  await replaceFile(place.poster, poster.jpeg, { durable: false });
  const sparseKeyFrames = poster.distinct < poster.candidates / 2;
  const strip = await makeStrip(runner, task, { frames: wanted, sparseKeyFrames });
  if (strip === null) log.warn('no filmstrip could be made', { folder: place.strip });
  else await replaceFile(place.strip, strip.jpeg, { durable: false });
  const facts: z.infer<typeof madeFacts> = {
    posterAtMs: poster.atMs,
    wanted,
    stripFrames: strip?.frames ?? 0,
    hasStrip: strip !== null,
  };
  await replaceFile(place.facts, Buffer.from(JSON.stringify(facts)), { durable: false });
  return {
    posterPath: place.poster,
    posterAtMs: poster.atMs,
    stripPath: strip === null ? null : place.strip,
    stripFrames: facts.stripFrames,
    reason: strip === null ? 'no filmstrip could be made' : null,
  };
}

async function isJpeg(path: string): Promise<boolean> {
  const bytes = await readFile(path).catch(() => null);
  return bytes !== null && jpegSize(bytes) !== null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

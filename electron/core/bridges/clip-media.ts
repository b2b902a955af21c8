import type { ClipMedia } from '../library/clip-jobs.ts';
import type { StoredProbe } from '../library/stored-probe.ts';
import { hashFile } from '../files/hash-file.ts';
import type { FfmpegRunner } from '../media/media-job.ts';
import { playable } from '../media/playable.ts';
import type { PictureMaker } from '../media/pictures.ts';
import { probeFile } from '../media/probe.ts';
import type { Probe } from '../media/read-probe.ts';

/** Media work in the shape the library asks for. */
export function createClipMedia(deps: {
  runner: FfmpegRunner;
  pictures: PictureMaker;
  hashWorkerUrl: URL;
}): ClipMedia {
  return {
    probe: async (path, signal) => toStored(await probeFile(deps.runner, path, signal)),
    makePictures: async (clip, signal) => {
      const made = await deps.pictures.make(clip, signal);
      return { posterAtMs: made.posterAtMs, stripFrames: made.stripFrames, reason: made.reason };
    },
    hash: async (path, signal) => {
      const { whole } = await hashFile({ path, kinds: ['sha256'], workerUrl: deps.hashWorkerUrl, signal });
      if (whole.sha256 === undefined) throw new Error('The file gave no hash.');
      return whole.sha256;
    },
  };
}

function toStored(probe: Probe): StoredProbe {
  const { video } = probe;
  return {
    container: probe.container,
    durationMs: probe.durationMs,
    width: video?.width ?? null,
    height: video?.height ?? null,
    rateNum: video?.rateNum ?? null,
    rateDen: video?.rateDen ?? null,
    scan: video?.scan ?? null,
    videoCodec: video?.codec ?? null,
    startTimecode: probe.startTimecode,
    dropFrame: probe.dropFrame,
    streams: [...probe.streams],
    playable: playable(probe).playable,
  };
}

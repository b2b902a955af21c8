import { isAbsolute } from 'node:path';
import { fileUrl } from './ffmpeg.ts';
import { MediaFault } from './media-fault.ts';
import type { FfmpegRunner } from './media-job.ts';
import { probeArgs } from './probe-args.ts';
import { ffprobeOutput } from './probe-schema.ts';
import { readProbe, type Probe } from './read-probe.ts';

/** Describes a media file. Fails with a MediaFault when ffprobe cannot or may not open it. */
export async function probeFile(runner: FfmpegRunner, path: string, signal?: AbortSignal): Promise<Probe> {
  if (!isAbsolute(path)) throw new MediaFault('refused', 'the path is not absolute');
  const { stdout } = await runner.runProbe(probeArgs(fileUrl(path)), { signal });
  const parsed = ffprobeOutput.safeParse(parseJson(stdout.toString('utf8')));
  if (!parsed.success) throw new MediaFault('failed', 'ffprobe gave no readable description');
  if (parsed.data.streams.length === 0) throw new MediaFault('failed', 'the file holds no streams');
  return readProbe(parsed.data);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

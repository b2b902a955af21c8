import * as z from 'zod';

/**
 * ffprobe's JSON as far as we believe it: numbers come as text or as numbers, are clamped to what a file can honestly be,
 * and whatever is wrong becomes null instead of failing the rest.
 */

const text = z
  .string()
  .transform((value) => value.slice(0, 500))
  .nullable()
  .catch(null)
  .default(null);

function number(min: number, max: number) {
  return z
    .union([z.number(), z.string().max(40).transform(Number)])
    .transform((value) => (Number.isFinite(value) && value >= min && value <= max ? value : null))
    .nullable()
    .catch(null)
    .default(null);
}

/** Tag names lower-cased: containers disagree on their case. */
const tags = z
  .record(z.string(), z.string())
  .catch({})
  .default({})
  .transform(
    (all) =>
      new Map(
        Object.entries(all)
          .slice(0, 200)
          .map(([key, value]) => [key.toLowerCase().slice(0, 100), value.slice(0, 500)]),
      ),
  );

const sideData = z.object({ side_data_type: text, rotation: number(-360, 360) });

const stream = z.object({
  index: number(0, 1000),
  codec_type: text,
  codec_name: text,
  profile: text,
  width: number(1, 65_535),
  height: number(1, 65_535),
  sample_aspect_ratio: text,
  pix_fmt: text,
  bits_per_raw_sample: number(1, 64),
  field_order: text,
  r_frame_rate: text,
  avg_frame_rate: text,
  sample_rate: number(1, 3_072_000),
  channels: number(1, 1024),
  duration: number(0, 31_536_000),
  nb_frames: number(0, 1e9),
  disposition: z
    .object({ attached_pic: number(0, 1) })
    .nullable()
    .catch(null)
    .default(null),
  side_data_list: z.array(sideData).max(50).catch([]).default([]),
  tags,
});

/** The JSON of `ffprobe -show_format -show_streams`. Durations in seconds, sizes in bytes, rates in bits a second. */
export const ffprobeOutput = z.object({
  streams: z.array(stream).max(64).default([]),
  format: z.object({
    format_name: text,
    duration: number(0, 31_536_000),
    start_time: number(-31_536_000, 31_536_000),
    size: number(0, Number.MAX_SAFE_INTEGER),
    bit_rate: number(0, 1e12),
    tags,
  }),
});

/** ffprobe's answer after checking. */
export type FfprobeOutput = z.infer<typeof ffprobeOutput>;
/** One stream of it. */
export type FfprobeStream = FfprobeOutput['streams'][number];

import * as z from 'zod';
import { clipStream } from '../../../shared/contract/library.ts';

/** What is kept of a probe with the clip. Rates are fractions; null is "the file does not say". */
export const storedProbe = z.object({
  container: z.string().nullable(),
  durationMs: z.number().int().nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  rateNum: z.number().int().nullable(),
  rateDen: z.number().int().nullable(),
  scan: z.enum(['progressive', 'interlaced']).nullable(),
  videoCodec: z.string().nullable(),
  startTimecode: z.string().nullable(),
  dropFrame: z.boolean().nullable(),
  streams: z.array(clipStream),
  playable: z.boolean(),
});
export type StoredProbe = z.infer<typeof storedProbe>;

const unknown: StoredProbe = {
  container: null,
  durationMs: null,
  width: null,
  height: null,
  rateNum: null,
  rateDen: null,
  scan: null,
  videoCodec: null,
  startTimecode: null,
  dropFrame: null,
  streams: [],
  playable: false,
};

/** The stored probe of a clip; all unknown before there is one. */
export function readProbe(json: string | null): StoredProbe {
  if (json === null) return unknown;
  const parsed = storedProbe.safeParse(JSON.parse(json));
  return parsed.success ? parsed.data : unknown;
}

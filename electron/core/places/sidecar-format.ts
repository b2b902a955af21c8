import { readFile, stat } from 'node:fs/promises';
import * as z from 'zod';
import { day, person } from '../../../shared/contract/values.ts';

/** What a sidecar's name adds to that of its file. */
export const sidecarEnding = '.rushes.json';

const mostBytes = 1024 * 1024;
const instant = z.iso.datetime();

/** What stands in a sidecar, version 1. Null is an honest "not known". docs/sidecar.md tells of each field. */
export const sidecar = z.object({
  format: z.literal('rushes-sidecar'),
  version: z.literal(1),
  title: z.string(),
  file: z.object({
    name: z.string(),
    sizeBytes: z.number().int().nonnegative(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    verified: z.enum(['hash', 'size', 'none']),
  }),
  promised: z.object({
    hash: z.object({ kind: z.string(), value: z.string() }).nullable(),
    etag: z.string().nullable(),
    lastModified: z.string().nullable(),
  }),
  source: z.object({
    name: z.string().nullable(),
    id: z.string().nullable(),
    assetId: z.string().nullable(),
    renditionId: z.string().nullable(),
    pageUrl: z.string().nullable(),
    downloadUrl: z.string().nullable(),
  }),
  rights: z
    .object({
      usageText: z.string().nullable(),
      creditLine: z.string().nullable(),
      editorialOnly: z.boolean().nullable(),
      thirdParty: z.string().nullable(),
      territories: z.string().nullable(),
      embargoUntil: instant.nullable(),
      expiresAt: instant.nullable(),
    })
    .nullable(),
  event: z
    .object({
      id: z.string(),
      title: z.string(),
      firstDay: day.nullable(),
      lastDay: day.nullable(),
      place: z.string().nullable(),
      people: z.array(person),
      organisations: z.array(z.string()),
    })
    .nullable(),
  days: z.object({ filmed: day.nullable(), published: day.nullable() }),
  completedAt: instant,
  writtenBy: z.string(),
});
export type Sidecar = z.infer<typeof sidecar>;

/** Reads a sidecar; null when there is none at that path, or what is there is not one that this version understands. */
export async function readSidecar(path: string): Promise<Sidecar | null> {
  try {
    const found = await stat(path);
    if (!found.isFile() || found.size > mostBytes) return null;
    const read = sidecar.safeParse(JSON.parse(await readFile(path, 'utf8')));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
